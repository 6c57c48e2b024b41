import { type Finding, severities } from '../model/finding.ts';
import type { StackState } from '../model/state.ts';
import { type DiagnosisFacts, type DiagnosisOptions, factsOf } from './facts.ts';
import { type Draft, findingId, type Part, parts, type Rule } from './finding.ts';
import { orderedFixes } from './interrupts.ts';
import { together } from './replicas.ts';
import { rules } from './rules.ts';
import { thresholds } from './thresholds.ts';

/**
 * The findings of all rules: causes, worst first, each followed by its consequences. Pure. Earlier findings
 * (`state.findings`) count if a finding clears at another value than it appears.
 */
export function diagnose(
	state: StackState,
	now: number,
	options: DiagnosisOptions,
	all: readonly Rule[] = rules,
): Finding[] {
	const facts = factsOf(state, now, options);
	const found = all.flatMap(rule =>
		together(rule.find(facts)).map(
			(draft): Found => ({ ...draft, rule: rule.name, id: findingId(rule.name, draft.subject) }),
		),
	);
	const causes = new Map(found.map(one => [one.id, causeOf(one, found)]));
	const rootOf = (one: Found): Found => {
		const cause = causes.get(one.id);
		return cause ? rootOf(cause) : one;
	};
	const shown = found.filter(one => causes.get(one.id) !== undefined || !lingers(facts, one, found));
	const findings = shown.map((one): Finding => {
		const { breaks: _breaks, dependsOn: _dependsOn, lagMs: _lagMs, replica: _replica, ...finding } = one;
		const root = rootOf(one);
		return {
			...finding,
			fixes: orderedFixes(facts, finding.fixes),
			explainedBy: root === one ? null : root.id,
		};
	});
	const roots = findings.filter(({ explainedBy }) => explainedBy === null).toSorted(byWeight(found, causes));
	return roots.flatMap(root => [
		root,
		...findings
			.filter(one => one.explainedBy === root.id)
			.toSorted((a, b) => rankIn(found, a) - rankIn(found, b) || byId(a, b)),
	]);
}

/**
 * Whether it is left over from a consequence: its cause has cleared, and its own source was not checked again since.
 * Until then it is left out, and afterwards it counts as a finding of its own.
 */
function lingers({ state, now }: DiagnosisFacts, { id, lagMs = 0 }: Found, all: readonly Found[]): boolean {
	const cause = state.findings.find(one => one.id === id)?.explainedBy;
	if (cause != null && !all.some(one => one.id === cause)) return lagMs > 0;
	const endedAt = state.causesEnded[id];
	return endedAt !== undefined && now - endedAt < lagMs && now >= endedAt;
}

type Found = Draft & { readonly id: string; readonly rule: string };

/** The lowest of the findings that break a part which this one depends on. */
function causeOf(one: Found, all: readonly Found[]): Found | undefined {
	const { dependsOn = [] } = one;
	const own = rank(one);
	return all
		.filter(other => rank(other) < own && other.breaks?.some(part => dependsOn.includes(part)) && isInTime(other, one))
		.toSorted((a, b) => rank(a) - rank(b) || byId(a, b))[0];
}

/** A finding that began long before its supposed cause has another one. */
function isInTime(cause: Found, consequence: Found): boolean {
	if (cause.since === null || consequence.since === null) return true;
	return consequence.since >= cause.since - thresholds.causeLagMs;
}

/** How deep a finding lies: the lowest part that it breaks. Findings that break nothing lie on top. */
function rank({ breaks = [] }: Found): number {
	return Math.min(parts.length, ...breaks.map(kindRank));
}

function kindRank(part: Part): number {
	const index = parts.findIndex(kind => part === kind || part.startsWith(`${kind} `));
	return index === -1 ? parts.length : index;
}

function rankIn(found: readonly Found[], finding: Finding): number {
	const one = found.find(({ id }) => id === finding.id);
	return one ? rank(one) : parts.length;
}

/** Worst first, then by number of consequences, then the lowest, then the oldest. */
function byWeight(found: readonly Found[], causes: ReadonlyMap<string, Found | undefined>) {
	const followers = (finding: Finding) => [...causes.values()].filter(cause => cause?.id === finding.id).length;
	return (a: Finding, b: Finding): number =>
		severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
		followers(b) - followers(a) ||
		rankIn(found, a) - rankIn(found, b) ||
		(a.since ?? 0) - (b.since ?? 0) ||
		byId(a, b);
}

/** By code units, so that the order depends neither on the language nor on the order of the facts. */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
