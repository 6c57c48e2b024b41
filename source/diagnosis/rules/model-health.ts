import { schedulePeriodMs } from '../../model/airflow/schedule-period.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import { memoised } from '../../selectors/memo.ts';
import { type ChampionComparison, championComparisons, versionFigures } from '../../selectors/models/champion.ts';
import { sayer } from '../../words/message.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { thresholds } from '../thresholds.ts';
import { usualRange } from '../usual-range.ts';

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

const tagOf = ({ tags = [] }: ModelVersion, key: string) => tags.find(tag => tag.key === key)?.value;

/** The DAG run that made it, else the MLflow run: as `workOf` has it. */
const workOfVersion = (version: ModelVersion) => tagOf(version, 'dag_run_id') ?? version.runId ?? '';

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
		dependsOn: [...worse.map(({ key }) => `result ${key}` as const), `data ${workOfVersion(newest)}`],
		breaks: [],
	};
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
	const dagId = newest && tagOf(newest, 'dag_id');
	const dag = facts.state.dags?.find(one => one.dagId === dagId);
	const period = dag ? schedulePeriodMs(dag) : null;
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
