/** What the suites of both generations need of a real stack of Airflow, and the guide's as such a stack. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import type { OpenTerminal } from '../terminal/harness.ts';
import type { Run } from './airflow-api.ts';
import type { ListsStack } from './lists-suite.ts';
import type { RunsStack } from './runs-suite.ts';
import { clearField, outcome, type screenOnStack, yes } from './screen.ts';
import { dagId, guideApi, laketopIn, stackFolder, stages, until } from './stack.ts';

export type AirflowStack = ListsStack & {
	readonly password: string;
	/** Where laketop is started. */
	readonly folder: string;
	/** The screen with these variables, before it shows facts of Airflow. */
	readonly openWith: (environment: Readonly<Record<string, string>>) => Promise<OpenTerminal>;
	/** The folder with the audit file. */
	readonly stateFolder: string;
	/** The logs of tasks, on this host. */
	readonly logsFolder: string;
};

/** The guide's stack, once it is up, on the screens of a test file. */
export async function guideStack({ folder, open, openLive }: ReturnType<typeof screenOnStack>): Promise<AirflowStack> {
	const home = await stackFolder();
	return {
		generation: 2,
		version: '2.8.0',
		api: guideApi,
		laketop: laketopIn(folder.path),
		user: 'admin',
		password: 'admin',
		folder: '/',
		dagId,
		dagFile: join(home, 'dags/ml_pipeline_dag.py'),
		tasks: stages,
		scheduler: 'airflow-scheduler',
		open: openLive,
		openWith: open,
		stateFolder: folder.path,
		logsFolder: join(home, 'logs/airflow'),
	};
}

const known = z.object({ dag_id: z.string() });

/** Whether Airflow has this DAG. */
export async function hasDag({ api }: Pick<RunsStack, 'api'>, name: string): Promise<boolean> {
	return known.safeParse(await api.request(`dags/${name}`)).data?.dag_id === name;
}

/** Adds a DAG file of `official/dags`; returns its path once Airflow has read it. */
export async function addDag(stack: Pick<RunsStack, 'api' | 'dagFile'>, name: string): Promise<string> {
	const path = join(stack.dagFile, `../${name}.py`);
	copyFileSync(join(import.meta.dirname, `official/dags/${name}.py`), path);
	await until(async () => expect(await hasDag(stack, name)).toBe(true));
	return path;
}

/** Opens the form of the stack's DAG at the field of the conf, which is empty then. */
export async function openConf(term: OpenTerminal, { dagId: name }: Pick<RunsStack, 'dagId'>): Promise<void> {
	term.write('t');
	await term.waitFor(new RegExp(`Trigger ${name}: params`));
	// The params of the DAG, as Airflow has them.
	for (const param of ['rows', 'pace', 'fail_at', 'fail_times']) await term.waitFor(new RegExp(`${param} `));
	term.press('tab');
	await term.waitFor(/a JSON object/);
	term.write(clearField);
}

/** Starts a run with the form, its conf typed as JSON; returns it. */
export async function triggerByForm(
	term: OpenTerminal,
	stack: Pick<RunsStack, 'api' | 'dagId'>,
	conf: object,
): Promise<Run> {
	const { api } = stack;
	const before = new Set((await api.allRuns()).map(run => run.dag_run_id));
	await openConf(term, stack);
	term.write(JSON.stringify(conf));
	term.press('enter');
	await yes(term, `DAG run of ${stack.dagId}`, 'manual__');
	await outcome(term, new RegExp(`Trigger ${stack.dagId}: manual__`));
	// A DAG that was paused until now may have started a scheduled run as well.
	const [run, ...others] = (await api.allRuns()).filter(
		({ dag_run_id: id }) => id.startsWith('manual__') && !before.has(id),
	);
	if (!run) throw new Error('Airflow has no new run');
	expect(others).toEqual([]);
	expect(run.conf).toEqual(conf);
	return run;
}
