import { brokerRejectsWrites } from '../diagnosis/rules/broker.ts';
import { containerCreated } from '../diagnosis/rules/container-created.ts';
import { containerExited } from '../diagnosis/rules/container-exited.ts';
import { containerMissing } from '../diagnosis/rules/container-missing.ts';
import { containerPaused } from '../diagnosis/rules/container-paused.ts';
import { containerUnhealthy } from '../diagnosis/rules/container-unhealthy.ts';
import { networkDisconnected } from '../diagnosis/rules/network-disconnected.ts';
import { isProbeInDoubt } from '../diagnosis/slow-probe.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import type { CheckResult } from '../model/check.ts';
import { type Check, one } from './check.ts';
import { command, isTaskWaiting, running } from './in-container.ts';

/** Other problems that keep tasks from a worker that would respond. */
const othersToBlame: ReadonlySet<string> = new Set(
	[
		...[brokerRejectsWrites, networkDisconnected],
		...[containerCreated, containerExited, containerMissing, containerPaused, containerUnhealthy],
	].map(({ name }) => name),
);

/** Airflow's Celery app: part of Airflow until 2.x (with a warning from 2.7), and of its Celery provider since. */
const apps = {
	2: 'airflow.executors.celery_executor.app',
	3: 'airflow.providers.celery.executors.celery_executor.app',
} as const;
const pingWords = ['inspect', 'ping', '--timeout', '5'];
/** Python's words where the module of an app does not exist. */
const noSuchApp = /No module named '?airflow\.(executors|providers\.celery)/;

/** Pings the worker through the broker. It costs seconds of CPU, so only when tasks wait and nothing else explains it. */
export const celeryPingCheck: Check = {
	name: 'celery ping',
	role: 'worker',
	subjects: deps => one(running(deps, 'worker') !== undefined && running(deps, 'broker') !== undefined),
	everyMs: Number.POSITIVE_INFINITY,
	leastMs: thresholds.celeryPingPauseMs,
	isUrgent: deps => {
		const facts = deps.facts();
		const worker = facts.of('worker');
		const isElsewhere = facts.state.findings.some(({ rule }) => othersToBlame.has(rule));
		if (worker && isProbeInDoubt(facts, worker)) return true;
		return (
			worker?.it.container.health !== 'starting' &&
			!isElsewhere &&
			(isTaskWaiting(facts, thresholds.queuedTooLongMs) || facts.was(`celery unresponsive ${worker?.container ?? ''}`))
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const worker = running(deps, 'worker');
		if (!worker) return null;
		const major = Number.parseInt(deps.facts().state.sources.airflow?.version ?? '', 10);
		const [app, otherApp] = major >= 3 ? [apps[3], apps[2]] : [apps[2], apps[3]];
		const ping = (name: string) =>
			command(deps, worker, ['celery', '--app', name, ...pingWords], signal, thresholds.celeryPingMs);
		let end = await ping(app);
		// The version is unknown while Airflow's API is down.
		if (end.exitCode !== 0 && end.lines.some(line => noSuchApp.test(line))) end = await ping(otherApp);
		const { exitCode, lines, tookMs } = end;
		const answers = exitCode === 0 && lines.some(line => /pong/.test(line));
		return { check: 'celery ping', answers, lines: lines.slice(-6), tookMs: Math.round(tookMs) };
	},
};
