import { checkKey } from '../../model/check.ts';
import { type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { metricSeries } from '../../model/mlflow/metric-series.ts';
import type { StackState } from '../../model/state.ts';
import { memoised } from '../../selectors/memo.ts';
import { isMlflowLocked, isPageUnreachable, isSteady } from '../airflow-facts.ts';
import { isConnected } from '../connection.ts';
import { confOf, valuesBefore, workOf } from '../earlier-runs.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { lowestExpected } from '../lowest-expected.ts';
import { say } from '../messages/message.ts';
import { about, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

/** MLflow's health page answers, but its API rejects requests. */
export const mlflowApi: Rule = {
	name: 'mlflow api',
	isSeenAtOnce: true,
	find: facts => {
		const feed = facts.state.feeds.experiment;
		if (feed.status !== 'failed' || isPageUnreachable(facts, 'mlflow') || isMlflowLocked(facts)) return [];
		const { kind, message, code } = feed.failure;
		if (!['unauthorised', 'server', 'protocol', 'refused', 'busy'].includes(kind)) return [];
		if (facts.now - feed.since < thresholds.pageFailingMs) return [];
		const isHost = code === 'host-header';
		const isLogin = !isHost && kind === 'unauthorised';
		const mlflow = facts.of('mlflow');
		return [
			{
				subject: 'requests',
				severity: 'critical',
				since: feed.since,
				title: say('mlflow api.title'),
				evidence: [evidence(say('evidence.failure', { message }))],
				cause: isHost
					? say('mlflow api.host.cause')
					: isLogin
						? say(facts.state.mlflowLogin === null ? 'mlflow api.login.cause' : 'mlflow api.wrong login.cause')
						: say('mlflow api.other.cause', { message }),
				reason: say('mlflow api.reason', { message }),
				impact: [say('mlflow api.impact')],
				fixes: isHost
					? [fix(say('mlflow api.host.fix'), { kind: 'advice' })]
					: isLogin
						? [fix(say('mlflow api.login.fix'), { kind: 'advice' })]
						: kind === 'protocol'
							? [fix(say('mlflow page.url'), { kind: 'advice' })]
							: mlflow
								? [readLog(mlflow), ...(kind === 'busy' ? [] : [restart(mlflow)])]
								: [],
				dependsOn: ['engine', 'mlflow', 'disk'],
			},
		];
	},
};

/** MLflow answers this host but not the worker. */
export const mlflowConnection: Rule = {
	name: 'mlflow connection',
	find: facts => {
		const connection = facts.check('mlflow connection');
		const worker = facts.of('worker');
		if (!connection || !worker || !isSteady(facts, worker)) return [];
		const { url, httpStatus: status, problem } = connection;
		if (isConnected(connection)) return [];
		// A server that answers nobody is another problem: a later look at its page from here tells the two apart.
		const page = facts.page('mlflow')?.check;
		const triedAt = facts.state.checks[checkKey('mlflow connection')]?.at ?? 0;
		if (!page?.ok || page.checkedAt < triedAt) return [];
		const answer = status === null ? problem : `HTTP ${status}`;
		return [
			{
				...about(worker),
				severity: 'critical',
				since: null,
				title: say('mlflow connection.title'),
				evidence: [evidence(say('mlflow connection.evidence', { service: worker.name, url, answer }))],
				cause:
					status === 403
						? say('mlflow connection.host.cause')
						: /resolve/i.test(problem)
							? say('mlflow connection.name.cause')
							: /refused|Failed to connect/i.test(problem)
								? say('mlflow connection.refused.cause', { url })
								: say('mlflow connection.other.cause', { answer }),
				reason: say('mlflow connection.reason'),
				impact: [say('impact.mlflow')],
				fixes: [
					restart(worker),
					look(say('fix.inspect'), 'inspect', worker.container),
					fix(say('fix.check'), { kind: 'check' }),
				],
				breaks: ['mlflow connection'],
				dependsOn: ['engine', 'mlflow', `network ${worker.container}`],
			},
		];
	},
};

/** Metrics of a model of which more is better. A baseline is no result. */
const scores = /^(?!.*baseline).*(accuracy|f1|auc|precision|recall|r2)/i;
const minCompared = 3;

/** A score of the newest run is clearly worse than it used to be under the same parameters. */
export const metricDropped: Rule = {
	name: 'metric dropped',
	find: ({ state }) => drops(state.mlflowRuns ?? noRuns, state.dagRuns),
};

const noRuns: readonly MlflowRun[] = [];

/** Memoised: it is called every second, and MLflow runs change rarely. */
const drops = memoised((runs: readonly MlflowRun[], dagRuns: StackState['dagRuns']): readonly Draft[] =>
	metricSeries(runs).flatMap(({ key: metric, latest: value, isLive, loggedAt, runId, runs: ofSeries }) => {
		if (!scores.test(metric) || isLive || !Number.isFinite(value)) return [];
		const newest = ofSeries.find(run => run.runId === runId);
		if (!newest) return [];
		const conf = confOf(newest, dagRuns);
		const before = valuesBefore(ofSeries, metric, newest, run => {
			const other = confOf(run, dagRuns);
			return conf === undefined || other === undefined || other === conf;
		});
		if (before.length < minCompared) return [];
		const sorted = before.toSorted((a, b) => a - b);
		const median = sorted[Math.floor(sorted.length / 2)] ?? value;
		const by = median - value;
		if (by < thresholds.metricDrop || value >= lowestExpected(before)) return [];
		return [
			{
				subject: metric,
				severity: 'warning' as const,
				since: loggedAt,
				title: say('drop.title', { metric }),
				evidence: [
					evidence(say('drop.evidence', { value: rounded(value), median: rounded(median), count: before.length })),
				],
				cause: say('drop.cause'),
				reason: say('drop.reason', { by: rounded(by) }),
				impact: [say('drop.impact')],
				fixes: [fix(say('drop.fix'), { kind: 'advice' as const })],
				breaks: [`result ${metric}` as const],
				dependsOn: [`data ${workOf(newest)}` as const],
			},
		];
	}),
);

function rounded(value: number): number {
	return Number(metricNumber(value).toPrecision(4));
}

/** The newest version of a model could not be registered. */
export const registrationFailed: Rule = {
	name: 'registration failed',
	find: facts => {
		const [newest] = facts.state.modelVersions ?? [];
		if (newest?.status !== 'FAILED_REGISTRATION') return [];
		const mlflow = facts.of('mlflow');
		return [
			{
				subject: `${newest.name} ${newest.version}`,
				severity: 'warning',
				since: newest.createdAt,
				title: say('registration.title', { model: newest.name, version: newest.version }),
				evidence: [],
				cause: say('registration.cause'),
				reason: say('registration.reason'),
				impact: [say('registration.impact')],
				fixes: mlflow ? [readLog(mlflow)] : [],
				dependsOn: ['mlflow', 'disk', 'artifacts'],
			},
		];
	},
};

/** The MLflow server logs that it cannot write artifacts. */
export const artifactsNotWritable: Rule = {
	name: 'artifacts not writable',
	find: facts => {
		const [sign] = facts.signs('artifacts not writable');
		const mlflow = facts.of('mlflow');
		if (!sign || !mlflow) return [];
		return [
			{
				subject: mlflow.container,
				severity: 'critical',
				since: sign.firstAt,
				title: say('artifacts.title'),
				evidence: [evidence(say('evidence.sign', { service: mlflow.name, count: sign.count }), [sign.line])],
				cause: say('artifacts.cause'),
				reason: say('artifacts.reason', { service: mlflow.name, line: sign.line }),
				impact: [say('artifacts.impact')],
				fixes: [look(say('fix.inspect'), 'inspect', mlflow.container), readLog(mlflow)],
				breaks: ['artifacts'],
				dependsOn: ['disk', 'engine'],
			},
		];
	},
};
