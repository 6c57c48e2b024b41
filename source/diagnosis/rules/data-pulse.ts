import { type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { type MetricSeries, metricSeries } from '../../model/mlflow/metric-series.ts';
import type { StackState } from '../../model/state.ts';
import { memoised } from '../../selectors/memo.ts';
import { sayer } from '../../words/message.ts';
import { confOf, dagRunNamed, valuesBefore, workOf } from '../earlier-runs.ts';
import { type Draft, evidence, look, type Rule } from '../finding.ts';
import { thresholds } from '../thresholds.ts';
import { usualRange } from '../usual-range.ts';

const texts = {
	'pulse.title': ['{metric} left its usual range', '{metric} 메트릭이 평소 범위를 벗어났습니다'],
	'pulse.evidence': [
		'{metric}: {value} now, {low} to {high} in the previous {n} MLflow runs of {run}',
		'{metric}: 현재 {value}, {run}의 이전 MLflow 실행 {n}회는 {low}~{high}',
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
	'pulse.quality.cause': [
		'The data that {run} read has more faults than usual',
		'{run}이(가) 읽은 데이터에 평소보다 오류가 많습니다',
	],
	'pulse.quality.reason': [
		'With the same params the next value is expected above {least}',
		'같은 파라미터라면 다음 값은 {least}보다 커야 합니다',
	],
	'pulse.fix': ['Read the log of {run} in this DAG run', '이 DAG 실행에서 {run}의 로그를 확인하세요'],
} as const;
const say = sayer(texts);

/** Metrics that count data: `rows_ingested`, `records`, `num_rows`, `bytes_written`. */
const counts = /(?:^|[_.\s])(?:rows?|records?|events?|messages?|bytes|documents?|samples?)(?:$|[_.\s])/i;
/** A smaller change is the growth of the data, whatever the earlier ones vary. */
const leastChange = 0.2;
/** Fewer counts are no range. */
const leastCounts = 5;

/** Metrics that rate data, not a model: `quality_score`. More is better. */
const ratings = /(?:^|[_.\s])(?:data_?)?quality(?:$|[_.\s])/i;
/** Ratings vary less than counts, whose range depends on the source. */
const leastRatings = 3;

/** A metric of one MLflow run that is far from those of earlier ones. */
type Odd = {
	readonly metric: string;
	readonly isRating: boolean;
	readonly run: MlflowRun;
	readonly loggedAt: number;
	readonly value: number;
	/** Of the earlier values. */
	readonly low: number;
	readonly high: number;
	readonly n: number;
	/** What was expected. */
	readonly least: number;
	readonly most: number;
};

/**
 * Counts or ratings of data of the newest run are far from those of earlier runs under the same params. One finding for
 * each DAG run: what arrives incomplete is incomplete in each task that follows.
 */
export const dataPulse: Rule = {
	name: 'data pulse',
	texts,
	find: ({ state }) => oddPulses(state.mlflowRuns ?? none, state.dagRuns),
};

const none: readonly never[] = [];

/** Memoised: it is called every second, and MLflow runs change rarely. */
const oddPulses = memoised((runs: readonly MlflowRun[], dagRuns: StackState['dagRuns']): readonly Draft[] => {
	const pulses = metricSeries(runs).filter(({ key }) => counts.test(key) || ratings.test(key));
	const latest = pulses.flatMap(one => oddIn(one, newestOf(one), dagRuns) ?? []);
	const works = new Set(latest.toSorted((a, b) => b.run.startedAt - a.run.startedAt).map(({ run }) => workOf(run)));
	// A later DAG run replaces one value after the other: until the last one the finding keeps its subject.
	const drafts = [...works].flatMap(work => {
		const odd = pulses.flatMap(one => oddIn(one, runOfWork(one, work), dagRuns) ?? []);
		return draftsOf(work, odd.toSorted(byCause));
	});
	const newest = new Map(drafts.toReversed().map(draft => [draft.subject, draft]));
	return [...newest.values()];
});

const newestOf = ({ runs, runId }: MetricSeries) => runs.find(run => run.runId === runId);
const runOfWork = ({ runs, key }: MetricSeries, work: string) =>
	runs.find(run => workOf(run) === work && run.metrics.some(metric => metric.key === key));

/** What was logged first is the cause of the rest; faulty rows are the cause of missing ones. */
function byCause(a: Odd, b: Odd): number {
	return a.run.startedAt - b.run.startedAt || Number(b.isRating) - Number(a.isRating);
}

function oddIn(
	{ key: metric, runs }: MetricSeries,
	run: MlflowRun | undefined,
	dagRuns: StackState['dagRuns'],
): Odd | null {
	const logged = run?.metrics.find(({ key }) => key === metric);
	if (!run || !logged || run.status === 'RUNNING') return null;
	const value = metricNumber(logged.value);
	if (!Number.isFinite(value)) return null;
	const isRating = ratings.test(metric);
	const conf = confOf(run, dagRuns);
	if (!isRating && conf === undefined) return null;
	const before = valuesBefore(runs, metric, run, one => isRating || confOf(one, dagRuns) === conf);
	if (before.length < (isRating ? leastRatings : leastCounts)) return null;
	const [low, high] = [Math.min(...before), Math.max(...before)];
	const { low: least, high: most } = usualRange(before);
	const isOdd = isRating
		? value < least && low - value >= thresholds.metricDrop
		: (value < least || value > most) && change(value, low, high) >= leastChange;
	return isOdd
		? { metric, isRating, run, loggedAt: logged.loggedAt, value, low, high, n: before.length, least, most }
		: null;
}

/** Relative distance from the range. */
function change(value: number, low: number, high: number): number {
	return value < low ? (low - value) / Math.abs(low) : (value - high) / Math.abs(high || 1);
}

function draftsOf(work: string, odd: readonly Odd[]): Draft[] {
	const [first] = odd;
	if (!first) return [];
	const { metric, run, isRating } = first;
	const dagRun = dagRunNamed(run);
	const task = run.tags.find(({ key }) => key === 'task_id')?.value;
	const of = { run: run.runName };
	return [
		{
			subject: metric,
			severity: 'warning',
			since: first.loggedAt,
			title: say('pulse.title', { metric }),
			evidence: odd.map(one =>
				evidence(
					say('pulse.evidence', {
						metric: one.metric,
						value: rounded(one.value),
						low: rounded(one.low),
						high: rounded(one.high),
						n: one.n,
						run: one.run.runName,
					}),
				),
			),
			cause: isRating ? say('pulse.quality.cause', of) : say('pulse.cause', of),
			reason: isRating
				? say('pulse.quality.reason', { least: rounded(first.least) })
				: say('pulse.reason', { least: rounded(first.least), most: rounded(first.most) }),
			impact: [say('pulse.impact')],
			fixes: dagRun
				? [look(say('pulse.fix', of), task === undefined ? 'run' : 'task log', task ?? dagRun.dagRunId, dagRun)]
				: [],
			breaks: [`data ${work}`],
		},
	];
}

const rounded = (value: number): number => Number(value.toPrecision(4));
