import { taskName } from '../../model/airflow/task-name.ts';
import { type MlflowRun, metricNumber } from '../../model/mlflow/experiment.ts';
import { mlflowStatusLook } from '../../model/mlflow/mlflow-status.ts';
import { isOwnTag } from '../../model/run-tags.ts';
import { metricValue, momentToSecond, stopwatch } from '../../presentation/format.ts';
import { guessText } from '../../presentation/guess-text.ts';
import type { NamedTask } from '../../selectors/links/task-links.ts';
import type { StepContext } from '../actions/action.ts';
import { facts as factRows, heading } from '../actions/pages.ts';
import type { Page, PageLine } from '../conversation.ts';

const pageTones = { good: 'good', active: 'active', bad: 'bad' } as const;
const isPageTone = (tone: string): tone is keyof typeof pageTones => Object.hasOwn(pageTones, tone);

/** Empty if nothing of the kind was logged. */
function section(title: string, rows: readonly (readonly [string, string])[]): PageLine[] {
	return rows.length === 0 ? [] : [...heading(title), ...factRows(rows)];
}

/**
 * The page about an MLflow run: status, task, params, metrics and tags.
 * @param maker the task that logged it, which no tag names if it is a guess; null: unknown
 */
export function mlflowRunText(
	run: MlflowRun,
	maker: { readonly task: NamedTask; readonly isGuess: boolean } | null,
	{ now, say, glyphs }: Pick<StepContext, 'now' | 'say' | 'glyphs'>,
): Page {
	const { word, symbol, tone } = mlflowStatusLook(run.status);
	const facts = {
		status: `${glyphs.state[symbol]} ${say(word)}`,
		started: momentToSecond(run.startedAt, now),
		took: run.endedAt === null ? '' : stopwatch(run.endedAt - run.startedAt),
	};
	const name = maker && `${maker.task.dagId} ${maker.task.dagRunId} ${taskName(maker.task)}`;
	return {
		title: say(['MLflow run {name}', 'MLflow 실행 {name}'], { name: run.runName || run.runId }),
		copies: run.runId,
		copiesWhat: ['MLflow run ID', 'MLflow 실행 ID'],
		note: say(['y copies the MLflow run ID', 'y MLflow 실행 ID 복사']),
		lines: [
			{
				text:
					run.endedAt === null
						? say(['{status}, started {started}', '{status}, 시작 {started}'], facts)
						: say(
								['{status}, started {started}, duration {took}', '{status}, 시작 {started}, 소요 시간 {took}'],
								facts,
							),
				tone: isPageTone(tone) ? pageTones[tone] : undefined,
				bold: true,
			},
			{ text: run.runId, tone: 'muted' },
			...(maker === null || name === null
				? []
				: factRows([[say(['Task', '작업']), maker.isGuess ? say(guessText, { what: name }) : name]])),
			...section(
				say(['Params', '파라미터']),
				run.params.map(({ key, value }) => [key, value]),
			),
			...section(
				say(['Metrics (latest values)', '메트릭 (최신 값)']),
				run.metrics.map(({ key, value, step }) => [
					key,
					`${metricValue(metricNumber(value), glyphs.infinity)}${step === 0 ? '' : say(['  at step {step}', '  {step}번째 step'], { step })}`,
				]),
			),
			...section(
				say(['Datasets', '데이터셋']),
				(run.datasets ?? []).map(({ name, context, digest, sourceType }) => [
					name,
					[context, digest, sourceType].filter(Boolean).join('  '),
				]),
			),
			...section(
				say(['Tags', '태그']),
				run.tags.filter(({ key }) => isOwnTag(key)).map(({ key, value }) => [key, value]),
			),
		],
	};
}
