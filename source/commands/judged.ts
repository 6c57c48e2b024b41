import type { Watched } from '../app/feeds.ts';
import type { Need } from '../app/gather.ts';
import type { Monitor } from '../app/monitor.ts';
import {
	type AcknowledgementStore,
	acknowledgementsIn,
	acknowledgementsInMemory,
	acknowledgementsPath,
} from '../clients/acknowledgement-file.ts';
import type { Config } from '../config/schema.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import { checkKey } from '../model/check.ts';
import type { StackState } from '../model/state.ts';
import { acknowledgementsProblemWords } from '../presentation/finding-text.ts';
import type { Verdict } from '../selectors/verdict.ts';
import type { Language } from '../words/language.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { failurePart } from './facts.ts';
import { sentenceOf } from './failures.ts';

/** What commands that judge the stack have in common: what they watch, how long they look, and what they exit with. */

/** Where acknowledgements of this host are kept; those of a demo are nobody's. */
export function storeOf(
	{ demo }: Pick<Config, 'demo'>,
	environment: CommandContext['io']['environment'],
): AcknowledgementStore {
	return demo ? acknowledgementsInMemory() : acknowledgementsIn(acknowledgementsPath(environment));
}

/** All that findings rest on. */
export const watchedForFindings: readonly Watched[] = [
	'containers',
	'stats',
	'endpoints',
	'pipeline',
	'dags',
	'experiment',
	'models',
	'diagnosis',
];

export const needsForFindings: readonly Need[] = [
	'containers',
	'details',
	'pages',
	'pipeline',
	'dags',
	'experiment',
	'models',
	'run before',
	'checks',
];

const exitCodeOfState = {
	healthy: exitCodes.ok,
	degraded: exitCodes.failed,
	unreachable: exitCodes.unreachable,
	unauthorised: exitCodes.refused,
} as const satisfies Record<Verdict['state'], number>;

/** The exit code of a verdict, the same for every command that judges. */
export function exitCodeOfVerdict({ state }: Pick<Verdict, 'state'>): number {
	return exitCodeOfState[state];
}

/** What could not be checked, as JSON documents have it. */
export function notCheckedParts({ notChecked }: Verdict) {
	return notChecked.map(({ name, failure }) => ({ name, failure: failurePart(failure) }));
}

/** What could not be checked, a sentence each. */
export function notCheckedSentences({ notChecked }: Verdict): string[] {
	return notChecked.map(({ failure }) => sentenceOf(failure));
}

/** Why acknowledgements were not read; null where all were, or nothing is judged. */
export function acknowledgementsProblemText(
	{ acknowledgementsProblem: problem }: StackState,
	language: Language,
): string | null {
	return problem === null ? null : acknowledgementsProblemWords(problem, language);
}

/**
 * Makes the checks that are due, and waits until each suspicion is a finding or is over; what is well at once takes no
 * time. Then everything known is judged, so that what is printed is what the screen would show.
 */
export async function lookUntilJudged(monitor: Monitor, signal: AbortSignal): Promise<void> {
	const ended = new AbortController();
	const stopped = AbortSignal.any([signal, ended.signal]);
	try {
		// A command in a container may hang for longer than anybody wants to wait.
		await Promise.race([decide(monitor, stopped), monitor.clock.sleep(thresholds.doubtMs, stopped)]);
	} finally {
		ended.abort();
	}
	await monitor.judge();
}

async function decide(monitor: Monitor, signal: AbortSignal): Promise<void> {
	const { clock } = monitor;
	let areLogsRead = false;
	await monitor.dueChecks();
	while (!signal.aborted) {
		const open = monitor.suspicions();
		if (open.length === 0) return;
		if (!areLogsRead) {
			areLogsRead = true;
			await monitor.readLogs();
			await monitor.dueChecks();
			continue;
		}
		const now = clock.now();
		if (open.every(({ until }) => until === null || until < now)) return;
		if (open.some(({ pagesAt }) => pagesAt !== null && pagesAt <= now)) monitor.lookAtPages();
		await clock.sleep(turnMs, signal);
		await monitor.dueChecks();
	}
}

/** How often it is looked whether a suspicion is decided, ms. */
const turnMs = 100;

/** Checks everything, also what costs something; what needs time to be believed is given it. */
export async function lookDeep(monitor: Monitor, signal: AbortSignal): Promise<void> {
	await monitor.readLogs();
	await monitor.deepCheck();
	await queueSeenLongEnough(monitor, signal);
	await lookUntilJudged(monitor, signal);
}

/** Messages in the broker are a fault when they stay: what waits is looked at until it is gone, or has waited too long. */
async function queueSeenLongEnough({ clock, store }: Monitor, signal: AbortSignal): Promise<void> {
	// The check is made again every few seconds while something waits.
	const until = clock.now() + thresholds.queueStuckMs + 8000;
	const isInDoubt = () => {
		const { checks, findings } = store.current();
		const result = checks[checkKey('broker')]?.result;
		return (
			result?.check === 'broker' && result.queues.length > 0 && !findings.some(({ rule }) => rule === 'queue backlog')
		);
	};
	while (!signal.aborted && clock.now() < until && isInDoubt()) await clock.sleep(250, signal);
}
