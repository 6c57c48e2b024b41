import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { containerCalled } from '../../command-line/names/service-names.ts';
import { show } from '../../command-line/show/show.ts';
import type { ProcessTable } from '../../model/engine/inspection.ts';
import { ownProject } from '../../selectors/servers/stack.ts';

/** `laketop top` */
export function run(context: CommandContext): Promise<number> {
	const { given, config } = context;
	const [word = ''] = given.words;
	let shown: Pick<Document<'processes'>, 'container' | 'project'> = { container: '', project: null };
	let table: ProcessTable = { titles: [], rows: [] };
	return show<Document<'processes'>>(context, {
		watch: ['containers'],
		requires: ['containers'],
		ask: async ({ store, clients }, signal) => {
			const state = store.current();
			demandLive(state, 'containers');
			const { container } = containerCalled(state, ownProject(state, config.discovery.project), word);
			shown = { container: container.name, project: container.project };
			table = await clients.docker.processes(container.id, signal);
		},
		document: (_state, now) => ({
			schema: 'laketop/processes/1',
			at: rfc3339(now),
			...shown,
			titles: [...table.titles],
			processes: table.rows.map(row => [...row]),
		}),
		blocks: ({ titles, processes }, { say }) => [
			{
				columns: titles.map((title, index) => ({ title, ...(index === titles.length - 1 ? { yields: 1 } : {}) })),
				rows: processes.map(row => titles.map((_, index) => ({ text: row[index] ?? '' }))),
				empty: say(['No processes in this container.', '이 컨테이너에 프로세스가 없습니다.']),
			},
		],
	});
}
