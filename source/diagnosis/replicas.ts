import { isDeepStrictEqual } from 'node:util';
import { type Evidence, type Fix, type FixAction, severities } from '../model/finding.ts';
import { type Message, phrase } from '../words/message.ts';
import type { Draft } from './finding.ts';
import { replicasName } from './replica.ts';

/** Findings about replicas: what is wrong with several replicas of a service is one finding about the service. */

/**
 * Drafts of one rule; those about replicas of one service as one. It begins with the first of them, has the cause of the
 * worst, and says of each piece of evidence which replica it is of.
 */
export function together(drafts: readonly Draft[]): Draft[] {
	const groups = Map.groupBy(drafts, draft => (draft.replica === undefined ? draft : draft.subject));
	return [...groups.values()].map(same => {
		const [only] = same;
		return only && same.length === 1 ? only : merged(same);
	});
}

function merged(drafts: readonly Draft[]): Draft {
	const byNumber = drafts.toSorted((a, b) => (a.replica?.number ?? 0) - (b.replica?.number ?? 0));
	const [worst = byNumber[0]] = byNumber.toSorted(
		(a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
	);
	if (!worst) throw new Error('nothing to merge');
	const name = replicasName(byNumber.flatMap(({ replica }) => replica ?? []));
	const renamed = (message: Message, { replica }: Draft) =>
		replica === undefined ? message : withName(message, replicasName([replica]), name);
	const { replica: _replica, ...rest } = worst;
	const times = byNumber.flatMap(({ since }) => (since === null ? [] : [since]));
	return {
		...rest,
		since: times.length === 0 ? null : Math.min(...times),
		title: renamed(worst.title, worst),
		cause: renamed(worst.cause, worst),
		reason: renamed(worst.reason, worst),
		evidence: byNumber.flatMap(draft => draft.evidence.map(one => ofReplica(one, draft))),
		impact: unique(byNumber.flatMap(draft => draft.impact.map(one => renamed(one, draft)))),
		fixes: fixesOf(byNumber, name),
		breaks: unique(byNumber.flatMap(({ breaks = [] }) => breaks)),
		dependsOn: unique(byNumber.flatMap(({ dependsOn = [] }) => dependsOn)),
		lagMs: Math.max(...byNumber.map(({ lagMs = 0 }) => lagMs)),
	};
}

function ofReplica(evidence: Evidence, { replica }: Draft): Evidence {
	const { message } = evidence;
	if (replica === undefined || isNamed(message, replicasName([replica]))) return evidence;
	const { number } = replica;
	return {
		...evidence,
		message: phrase(['Replica {number}: {message}', '복제본 {number}번: {message}'], { number, message }),
	};
}

/** Fixes that do not depend on the container. */
const ofService: readonly FixAction['kind'][] = ['compose', 'advice', 'check'];

/**
 * What is done to a container is done to all replicas that are concerned; what is done to the service is offered once.
 * A look, or a command in a container, is of that one.
 */
function fixesOf(drafts: readonly Draft[], name: Message): Fix[] {
	const all = drafts.flatMap(draft => draft.fixes.map(fix => ({ fix, draft })));
	const merged = all.map(({ fix, draft: { replica } }): Fix => {
		const { action } = fix;
		if (replica === undefined) return fix;
		const message = withName(fix.message, replicasName([replica]), name);
		if (action.kind !== 'container') return ofService.includes(action.kind) ? { ...fix, message } : fix;
		const containers = all.flatMap(({ fix: { action: other } }) =>
			other.kind === 'container' && other.verb === action.verb ? [other.container] : [],
		);
		const [container = action.container, ...others] = unique(containers);
		return { ...fix, message, action: { ...action, container, others } };
	});
	return unique(merged);
}

function unique<One>(all: readonly One[]): One[] {
	return all.filter((one, index) => all.findIndex(other => isDeepStrictEqual(one, other)) === index);
}

const isMessage = (value: string | number | Message): value is Message => typeof value === 'object';

/** The same words about another name. */
function withName(message: Message, from: Message, to: Message): Message {
	const params = Object.entries(message.params).map(([key, value]): [string, string | number | Message] => {
		if (!isMessage(value)) return [key, value];
		return [key, isDeepStrictEqual(value, from) ? to : withName(value, from, to)];
	});
	return { ...message, params: Object.fromEntries(params) };
}

function isNamed(message: Message, name: Message): boolean {
	return Object.values(message.params).some(
		value => isMessage(value) && (isDeepStrictEqual(value, name) || isNamed(value, name)),
	);
}
