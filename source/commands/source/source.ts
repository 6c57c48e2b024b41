import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import { printableJson } from '../../model/clean-text.ts';
import { resolveDag } from '../../selectors/names/dags.ts';
import type { CommandContext } from '../context.ts';
import { dagToRead } from '../dag-names.ts';
import { rfc3339 } from '../facts.ts';
import { addressUnknown, demandLive, demandOne } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { gatherMs } from '../show.ts';

/** `laketop source` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, out, signal } = context;
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
		const source = await airflow.dagSource(dag, signal);
		if (given.is('json')) {
			const at = rfc3339(io.clock.now());
			const document: Document<'source'> = {
				schema: 'laketop/source/1',
				at,
				dag_id: dagId,
				file: dag.fileLocation,
				source,
			};
			await out.write(`${printableJson(document, '\t')}\n`);
		} else await out.write(source.endsWith('\n') ? source : `${source}\n`);
		return 0;
	} finally {
		await monitor.stop();
	}
}
