import { posix } from 'node:path';
import type { Clients } from '../clients/clients.ts';
import type { CommandEnd } from '../clients/engine/docker-exec.ts';
import { usualDagFolder } from '../model/dag-folder.ts';
import { importAsScheduler } from '../model/python-import.ts';
import { maskText } from '../model/secrets.ts';
import { shellWords } from '../model/shell-words.ts';
import type { StackState } from '../model/state.ts';
import { airflowService } from '../selectors/airflow-services.ts';
import { ownProject } from '../selectors/stack.ts';
import { inSeconds } from '../words/amounts.ts';
import type { Refusal } from './plan.ts';

/** A DAG file imports heavy libraries: a cold start of Airflow's takes ten seconds on a small machine. */
const limitMs = 120_000;

/** A DAG file that the scheduler's own Python is to run, as the guide does to find its errors. */
export type FileTrial = {
	readonly container: string;
	readonly file: string;
	/** The command that does the same. */
	readonly command: string;
	/** Runs it to its end; lines are clean, secrets in them masked. Throws ClientError. */
	readonly run: (clients: Clients, signal: AbortSignal) => Promise<CommandEnd>;
};

/**
 * The trial of a file, by its path in the container; or why it cannot be made. Only of what the scheduler itself reads: the
 * file of a DAG that Airflow names, or one of the DAG folder. Changes nothing: the scheduler does the same.
 */
export function fileTrial(state: StackState, file: string): FileTrial | Refusal {
	const scheduler = airflowService(state, ownProject(state, undefined), 'scheduler')?.container;
	if (!scheduler)
		return { refused: "Airflow's scheduler is in no container here: nothing can run the file", kind: 'nothing' };
	if (scheduler.state !== 'running')
		return { refused: `${scheduler.name} does not run (${scheduler.state})`, kind: 'nothing' };
	const path = posix.normalize(file);
	const isNamed = state.dags?.some(dag => dag.fileLocation === file) ?? false;
	if (!isNamed && !path.startsWith(`${usualDagFolder}/`))
		return { refused: `${path} is not in ${usualDagFolder}: only DAG files are tried`, kind: 'nothing' };
	const argv = ['python', '-c', importAsScheduler, path];
	return {
		container: scheduler.name,
		file: path,
		command: shellWords('docker', 'exec', scheduler.name, ...argv),
		run: async ({ docker }, signal) => {
			const end = await docker.runIn(scheduler.id, argv, { limitMs }, signal);
			return { ...end, lines: end.lines.map(maskText) };
		},
	};
}

/** `ended with 0 after 2.4 s`, and what that means. */
export function trialWords({ exitCode, tookMs }: Pick<CommandEnd, 'exitCode' | 'tookMs'>): string {
	const seconds = inSeconds(tookMs, 1);
	return exitCode === 0
		? `Python ran it without an error in ${seconds}`
		: `Python ended with ${exitCode} after ${seconds}: it cannot be imported`;
}
