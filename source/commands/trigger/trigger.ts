import { text } from 'node:stream/consumers';
import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { readRegularFile } from '../../clients/regular-file.ts';
import { UsageError } from '../../command-line/arguments/given.ts';
import { change } from '../../command-line/change/change.ts';
import { waitForRun } from '../../command-line/change/wait-for-run.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import type { Io } from '../../command-line/context/io.ts';
import { dagToChange } from '../../command-line/names/dag-names.ts';
import { parseConf } from '../../model/airflow/dag-conf.ts';
import type { DagRun } from '../../model/airflow/pipeline.ts';
import { describe } from '../../model/failures/described-error.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { newRunId, planTrigger } from '../../operations/dag-runs/trigger.ts';
import { phrase } from '../../words/message.ts';

/** `laketop trigger` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal } = context;
	let dagId = '';
	const dagRunId = given.text('run-id') ?? newRunId(io.clock.now());
	const written = given.text('conf');
	if (written === '-' && !given.is('yes') && !given.is('dry-run')) {
		throw new UsageError(
			phrase([
				'--conf - reads standard input, so that confirmation is not possible',
				'--conf -는 표준 입력을 읽으므로 확인을 받을 수 없습니다',
			]),
			phrase(['Pass --yes to confirm', '확인하려면 --yes를 지정하세요']),
		);
	}
	const conf = (await confOf(written, io))?.replace(/^\uFEFF/, '');
	if (conf?.trim() === '') {
		throw new UsageError(
			phrase(['--conf {written}: the conf is empty', '--conf {written}: conf가 비어 있습니다'], {
				written: written ?? '',
			}),
			phrase(
				[
					"Omit --conf for a DAG run without one, or pass '{empty}'",
					"conf가 필요 없으면 --conf를 빼거나 '{empty}'를 지정하세요",
				],
				{ empty: '{}' },
			),
		);
	}
	const read = parseConf(conf ?? '');
	// Invalid JSON is a usage error; a conf that does not fit the params of the DAG is refused by the plan.
	if ('problem' in read) {
		throw new UsageError(
			phrase(['--conf: {problem}', '--conf: {problem}'], { problem: read.problem }),
			phrase(['Example: {example}', '예: {example}'], { example: `--conf '{"rows": 20000}'` }),
		);
	}
	return change(context, {
		watch: ['containers', 'dags', 'pipeline'],
		requires: ['dags', 'pipeline'],
		interest: { dagId: given.words[0] ?? config.dag },
		plan: async monitor => {
			dagId = dagToChange(context, monitor.store.current());
			const { airflow } = monitor.clients;
			const facts = { state: monitor.store.current(), now: io.clock.now() };
			const first = planTrigger(facts, { dagId, dagRunId, conf });
			if ('refused' in first || !airflow) return first;
			// An id of the user's may belong to another DAG run, whose success is not that of this one.
			const other = given.text('run-id') === undefined ? null : await runOf(airflow, dagId, dagRunId, signal);
			if (other) {
				const refused = phrase(
					['{dag} already has a DAG run {run} ({state})', '{dag}에 실행 {run}이(가) 이미 있습니다({state})'],
					{
						dag: dagId,
						run: dagRunId,
						state: other.state,
					},
				);
				return { refused, kind: 'refused' };
			}
			return planTrigger(facts, { dagId, dagRunId, conf, params: await airflow.dagParams(dagId, signal) });
		},
		...(given.is('wait') ? { wait: monitor => waitForRun(context, monitor, dagId, dagRunId, true) } : {}),
	});
}

/** The conf as JSON text: as given, from a file (`@path`), or from standard input (`-`). */
async function confOf(written: string | undefined, io: Io): Promise<string | undefined> {
	if (written === '-') return text(io.stdin);
	if (!written?.startsWith('@')) return written;
	const path = written.slice(1);
	try {
		return readRegularFile(path);
	} catch (error) {
		const why = describe(error);
		throw new UsageError(
			phrase(['--conf @{path}: cannot read the file ({why})', '--conf @{path}: 파일을 읽을 수 없습니다({why})'], {
				path,
				why,
			}),
			phrase(['Check the path after @', '@ 뒤의 경로를 확인하세요']),
		);
	}
}

/** The DAG run of this id, or null. */
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
