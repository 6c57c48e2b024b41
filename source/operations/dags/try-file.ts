import { posix } from 'node:path';
import type { Clients } from '../../clients/clients.ts';
import type { CommandEnd } from '../../clients/engine/docker-exec.ts';
import { defaultDagFolder } from '../../model/airflow/dag-folder.ts';
import { importAsScheduler } from '../../model/airflow/python-import.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import type { StackState } from '../../model/state.ts';
import { containerStateText } from '../../model/state-texts.ts';
import { airflowService } from '../../selectors/containers/airflow-services.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { Refusal } from '../plan/plan.ts';

/** A DAG file imports heavy libraries: a cold start of Airflow's takes ten seconds on a small machine. */
const limitMs = 120_000;

/** A DAG file to be run by the scheduler's Python, as the guide does to find its errors. */
export type FileTrial = {
	readonly container: string;
	readonly file: string;
	/** The equivalent command. */
	readonly command: string;
	/** Runs it to its end; lines are clean and masked. Throws ClientError. */
	readonly run: (clients: Clients, signal: AbortSignal) => Promise<CommandEnd>;
};

/**
 * The trial of a file by its path in the container, or why it is not possible. Only files that the scheduler reads: of
 * a known DAG, or in the DAG folder. Changes nothing: the scheduler imports the file in the same way.
 */
export function fileTrial(state: StackState, file: string): FileTrial | Refusal {
	const scheduler = airflowService(state, ownProject(state, undefined), 'scheduler')?.container;
	if (!scheduler)
		return {
			refused: phrase([
				'There is no scheduler container to run the file',
				'파일을 실행할 스케줄러 컨테이너가 없습니다',
			]),
			kind: 'nothing',
		};
	if (scheduler.state !== 'running')
		return {
			refused: phrase(['{name} is not running ({state})', '{name}이(가) 실행 중이 아닙니다({state})'], {
				name: scheduler.name,
				state: containerStateText({ state: scheduler.state }),
			}),
			kind: 'nothing',
		};
	const path = posix.normalize(file);
	const isNamed = state.dags?.some(dag => dag.fileLocation === file) ?? false;
	if (!isNamed && !path.startsWith(`${defaultDagFolder}/`))
		return {
			refused: phrase(
				[
					'{path} is not in {folder}: only DAG files can be tried',
					'{path}이(가) {folder}에 없습니다. DAG 파일만 시험할 수 있습니다',
				],
				{ path, folder: defaultDagFolder },
			),
			kind: 'nothing',
		};
	const argv = ['python', '-c', importAsScheduler, path];
	return {
		container: scheduler.name,
		file: path,
		command: engineCommand(state, 'exec', scheduler.name, ...argv),
		run: async ({ docker }, signal) => {
			const end = await docker.runIn(scheduler.id, argv, { limitMs }, signal);
			return { ...end, lines: end.lines.map(maskText) };
		},
	};
}

/** Exit code, time and what they mean. */
export function trialWords({ exitCode, tookMs }: Pick<CommandEnd, 'exitCode' | 'tookMs'>): Message {
	return exitCode === 0
		? phrase(['Imported without errors in {took:precise}', '오류 없이 임포트됨({took:precise})'], { took: tookMs })
		: phrase(
				[
					'Import failed: Python exited with code {exitCode} after {took:precise}',
					'임포트 실패: Python 종료 코드 {exitCode}({took:precise})',
				],
				{ exitCode, took: tookMs },
			);
}
