import {
	type AcknowledgementStore,
	acknowledgementsIn,
	acknowledgementsInMemory,
	acknowledgementsPath,
} from '../clients/acknowledgement-file.ts';
import type { Config } from '../config/schema.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import type { Need } from '../gather.ts';
import { checkKey } from '../model/check.ts';
import { isActiveRun } from '../model/pipeline.ts';
import { runKey, type StackState } from '../model/state.ts';
import type { Monitor, Watched } from '../monitor.ts';
import type { Verdict } from '../selectors/verdict.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
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
	'checks',
];

const exitCodeOfState = {
	healthy: exitCodes.well,
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
	return notChecked.map(({ name, failure }) => ({ name, failure }));
}

/** What could not be checked, a sentence each. */
export function notCheckedSentences({ notChecked }: Verdict): string[] {
	return notChecked.map(({ failure }) => sentenceOf(failure));
}

/** A page has to be silent twice, and a request to fail twice, before it is believed: so long that takes, ms. */
const secondLookMs = 9000;

/**
 * Waits until what looks wrong has been wrong for long enough to be believed, or is over; what is well at once takes no
 * time. Then everything known is judged, so that what is printed is what the screen would show.
 */
export async function lookUntilJudged(monitor: Monitor, signal: AbortSignal): Promise<void> {
	const { clock, store } = monitor;
	const until = clock.now() + secondLookMs;
	while (!signal.aborted && clock.now() < until && isSuspicious(store.current(), clock.now()))
		await clock.sleep(250, signal);
	const asked = clock.now() + waitsKnownMs;
	while (!signal.aborted && clock.now() < asked && lacksWaitChecks(store.current())) await clock.sleep(250, signal);
	await monitor.judge();
}

/** Broker and pools are looked at some seconds after the start, on a busy host later. */
const waitsKnownMs = 20_000;

/** A task waits, and what would say why was not looked at yet: the broker for a queued one, the pools for a ready one. */
function lacksWaitChecks({ containers, checks, taskInstances, dagRuns, feeds }: StackState): boolean {
	if (feeds.pipeline.status !== 'live' || feeds.containers.status !== 'live') return false;
	const active = Object.values(dagRuns).flatMap(runs => runs.filter(isActiveRun));
	const tasks = active.flatMap(run => taskInstances[runKey(run.dagId, run.dagRunId)] ?? []);
	const isThere = (state: string) => tasks.some(task => task.state === state);
	const hasBroker = Object.values(containers).some(
		({ container }) => container.state === 'running' && /redis|valkey/.test(`${container.image} ${container.service}`),
	);
	return (
		(isThere('queued') && hasBroker && checks[checkKey('broker')] === undefined) ||
		(isThere('scheduled') && checks[checkKey('pools')] === undefined)
	);
}

/** Checks everything, also what costs something; what needs time to be believed is given it. */
export async function lookDeep(monitor: Monitor, signal: AbortSignal): Promise<void> {
	await monitor.deepCheck();
	await queueSeenLongEnough(monitor, signal);
	await monitor.judge();
}

/** Messages in the broker are a fault when they stay: what waits is looked at until it is gone, or has waited too long. */
async function queueSeenLongEnough({ clock, store }: Monitor, signal: AbortSignal): Promise<void> {
	// The check is made again every few seconds while something waits.
	const until = clock.now() + thresholds.queueStuckMs + 8000;
	const isInDoubt = () => {
		const { checks, findings } = store.current();
		const result = checks[checkKey('broker')]?.result;
		return (
			result?.check === 'broker' && result.queues.length > 0 && !findings.some(({ rule }) => rule === 'queue grows')
		);
	};
	while (!signal.aborted && clock.now() < until && isInDoubt()) await clock.sleep(250, signal);
}

function isSuspicious(state: StackState, now: number): boolean {
	const { containers, endpoints, feeds, signs, airflowHealth } = state;
	// Without an engine the checks that need one are never made, and nothing more is to be seen.
	if (feeds.containers.status === 'failed') return false;
	return (
		signs.length > 0 ||
		endpoints.some(({ check }) => check?.ok === false) ||
		Object.values(feeds).some(feed => feed.status === 'failed') ||
		(airflowHealth !== null && (airflowHealth.scheduler !== 'healthy' || airflowHealth.metadatabase !== 'healthy')) ||
		Object.values(containers).some(
			({ container, since }) =>
				container.health === 'unhealthy' ||
				container.state === 'restarting' ||
				// It may be on its way back.
				(container.state !== 'running' && since !== null && now - since < 2 * thresholds.endedMs),
		) ||
		// Why a task waits takes another look: at pools, the broker, the run before.
		Object.values(state.dagRuns).some(runs =>
			runs.filter(isActiveRun).some(run => {
				const tasks = state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? [];
				return (
					tasks.some(({ state: one }) => one === 'queued' || one === 'scheduled') ||
					!tasks.some(({ state: one }) => one === 'running')
				);
			}),
		)
	);
}
