import { gather } from '../../app/gather.ts';
import { type Monitor, startMonitor } from '../../app/monitor.ts';
import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown, demandLive, demandOne } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { dagToRead } from '../../command-line/names/dag-names.ts';
import { runCalled } from '../../command-line/names/run-names.ts';
import { gatherMs } from '../../command-line/show/show.ts';
import type { Dag } from '../../model/airflow/pipeline.ts';
import { printableJson } from '../../model/text/clean-text.ts';
import { resolveDag } from '../../selectors/names/dags.ts';
import { phrase } from '../../words/message.ts';

/** `laketop source` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, out, signal } = context;
	if (given.text('run') !== undefined && given.text('dag-version') !== undefined) {
		throw new UsageError(
			phrase([
				'source takes --run or --dag-version, not both',
				'source에는 --run과 --dag-version 중 하나만 지정합니다',
			]),
			seeHelp('source'),
		);
	}
	const asked = given.words[0] ?? config.dag;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['dags'], interest: { dagId: asked } });
	try {
		await gather(monitor, ['dags'], gatherMs, signal);
		const state = monitor.store.current();
		demandLive(state, 'dags');
		const { airflow } = monitor.clients;
		if (!airflow) throw addressUnknown();
		const dagId = await dagToRead(context, airflow);
		const dag = demandOne(resolveDag(dagId, state.dags ?? []));
		const { source, version, newest } = await sourceOf(context, monitor, airflow, dag);
		if (given.is('json')) {
			const at = rfc3339(io.clock.now());
			const document: Document<'source'> = {
				schema: 'laketop/source/1',
				at,
				dag_id: dagId,
				file: dag.fileLocation,
				source,
				dag_version: version,
				newest_version: newest,
			};
			await out.write(`${printableJson(document, '\t')}\n`);
		} else await out.write(source.endsWith('\n') ? source : `${source}\n`);
		return 0;
	} finally {
		await monitor.stop();
	}
}

type Found = { readonly source: string; readonly version: number | null; readonly newest: number | null };

/** Versions are null where they neither were asked for nor exist (Airflow 2). */
async function sourceOf(context: CommandContext, monitor: Monitor, airflow: AirflowClient, dag: Dag): Promise<Found> {
	const { given, signal } = context;
	const { dagId } = dag;
	const wanted = given.count('dag-version');
	const isOfRun = given.text('run') !== undefined;
	const isAirflow3 = Number.parseInt(await airflow.version(signal), 10) >= 3;
	if (!isAirflow3 && wanted === undefined && !isOfRun) {
		return { source: await airflow.dagSource(dag, signal), version: null, newest: null };
	}
	const newer = await airflow.airflow3('versions', signal);
	const newest = (await newer.dagVersions(dagId, signal))[0]?.number ?? null;
	if (wanted === undefined && !isOfRun) {
		return { source: await airflow.dagSource(dag, signal), version: newest, newest };
	}
	const version = wanted ?? (await versionOfRun(context, monitor, airflow, dagId)) ?? newest ?? 1;
	const source = await newer.sourceOfVersion(dagId, version, signal);
	if (newest !== null && newest !== version) {
		context.say(
			phrase(
				[
					'this is version {version} of {dagId}; the newest is {newest}',
					'{dagId}의 버전 {version}입니다. 최신 버전은 {newest}입니다',
				],
				{ version, dagId, newest },
			),
		);
	}
	return { source, version, newest };
}

/** The version that the named run ran with; null: its tasks have not started. */
async function versionOfRun(
	context: CommandContext,
	monitor: Monitor,
	airflow: AirflowClient,
	dagId: string,
): Promise<number | null> {
	const { signal } = context;
	const dagRunId = await runCalled(context, monitor, dagId);
	const { versions = [] } = await airflow.dagRun(dagId, dagRunId, signal);
	return versions.at(-1) ?? null;
}
