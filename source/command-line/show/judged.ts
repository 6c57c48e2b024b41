import type { Watched } from '../../app/feeds.ts';
import type { Requirement } from '../../app/gather.ts';
import type { Monitor } from '../../app/monitor.ts';
import {
	type AcknowledgementStore,
	acknowledgementsIn,
	acknowledgementsInMemory,
	acknowledgementsPath,
} from '../../clients/acknowledgement-file.ts';
import type { Config } from '../../config/schema.ts';
import { thresholds } from '../../diagnosis/thresholds.ts';
import { checkKey } from '../../model/check.ts';
import type { StackState } from '../../model/state.ts';
import { acknowledgementsProblemMessage } from '../../presentation/finding-text.ts';
import type { Verdict } from '../../selectors/findings/verdict.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { sentenceOf } from '../exit/failures.ts';
import { failurePart } from '../facts/servers.ts';
import { exitCodes } from '../rows/command.ts';

/** Shared by the commands that judge the stack: what they watch, how long they wait, and their exit code. */

/** The acknowledgements of this host; those of a demo stay in memory. */
export function storeOf(
	{ demo }: Pick<Config, 'demo'>,
	environment: CommandContext['io']['environment'],
): AcknowledgementStore {
	return demo ? acknowledgementsInMemory() : acknowledgementsIn(acknowledgementsPath(environment));
}

/** Everything that findings depend on. */
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

export const requiredForFindings: readonly Requirement[] = [
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

export function notCheckedParts({ notChecked }: Verdict) {
	return notChecked.map(({ name, failure }) => ({ name, failure: failurePart(failure) }));
}

export function notCheckedSentences({ notChecked }: Verdict, language: Language): string[] {
	return notChecked.map(({ failure }) => sentenceOf(failure, language));
}

/** Why acknowledgements were not read; null if all were read. */
export function acknowledgementsProblemText(
	{ acknowledgementsProblem: problem }: StackState,
	language: Language,
): string | null {
	return problem === null ? null : render(acknowledgementsProblemMessage(problem), language);
}

/**
 * Makes the checks that are due, and waits until each suspicion is confirmed or dismissed; a healthy stack takes no time.
 * Then diagnoses the state, so that the output equals the screen.
 */
export async function lookUntilJudged(monitor: Monitor, signal: AbortSignal): Promise<void> {
	const ended = new AbortController();
	const stopped = AbortSignal.any([signal, ended.signal]);
	try {
		// A command in a container may hang.
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

/** Interval of the checks for decided suspicions, ms. */
const turnMs = 100;

/** Makes every check, expensive ones included, and waits for those that need time to confirm a problem. */
export async function lookDeep(monitor: Monitor, signal: AbortSignal): Promise<void> {
	await monitor.readLogs();
	await monitor.deepCheck();
	await queueSeenLongEnough(monitor, signal);
	await lookUntilJudged(monitor, signal);
}

/** Messages that stay in the broker are a fault: watches the queues until they are empty or have waited too long. */
async function queueSeenLongEnough({ clock, store }: Monitor, signal: AbortSignal): Promise<void> {
	// The check repeats every few seconds while messages wait.
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
