import { noFile } from '../../clients/airflow/rest-api.ts';
import type { Dag } from '../../model/airflow/pipeline.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { inPath } from '../../model/text/outside-id.ts';
import { airflowService } from '../../selectors/containers/airflow-services.ts';
import { curlCommand, isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';
import { airflowOf, airflowUnavailable } from '../airflow.ts';
import { networkLosses } from '../containers/container-words.ts';
import { changeContainer } from '../containers/containers.ts';
import { failed, once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from '../plan/plan.ts';

/** A scheduler parses its first files about ten seconds after its start. One attempt a second. */
const looks = 90;

type ParsedDag = Pick<Dag, 'dagId' | 'fileLocation' | 'fileToken' | 'lastParsedAt'>;

/**
 * Parses the file of a DAG now, not at its next turn (30 s, or five minutes for a new file). Airflow 3 has a request
 * for it; the scheduler of Airflow 2 parses all files when it starts.
 */
export function planReparse({ state }: Facts, dag: ParsedDag): Planned {
	return isAirflow3(state) ? byRequest(state, dag) : byRestart(state, dag);
}

function byRequest(state: StackState, dag: ParsedDag): Planned {
	const unavailable = airflowUnavailable(
		state,
		phrase(['The DAG file cannot be parsed now', '지금은 DAG 파일을 파싱할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const { dagId, fileToken } = dag;
	if (fileToken === null) return { refused: noFile(dagId).failure.message, kind: 'nothing' };
	const file = fileOf(dag);
	return {
		actionId: 'reparse',
		title: phrase(['re-parse {dag}', '{dag} 다시 파싱'], { dag: dagId }),
		effects: [
			phrase(
				[
					'The DAG processor parses {file} next. Nothing is restarted.',
					'DAG 프로세서가 {file}을(를) 다음으로 파싱합니다. 재시작하는 컨테이너는 없습니다.',
				],
				{ file },
			),
		],
		command: curlCommand(state, 'PUT', `/parseDagFile/${inPath(fileToken)}`, {}),
		targets: [`DAG ${dagId}`],
		perform: async tools => {
			const airflow = airflowOf(tools.clients);
			const before = (await airflow.dag(dagId, tools.signal)).lastParsedAt;
			const asked = await once(
				tools,
				async () => {
					await airflow.parseFile?.(dag, tools.signal);
					const message = phrase(['parse of {file} requested', '{file} 파싱 요청됨'], { file });
					return { outcome: 'done', message };
				},
				async () => null,
				phrase(['the file is parsed at its next turn', '파일은 다음 차례에 파싱됩니다']),
			);
			if (asked.outcome !== 'done') return asked;
			tools.progress(phrase(['waiting for the parse of {file}', '{file} 파싱을 기다리는 중'], { file }));
			return whenRead(tools, { dagId, lastParsedAt: before }, asked.message, true);
		},
	};
}

function fileOf({ dagId, fileLocation }: ParsedDag): Message {
	if (fileLocation !== null) return quoted(fileLocation);
	return phrase(['the file of {dag}', '{dag}의 파일'], { dag: dagId });
}

function byRestart(state: StackState, dag: ParsedDag): Planned {
	const scheduler = airflowService(state, ownProject(state, undefined), 'scheduler');
	if (!scheduler)
		return {
			refused: !state.hasEngine
				? phrase([
						'Airflow 2 parses all files when its scheduler starts, and this stack has no engine to restart it',
						'Airflow 2는 스케줄러가 시작할 때 모든 파일을 파싱하는데, 이 스택에는 재시작에 쓸 엔진이 없습니다',
					])
				: phrase(['There is no scheduler container to restart', '재시작할 스케줄러 컨테이너가 없습니다']),
			kind: 'nothing',
		};
	const unavailable = airflowUnavailable(
		state,
		phrase(['The DAG cannot be checked afterwards', '이후 DAG를 확인할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	const { id, name } = scheduler.container;
	const file = fileOf(dag);
	return {
		actionId: 'reparse',
		title: phrase(['re-parse {dag}', '{dag} 다시 파싱'], { dag: dag.dagId }),
		effects: [
			phrase(
				[
					'Restarts container {name}: the scheduler parses all DAG files when it starts, including {file}.',
					'컨테이너 {name}을(를) 재시작합니다. 스케줄러는 시작할 때 {file}을(를) 포함한 모든 DAG 파일을 파싱합니다.',
				],
				{ name, file },
			),
			phrase([
				'No task is queued until it is back. Running tasks continue.',
				'다시 시작될 때까지 새 작업이 대기열에 들어가지 않습니다. 실행 중인 작업은 계속됩니다.',
			]),
			...networkLosses([scheduler.container], state.containers, scheduler.container.project),
		],
		command: engineCommand(state, 'restart', name),
		project: scheduler.container.project,
		targets: [`container ${name}`, `DAG ${dag.dagId}`],
		perform: async tools => {
			const restarted = await changeContainer(tools, 'restart', id);
			if (restarted.outcome !== 'done') return restarted;
			const done = phrase(['{name} {message}', '{name} {message}'], { name, message: restarted.message });
			tools.progress(
				phrase(['{done}; waiting for it to parse {file}', '{done}. {file} 파싱을 기다리는 중'], { done, file }),
			);
			return whenRead(tools, dag, done);
		},
	};
}

/** Compares the webserver's own times, so that the clocks of two hosts need not agree. */
async function whenRead(
	tools: Tools,
	dag: Pick<Dag, 'dagId' | 'lastParsedAt'>,
	requested: Message,
	isBeforeKnown = false,
): Promise<Outcome> {
	const airflow = airflowOf(tools.clients);
	let before = dag.lastParsedAt;
	for (let look = 0; look < looks && !tools.signal.aborted; look++) {
		if (look > 0) await tools.clock.sleep(1000, tools.signal);
		let now: Dag;
		try {
			now = await airflow.dag(dag.dagId, tools.signal);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'not-found') return failed(failure);
			continue;
		}
		// The first reading: one from before the restart must not count as one after it.
		if (look === 0 && !isBeforeKnown) before = now.lastParsedAt;
		else if (now.hasImportErrors) {
			const message = phrase(
				['{dag} was parsed: its file has an import error', '{dag} 파싱됨: 파일에 임포트 오류가 있습니다'],
				{
					dag: dag.dagId,
				},
			);
			return { outcome: 'failed', message, failure: 'refused' };
		} else if (now.lastParsedAt !== null && now.lastParsedAt !== before) {
			const at = new Date(now.lastParsedAt).toISOString().slice(11, 19);
			return {
				outcome: 'done',
				message: phrase(['{dag} was parsed at {at} UTC', '{dag} 파싱됨({at} UTC)'], { dag: dag.dagId, at }),
			};
		}
	}
	const message = phrase(
		[
			'{requested}; Airflow does not report a new parse of {dag} yet',
			'{requested}. Airflow가 아직 {dag}의 파싱을 보고하지 않았습니다',
		],
		{ requested, dag: dag.dagId },
	);
	return { outcome: 'unknown', message };
}
