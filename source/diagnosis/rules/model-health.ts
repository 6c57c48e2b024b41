import type { MlflowRun, ModelVersion } from '../../model/experiment.ts';
import { metricSeries } from '../../model/metric-series.ts';
import { cronPeriodMs } from '../../model/schedule-period.ts';
import type { StackState } from '../../model/state.ts';
import { type ChampionComparison, championComparisons, versionFigures } from '../../selectors/champion.ts';
import { memoised } from '../../selectors/memo.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { thresholds } from '../thresholds.ts';
import { usualRange } from '../usual-range.ts';
import { scoresBefore } from './mlflow.ts';

const worseTexts = {
	'worse.title': [
		'{model} version {newest} is worse than its champion',
		'{model} 버전 {newest}이(가) 챔피언보다 나쁩니다',
	],
	'worse.evidence': [
		'{metric}: {value} in version {newest}, {before} in version {champion} ({mark}), {by:percent} worse',
		'{metric}: 버전 {newest} {value}, 버전 {champion}({mark}) {before}, {by:percent} 나쁨',
	],
	'worse.cause': [
		'The newest data or parameters give a worse model than before',
		'최신 데이터나 파라미터로 학습한 모델이 이전보다 나쁩니다',
	],
	'worse.reason': [
		'The difference is above {margin:percent}, and the {n} other {n|version does|versions do} not vary that much',
		'차이가 {margin:percent}보다 크고, 다른 버전 {n}개의 편차보다도 큽니다',
	],
	'worse.impact': [
		'The champion keeps serving. Whoever promotes the newest version gets a worse model',
		'챔피언이 계속 사용됩니다. 최신 버전을 승격하면 더 나쁜 모델을 사용하게 됩니다',
	],
	'worse.fix': [
		'Open both versions in the list of model versions and compare what made them',
		'모델 버전 목록에서 두 버전을 열어 무엇으로 만들었는지 비교하세요',
	],
} as const;
const sayWorse = sayer(worseTexts);

/** The newest version of a model is worse than the one that serves, by more than a margin and than versions vary. */
export const modelWorse: Rule = {
	name: 'model worse',
	texts: worseTexts,
	find: ({ state, championMargin = thresholds.championMargin }) =>
		worseVersions(state.modelVersions ?? none, state.mlflowRuns ?? none, state.versionRuns, championMargin),
};

const none: readonly never[] = [];

/** Memoised: it is called every second, and the facts change rarely. */
const worseVersions = memoised(
	(
		versions: readonly ModelVersion[],
		mlflowRuns: readonly MlflowRun[],
		versionRuns: readonly MlflowRun[],
		margin: number,
	): readonly Draft[] => {
		const runs = [...mlflowRuns, ...versionRuns];
		const runById = new Map(runs.map(run => [run.runId, run]));
		return championComparisons(versions, runs).flatMap((compared): Draft[] => {
			const { model, newest } = compared;
			const others = versions.filter(one => one.name === model && one !== newest);
			const worse = compared.metrics.flatMap(metric => {
				const by = Math.abs(metric.newest - metric.champion) / Math.abs(metric.champion);
				const known = others.flatMap(one => versionFigures(one, runById).get(metric.key) ?? []).filter(Number.isFinite);
				const { low, high } = usualRange(known);
				// Two values say nothing about how far they spread; the margin alone decides.
				const isUsual = known.length >= leastSpread && metric.newest >= low && metric.newest <= high;
				return metric.verdict === 'worse' && by > margin && !isUsual ? [{ ...metric, by }] : [];
			});
			return worse.length === 0 ? [] : [worseDraft(compared, worse, others.length, margin)];
		});
	},
);

/** Values from which their spread is known. */
const leastSpread = 3;

type WorseMetric = ChampionComparison['metrics'][number] & { readonly by: number };

