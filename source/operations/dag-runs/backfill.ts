import type { BackfillChange } from '../../clients/airflow/airflow3.ts';
import {
	type Backfill,
	type BackfillProgress,
	type BackfillRequest,
	backfillState,
	type ReprocessBehavior,
} from '../../model/airflow/backfill.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { airflowCommand, curlCommand } from '../../selectors/printed-commands/airflow-command.ts';
import type { Text } from '../../words/language.ts';
import { filled, type Message, phrase } from '../../words/message.ts';
import { airflowOf, listed } from '../airflow.ts';
import { airflow3Unavailable } from '../airflow3.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Refusal } from '../plan/plan.ts';

const notNow = phrase(['Backfills cannot be changed now', '지금은 백필을 변경할 수 없습니다']);

/** A logical date in UTC, as Airflow writes it: `2026-11-10`, or with its time if that is not midnight. */
export function dateText(ms: number): string {
	const iso = new Date(ms).toISOString();
	return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace(/(?::00)?\.000Z$/, 'Z');
}

/** Why no backfill is possible; for Airflow 2 with the command of its own. */
export function backfillsUnavailable(
	state: StackState,
	request?: Pick<BackfillRequest, 'dagId' | 'from' | 'to'>,
): Refusal | null {
	const [from, to] = request ? [dateText(request.from), dateText(request.to)] : ['START', 'END'];
	const command = airflowCommand(state, 'dags', 'backfill', '-s', from, '-e', to, request?.dagId ?? 'DAG');
	const instead = phrase(
		['Airflow 2 runs one with: {command}', 'Airflow 2에서는 다음 명령으로 실행합니다: {command}'],
		{
			command,
		},
	);
	return airflow3Unavailable(state, 'backfills', notNow, instead);
}

const reprocessTexts: Readonly<Record<ReprocessBehavior, Text>> = {
	none: ['Dates that already have a DAG run are left out.', '이미 DAG 실행이 있는 날짜는 제외합니다.'],
	failed: [
		'Dates whose DAG run failed run again: all tasks of that run are cleared.',
		'DAG 실행이 실패한 날짜는 다시 실행합니다. 그 실행의 모든 작업을 clear합니다.',
	],
	completed: [
		'Dates whose DAG run has finished run again, successful ones too: all tasks of that run are cleared.',
		'DAG 실행이 끝난 날짜는 성공한 것도 다시 실행합니다. 그 실행의 모든 작업을 clear합니다.',
	],
};

/**
 * Creates a backfill.
 * @param dates what Airflow would run (`previewBackfill`), ms since the epoch
 */
export function planBackfill({ state }: Facts, request: BackfillRequest, dates: readonly number[]): Planned {
	const unavailable = backfillsUnavailable(state, request);
	if (unavailable) return unavailable;
	const { dagId, from, to, reprocess, maxActiveRuns, isBackwards } = request;
	const range = { dag: dagId, from: dateText(from), to: dateText(to) };
	if (dates.length === 0) {
		return {
			refused: phrase(
				[
					'Nothing to backfill for {dag} from {from} to {to}: each date of its schedule has a DAG run, or none is past',
					'{from}부터 {to}까지 {dag}의 백필 대상이 없습니다. 스케줄의 날짜마다 DAG 실행이 있거나 지난 날짜가 없습니다',
				],
				range,
			),
			kind: 'refused',
		};
	}
	const words = ['--dag-id', dagId, '--from-date', range.from, '--to-date', range.to];
	const options = ['--reprocess-behavior', reprocess, '--max-active-runs', String(maxActiveRuns)];
	return {
		actionId: 'backfill',
		title: phrase(['backfill {dag} from {from} to {to}', '{from}부터 {to}까지 {dag} 백필'], range),
		effects: effectsOf(state, request, dates),
		command: airflowCommand(
			state,
			'backfill',
			'create',
			...words,
			...options,
			...(isBackwards ? ['--run-backwards'] : []),
		),
		targets: [`DAG ${dagId}`],
		async perform(tools) {
			const newer = await airflowOf(tools.clients).airflow3('backfills', tools.signal);
			// One of the same range that is there already is not this one.
			const before = (await newer.backfills(dagId, tools.signal))[0]?.id ?? 0;
			const started = ({ id }: Backfill): Outcome => ({
				outcome: 'done',
				message: filled(
					['backfill {id} of {dag} started: {n} DAG {n|run|runs}', '{dag}의 백필 {id} 시작됨: DAG 실행 {n}개'],
					{ id, dag: dagId, n: dates.length },
				),
			});
			return once(
				tools,
				async () => started(await newer.createBackfill(request, tools.signal)),
				async () => {
					const [newest] = await newer.backfills(dagId, tools.signal);
					const isOurs = newest && newest.id > before && newest.from === from && newest.to === to;
					return isOurs ? started(newest) : null;
				},
				phrase(['no backfill was started', '백필이 시작되지 않았습니다']),
			);
		},
	};
}

