import type { Airflow3 } from '../../clients/airflow/airflow3.ts';
import {
	type Backfill,
	type BackfillRequest,
	backfillState,
	reprocessBehaviors,
} from '../../model/airflow/backfill.ts';
import { type Json, parsedJson } from '../../model/text/json.ts';
import {
	backfillsUnavailable,
	dateText,
	planBackfill,
	planBackfillChange,
} from '../../operations/dag-runs/backfill.ts';
import { backfillStateTexts } from '../../presentation/backfill-text.ts';
import { moment } from '../../presentation/format.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, FormQuestion, Page, PageLine, Problems } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { withAirflow3 } from './newer-common.ts';
import { factsOf } from './run-targets.ts';
import { later, planned } from './step.ts';
import { targetDagId } from './targets.ts';

const day = 86_400_000;
/** Each costs a request for its DAG runs. */
const backfillsShown = 20;
/** DAG runs of a backfill take minutes. */
const pageAgainMs = 5000;

/** Creates a backfill of the DAG, or changes its active one. */
export function backfillMenu(context: StepContext): Effect {
	const { state, say } = context;
	const dagId = targetDagId(context);
	return withAirflow3(
		context,
		'backfills',
		async newer => {
			const [newest] = await newer.backfills(dagId, context.signal);
			if (!newest || newest.completedAt !== null) return newForm(context, newer, dagId);
			const paused = backfillState(newest) === 'paused';
			const progress = await newer.backfillProgress(newest, context.signal);
			const change = paused ? 'unpause' : 'pause';
			return {
				kind: 'choose',
				question: {
					title: say(['Backfill {id} of {dagId}: {range}', '{dagId}의 백필 {id}: {range}'], {
						...{ id: newest.id, dagId, range: rangeOf(newest) },
					}),
					filters: false,
					choices: [
						{
							id: change,
							key: 'p',
							label: paused ? say(['Unpause it', '일시 중지 해제']) : say(['Pause it', '일시 중지']),
							hint: say(['{done} of {total} done', '{total}개 중 {done}개 완료'], {
								done: progress.success + progress.failed,
								total: progress.total,
							}),
						},
						{ id: 'cancel', key: 'c', label: say(['Cancel it', '취소']), hint: '' },
					],
					next: id =>
						planned(planBackfillChange(factsOf(context), newest, progress, id === 'cancel' ? 'cancel' : change)),
				},
			};
		},
		backfillsUnavailable(state),
	);
}

const rangeOf = ({ from, to }: Pick<Backfill, 'from' | 'to'>): string => `${dateText(from)} … ${dateText(to)}`;

function newForm(context: StepContext, newer: Airflow3, dagId: string): Effect {
	const preview = async (request: BackfillRequest): Promise<Effect> =>
		planned(planBackfill(factsOf(context), request, await newer.previewBackfill(request, context.signal)));
	return {
		kind: 'form',
		question: backfillQuestion(dagId, context.now, context.say, request =>
			later(preview(request).catch(async error => withAirflow3(context, 'backfills', () => Promise.reject(error)))),
		),
	};
}