function worseDraft(
	{ model, champion, newest, mark }: ChampionComparison,
	worse: readonly WorseMetric[],
	others: number,
	margin: number,
): Draft {
	return {
		subject: model,
		severity: 'warning',
		since: newest.createdAt,
		title: sayWorse('worse.title', { model, newest: newest.version }),
		evidence: worse.map(metric =>
			evidence(
				sayWorse('worse.evidence', {
					metric: metric.key,
					value: rounded(metric.newest),
					before: rounded(metric.champion),
					by: metric.by,
					newest: newest.version,
					champion: champion.version,
					mark,
				}),
			),
		),
		cause: sayWorse('worse.cause'),
		reason: sayWorse('worse.reason', { margin, n: others }),
		impact: [sayWorse('worse.impact')],
		fixes: [fix(sayWorse('worse.fix'), { kind: 'advice' })],
		dependsOn: worse.map(({ key }) => `result ${key}` as const),
		breaks: [],
	};
}

const pulseTexts = {
	'pulse.title': ['{metric} left its usual range', '{metric} 메트릭이 평소 범위를 벗어났습니다'],
	'pulse.evidence': [
		'{value} now, {low} to {high} in the previous {n} MLflow runs of {run}',
		'현재 {value}, {run}의 이전 MLflow 실행 {n}회는 {low}~{high}',
	],
	'pulse.cause': [
		'The amount of data that {run} read or wrote has changed',
		'{run}이(가) 읽거나 쓴 데이터의 양이 달라졌습니다',
	],
	'pulse.reason': [
		'With the same params and conf the next value is expected between {least} and {most}',
		'같은 파라미터와 conf라면 다음 값은 {least}~{most} 사이여야 합니다',
	],
	'pulse.impact': [
		'The tables and the model of this DAG run may be incomplete',
		'이 DAG 실행의 테이블과 모델이 불완전할 수 있습니다',
	],
} as const;
const sayPulse = sayer(pulseTexts);

/** Metrics that count data: `rows_ingested`, `records`, `num_rows`, `bytes_written`. */
const pulses = /(?:^|[_.\s])(?:rows?|records?|events?|messages?|bytes|documents?|samples?)(?:$|[_.\s])/i;
/** A smaller change is the growth of the data, whatever the earlier ones vary. */
const leastChange = 0.2;
/** Fewer values are no range. */
const leastKnown = 5;

/** A count of data of the newest run is far from those of earlier runs under the same params. */
export const dataPulse: Rule = {
	name: 'data pulse',
	texts: pulseTexts,
	find: facts => oddPulses(facts.state.mlflowRuns ?? none, facts.state.dagRuns),
};

const oddPulses = memoised((runs: readonly MlflowRun[], dagRuns: StackState['dagRuns']): readonly Draft[] =>
	metricSeries(runs).flatMap(({ key: metric, latest: value, isLive, loggedAt, runId, runName, runs: ofSeries }) => {
		if (!pulses.test(metric) || isLive || !Number.isFinite(value)) return [];
		const newest = ofSeries.find(run => run.runId === runId);
		const wanted = newest && confOf(newest, dagRuns);
		if (wanted === undefined) return [];
		const before = scoresBefore(
			ofSeries.filter(run => confOf(run, dagRuns) === wanted),
			metric,
			runId,
		);
		if (before.length < leastKnown) return [];
		const [low, high] = [Math.min(...before), Math.max(...before)];
		const { low: least, high: most } = usualRange(before);
		const change = value < low ? (low - value) / Math.abs(low) : (value - high) / Math.abs(high || 1);
		if ((value >= least && value <= most) || change < leastChange) return [];
		return [
			{
				subject: metric,
				severity: 'warning' as const,
				since: loggedAt,
				title: sayPulse('pulse.title', { metric }),
				evidence: [
					evidence(
						sayPulse('pulse.evidence', {
							value: rounded(value),
							low: rounded(low),
							high: rounded(high),
							n: before.length,
							run: runName,
						}),
					),
				],
				cause: sayPulse('pulse.cause', { run: runName }),
				reason: sayPulse('pulse.reason', { least: rounded(least), most: rounded(most) }),
				impact: [sayPulse('pulse.impact')],
				fixes: [],
			},
		];
	}),
);

/** The conf of the DAG run that logged it, often the number of rows; empty: of none. undefined: it is not known. */
function confOf({ tags }: MlflowRun, dagRuns: StackState['dagRuns']): string | undefined {
	const tagOf = (key: string) => tags.find(tag => tag.key === key)?.value;
	const [dagId, dagRunId] = [tagOf('dag_id'), tagOf('dag_run_id')];
	if (dagId === undefined || dagRunId === undefined) return '';
	const dagRun = dagRuns[dagId]?.find(run => run.dagRunId === dagRunId);
	return dagRun && (dagRun.conf ?? '');
}