function effectsOf(
	state: StackState,
	{ dagId, reprocess, maxActiveRuns, isBackwards }: BackfillRequest,
	dates: readonly number[],
): Message[] {
	const dag = (state.dags ?? []).find(one => one.dagId === dagId);
	const effects: Message[] = [
		filled(
			[
				'Starts {n} DAG {n|run|runs} of {dag} for: {dates}.',
				'다음 날짜에 대해 {dag}의 DAG 실행 {n}개를 시작합니다: {dates}.',
			],
			{ n: dates.length, dag: dagId, dates: listed(dates.map(dateText)) },
		),
		phrase(reprocessTexts[reprocess]),
		filled(
			isBackwards
				? [
						'At most {n} {n|run|runs} at a time, the newest date first.',
						'최신 날짜부터 한 번에 최대 {n}개를 실행합니다.',
					]
				: [
						'At most {n} {n|run|runs} at a time, the oldest date first.',
						'오래된 날짜부터 한 번에 최대 {n}개를 실행합니다.',
					],
			{ n: maxActiveRuns },
		),
	];
	if (dag?.isPaused) {
		effects.push(
			phrase([
				'The DAG is paused: the DAG runs wait until it is unpaused.',
				'DAG가 일시 중지되어 있어 해제될 때까지 DAG 실행이 대기합니다.',
			]),
		);
	}
	return effects;
}

const changes: Readonly<Record<BackfillChange, { readonly title: Text; readonly effect: Text; readonly done: Text }>> =
	{
		pause: {
			title: ['pause backfill {id} of {dag}', '{dag}의 백필 {id} 일시 중지'],
			effect: [
				'Pauses backfill {id} of {dag} ({from} to {to}): its {queued} queued DAG {queued|run waits|runs wait}. {running} running {running|continues|continue}.',
				'{dag}의 백필 {id}({from}~{to})을(를) 일시 중지합니다. 대기 중인 DAG 실행 {queued}개가 기다립니다. 실행 중인 {running}개는 계속됩니다.',
			],
			done: ['backfill {id} of {dag} is paused', '{dag}의 백필 {id}: 일시 중지됨'],
		},
		unpause: {
			title: ['unpause backfill {id} of {dag}', '{dag}의 백필 {id} 일시 중지 해제'],
			effect: [
				'Unpauses backfill {id} of {dag} ({from} to {to}): its {queued} queued DAG {queued|run starts|runs start} again.',
				'{dag}의 백필 {id}({from}~{to})의 일시 중지를 해제합니다. 대기 중인 DAG 실행 {queued}개가 다시 시작됩니다.',
			],
			done: ['backfill {id} of {dag} is unpaused', '{dag}의 백필 {id}: 일시 중지 해제됨'],
		},
		cancel: {
			title: ['cancel backfill {id} of {dag}', '{dag}의 백필 {id} 취소'],
			effect: [
				'Cancels backfill {id} of {dag} ({from} to {to}): its {queued} queued DAG {queued|run fails|runs fail} without running. {running} running {running|continues|continue}. A cancelled backfill cannot be resumed.',
				'{dag}의 백필 {id}({from}~{to})을(를) 취소합니다. 대기 중인 DAG 실행 {queued}개는 실행되지 않고 실패합니다. 실행 중인 {running}개는 계속됩니다. 취소한 백필은 재개할 수 없습니다.',
			],
			done: ['backfill {id} of {dag} is cancelled', '{dag}의 백필 {id}: 취소됨'],
		},
	};

/** Pauses, unpauses or cancels a backfill. */
export function planBackfillChange(
	{ state }: Facts,
	backfill: Backfill,
	progress: BackfillProgress,
	change: BackfillChange,
): Planned {
	const unavailable = backfillsUnavailable(state);
	if (unavailable) return unavailable;
	const { id, dagId, from, to } = backfill;
	const named = { id, dag: dagId };
	const is = backfillState(backfill);
	if (is === 'completed') {
		const refused = phrase(['Backfill {id} of {dag} has ended', '{dag}의 백필 {id}이(가) 이미 끝났습니다'], named);
		return { refused, kind: 'refused' };
	}
	const { title, effect, done } = changes[change];
	if ((change === 'pause' && is === 'paused') || (change === 'unpause' && is === 'active')) {
		return { refused: filled(done, named), kind: 'already' };
	}
	return {
		actionId: `${change}-backfill`,
		title: filled(title, named),
		effects: [
			filled(effect, {
				...named,
				...{ from: dateText(from), to: dateText(to), queued: progress.queued, running: progress.running },
			}),
		],
		command: curlCommand(state, 'PUT', `/backfills/${id}/${change}`, {}),
		targets: [`backfill ${id} of DAG ${dagId}`],
		async perform(tools) {
			const newer = await airflowOf(tools.clients).airflow3('backfills', tools.signal);
			const outcomeFor = (now: Backfill): Outcome | null => {
				const state = backfillState(now);
				const wanted = { pause: 'paused', unpause: 'active', cancel: 'completed' }[change];
				return state === wanted ? { outcome: 'done', message: filled(done, named) } : null;
			};
			const unchanged = phrase(['the backfill is unchanged', '백필이 변경되지 않았습니다']);
			return once(
				tools,
				async () =>
					outcomeFor(await newer.changeBackfill(id, change, tools.signal)) ?? { outcome: 'failed', message: unchanged },
				async () => outcomeFor(await newer.backfill(id, tools.signal)),
				unchanged,
			);
		},
	};
}

/** The dates that Airflow would run, or why it cannot say. */
export async function previewOf(
	clients: Parameters<typeof airflowOf>[0],
	request: BackfillRequest,
	signal: AbortSignal,
): Promise<readonly number[] | Refusal> {
	try {
		return await (await airflowOf(clients).airflow3('backfills', signal)).previewBackfill(request, signal);
	} catch (error) {
		const { kind, message } = failureOf(error);
		if (kind !== 'refused' && kind !== 'not-found') throw error;
		return { refused: message, kind: 'refused' };
	}
}