/** The form for a new backfill; the last seven days at first. */
export function backfillQuestion(
	dagId: string,
	now: number,
	say: Writer,
	next: (request: BackfillRequest) => Effect,
): FormQuestion {
	const midnight = Math.floor(now / day) * day;
	const read = (values: Readonly<Record<string, string>>): BackfillRequest | { readonly problems: Problems } => {
		const problems: Record<string, string> = {};
		const date = (name: string) => {
			const text = values[name] ?? '';
			const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
			if (!Number.isFinite(at)) problems[name] = say(['a date such as 2026-01-31', '2026-01-31 같은 날짜']);
			return at;
		};
		const [from, to] = [date('from'), date('to')];
		const maxActiveRuns = Number(values.max_active_runs);
		if (!Number.isInteger(maxActiveRuns) || maxActiveRuns < 1) {
			problems.max_active_runs = say(['a whole number from 1', '1 이상의 정수']);
		}
		if (from > to) problems.to = say(['not before {from}', '{from} 이후여야 합니다'], { from: dateText(from) });
		if (Object.keys(problems).length > 0) return { problems };
		const reprocess = reprocessBehaviors.find(one => one === values.reprocess) ?? 'none';
		return { dagId, from, to, reprocess, maxActiveRuns, isBackwards: values.backwards === 'true' };
	};
	const field = (name: string, wanted: string, initial: string, values: readonly string[] = []) => ({
		...{ name, wanted, description: '', initial, values },
	});
	return {
		title: say(['Backfill {dagId}', '{dagId} 백필'], { dagId }),
		label: say(['backfill', '백필']),
		fields: [
			field('from', say(['first logical date (UTC)', '첫 논리 날짜(UTC)']), dateText(midnight - 7 * day)),
			field('to', say(['last logical date, inclusive', '마지막 논리 날짜(포함)']), dateText(midnight - day)),
			field(
				'reprocess',
				say(['existing DAG runs to run again', '다시 실행할 기존 DAG 실행']),
				'none',
				reprocessBehaviors,
			),
			field('max_active_runs', say(['DAG runs at a time', '동시 DAG 실행 수']), '10'),
			field('backwards', say(['the newest date first', '최신 날짜부터']), 'false', ['true', 'false']),
		],
		recent: [],
		conf(values) {
			const request = read(values);
			return 'problems' in request ? request : { conf: JSON.stringify(values) };
		},
		values(text) {
			const values = parsedJson(text);
			if (typeof values !== 'object' || values === null || Array.isArray(values)) {
				return { problem: say(['a JSON object is expected', 'JSON 객체여야 합니다']) };
			}
			return { values: textsIn(values) };
		},
		next: conf => {
			const values = parsedJson(conf);
			const request =
				typeof values === 'object' && values !== null && !Array.isArray(values) ? read(textsIn(values)) : null;
			return request === null || 'problems' in request ? { kind: 'nothing' } : next(request);
		},
	};
}

const textsIn = (values: object): Record<string, string> =>
	Object.fromEntries(Object.entries(values).map(([name, value]: [string, Json]) => [name, String(value)]));

/** The backfills of the DAG with their progress. */
export function backfillPage(context: StepContext): Effect {
	const { state, say, now, signal } = context;
	const dagId = targetDagId(context);
	return withAirflow3(
		context,
		'backfills',
		async newer => {
			const ask = async (): Promise<Page> => {
				const newest = (await newer.backfills(dagId, signal)).slice(0, backfillsShown);
				const lines = await Promise.all(
					newest.map(async (backfill): Promise<PageLine> => {
						const { total, success, failed, running } = await newer.backfillProgress(backfill, signal);
						const is = backfillState(backfill);
						return {
							text: say(
								[
									'{id}  {range}  {state}: {done} of {total} done, {failed} failed, {running} running; created {at}',
									'{id}  {range}  {state}: {total}개 중 {done}개 완료, 실패 {failed}, 실행 중 {running}, 생성 {at}',
								],
								{
									...{ id: backfill.id, range: rangeOf(backfill), state: say(backfillStateTexts[is]) },
									...{ done: success + failed, total, failed, running, at: moment(backfill.createdAt, now) },
								},
							),
							tone: failed > 0 ? 'bad' : is === 'active' ? 'active' : undefined,
						};
					}),
				);
				return {
					title: say(['Backfills of {dagId}', '{dagId}의 백필'], { dagId }),
					lines: lines.length > 0 ? lines : [{ text: say(['No backfills yet.', '아직 백필이 없습니다.']) }],
					again: { everyMs: pageAgainMs, ask },
				};
			};
			return { kind: 'page', page: await ask() };
		},
		backfillsUnavailable(state),
	);
}