const overdueTexts = {
	'overdue.title': [
		'{model} has had no new version for {age:duration}',
		'{model}의 새 버전이 {age:duration} 동안 없습니다',
	],
	'overdue.evidence': [
		'The newest is version {version}; {dag} runs every {period:duration}',
		'최신은 버전 {version}이며 {dag}은(는) {period:duration}마다 실행됩니다',
	],
	'overdue.runs': [
		'{n} DAG runs have succeeded since, without a version',
		'이후 DAG 실행 {n}회가 성공했지만 버전을 만들지 않았습니다',
	],
	'overdue.cause': [
		'The DAG runs succeed, but no longer register a model',
		'DAG 실행은 성공하지만 모델을 등록하지 않습니다',
	],
	'overdue.reason': [
		'Earlier versions came at most {usual:duration} apart',
		'이전 버전 사이의 간격은 최대 {usual:duration}이었습니다',
	],
	'overdue.impact': ['The model in use grows old', '사용 중인 모델이 점점 오래됩니다'],
	'overdue.fix': ['Read the log of the task that registers the model', '모델을 등록하는 작업의 로그를 확인하세요'],
} as const;
const sayOverdue = sayer(overdueTexts);

/** Gaps between versions that say how often one comes. */
const leastVersions = 4;
/** DAG runs that succeeded without a version: one may have had nothing to register. */
const leastRuns = 2;

/** A scheduled DAG that has registered a model regularly succeeds, and registers none any more. */
export const modelOverdue: Rule = {
	name: 'model overdue',
	texts: overdueTexts,
	find: facts => {
		const versions = facts.state.modelVersions ?? none;
		return [...Map.groupBy(versions, ({ name }) => name)].flatMap(([model, list]) => overdue(facts, model, list));
	},
};

function overdue(facts: DiagnosisFacts, model: string, versions: readonly ModelVersion[]): Draft[] {
	const newest = versions[0];
	const tagOf = ({ tags = [] }: ModelVersion, key: string) => tags.find(tag => tag.key === key)?.value;
	const dagId = newest && tagOf(newest, 'dag_id');
	const dag = facts.state.dags?.find(one => one.dagId === dagId);
	const period = dag?.schedule ? cronPeriodMs(dag.schedule) : null;
	if (!facts.isAirflowLive || !newest || !dag || dag.isPaused || !dag.isActive || period === null) return [];
	const made = versions.filter(version => tagOf(version, 'dag_id') === dagId).map(({ createdAt }) => createdAt);
	if (made.length < leastVersions) return [];
	const usual = Math.max(...made.slice(1).map((at, index) => (made[index] ?? at) - at));
	const age = facts.now + facts.clockAheadMs - newest.createdAt;
	if (age < leastRuns * period || age < usual * 1.5) return [];
	const since = (facts.state.dagRuns[dag.dagId] ?? []).filter(
		run => run.state === 'success' && (run.startedAt ?? 0) > newest.createdAt,
	);
	// Without runs the schedule was missed, which is another finding.
	if (since.length < leastRuns) return [];
	const [last] = since;
	return [
		{
			subject: model,
			severity: 'warning',
			since: newest.createdAt + Math.max(usual, period),
			title: sayOverdue('overdue.title', { model, age }),
			evidence: [
				evidence(sayOverdue('overdue.evidence', { version: newest.version, dag: dag.dagId, period })),
				evidence(sayOverdue('overdue.runs', { n: since.length })),
			],
			cause: sayOverdue('overdue.cause'),
			reason: sayOverdue('overdue.reason', { usual }),
			impact: [sayOverdue('overdue.impact')],
			fixes: last
				? [look(sayOverdue('overdue.fix'), 'run', last.dagRunId, { dagId: dag.dagId, dagRunId: last.dagRunId })]
				: [],
			dependsOn: [`dag ${dag.dagId}`, 'mlflow', 'mlflow connection', 'scheduler'],
		},
	];
}

const rounded = (value: number): number => Number(value.toPrecision(4));
