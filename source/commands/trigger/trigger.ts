import { text } from 'node:stream/consumers';
import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { readRegularFile } from '../../clients/regular-file.ts';
import { parseConf } from '../../model/dag-params.ts';
import { failureOf } from '../../model/failure.ts';
import type { DagRun } from '../../model/pipeline.ts';
import { newRunId, planTrigger } from '../../operations/trigger.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../given.ts';
import type { Io } from '../io.ts';
import { waitForRun } from '../wait-for-run.ts';

/** `laketop trigger` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal } = context;
	const dagId = given.words[0] ?? config.dag;
	const dagRunId = given.text('run-id') ?? newRunId(io.clock.now());
	const written = given.text('conf');
	if (written === '-' && !given.is('yes') && !given.is('dry-run')) {
		throw new UsageError('--conf - reads the standard input, so that nobody can answer there', 'Give --yes as well');
	}
	const conf = (await confOf(written, io))?.replace(/^\uFEFF/, '');
	if (conf?.trim() === '') {
		throw new UsageError(
			`--conf ${written}: there is nothing in it`,
			"Leave --conf out for a run without one, or write '{}'",
		);
	}
	const read = parseConf(conf ?? '');
	// What no DAG could take was mistyped; what this DAG does not take it refuses, further on.
	if ('problem' in read) throw new UsageError(`--conf: ${read.problem}`, `Write it as '{"rows": 20000}'`);
	return change(context, {
		watch: ['containers', 'dags', 'pipeline'],
		needs: ['dags', 'pipeline'],
		interest: { dagId },
		plan: async monitor => {
			const { airflow } = monitor.clients;
			const facts = { state: monitor.store.current(), now: io.clock.now() };
			const first = planTrigger(facts, { dagId, dagRunId, conf });
			if ('refused' in first || !airflow) return first;
			// An id of the user's own may be that of another run, which is not theirs to take for a success.
			const other = given.text('run-id') === undefined ? null : await runOf(airflow, dagId, dagRunId, signal);
			if (other) return { refused: `${dagId} has a run ${dagRunId} already (${other.state})`, kind: 'refused' };
			return planTrigger(facts, { dagId, dagRunId, conf, params: await airflow.dagParams(dagId, signal) });
		},
		...(given.is('wait') ? { wait: monitor => waitForRun(context, monitor, dagId, dagRunId, true) } : {}),
	});
}

/** The conf as JSON text: as it is written, from a file (`@path`), or from the standard input (`-`). */
async function confOf(written: string | undefined, io: Io): Promise<string | undefined> {
	if (written === '-') return text(io.stdin);
	if (!written?.startsWith('@')) return written;
	const path = written.slice(1);
	try {
		return readRegularFile(path);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new UsageError(
			`--conf @${path}: it cannot be read (${why})`,
			'Check the path; @ stands before the name of a file',
		);
	}
}

/** The run of that id, or null. */
async function runOf(
	airflow: AirflowClient,
	dagId: string,
	dagRunId: string,
	signal: AbortSignal,
): Promise<DagRun | null> {
	try {
		return await airflow.dagRun(dagId, dagRunId, signal);
	} catch (error) {
		if (failureOf(error).kind === 'not-found') return null;
		throw error;
	}
}
