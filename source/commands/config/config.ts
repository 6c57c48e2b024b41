import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import { explainConfig } from '../../config/explain.ts';
import { settingWays } from '../../config/options.ts';
import type { Config } from '../../config/schema.ts';
import { composeProjectOf } from '../../model/compose-project.ts';
import type { ProjectOrigin, Stack } from '../../model/discovery.ts';
import type { StackState } from '../../model/state.ts';
import { addressFailure, addressOriginWords } from '../../selectors/stack.ts';
import type { CommandContext } from '../context.ts';
import { rfc3339 } from '../facts.ts';
import { sentenceOf } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { printOnce } from '../show.ts';

/** How long the engine may take to list its containers, ms: the configuration itself is known at once. */
const discoveryMs = 3000;

type Values = Document<'config'>['values'];

/** `laketop config` */
export async function run(context: CommandContext): Promise<number> {
	const state = await discovered(context);
	const found = new Map(foundValues(state, context.config).map(row => [row.key, row]));
	const values: Values = explainConfig(context.loaded).map(row => {
		const { value, source, problem } = (row.isDiscovered && found.get(row.key)) || {
			...row,
			problem: null,
		};
		return { key: row.key, value, source, problem, set_with: settingWays(row.key) };
	});
	const { text: say } = context;
	const document: Document<'config'> = { schema: 'laketop/config/1', at: rfc3339(context.io.clock.now()), values };
	return printOnce(context, document, ({ values: rows }) => [
		{
			columns: [
				{ title: say(['OPTION', '옵션']) },
				{ title: say(['VALUE', '값']), yields: 2 },
				{ title: say(['SOURCE', '출처']), yields: 1 },
				{ title: say(['SET WITH', '설정 방법']), yields: 3 },
			],
			rows: rows.map(({ key, value, source, set_with }) => [
				{ text: key },
				{ text: value },
				{ text: source, tone: source === 'default' ? 'muted' : undefined },
				{ text: set_with.slice(0, 1).join(', '), tone: 'muted' as const },
			]),
			empty: '',
		},
		rows.flatMap(({ key, problem }) =>
			problem === null ? [] : [[{ text: `${key}: ${problem}`, tone: 'warning' as const }]],
		),
	]);
}

/** What is known of the stack once the engine has answered, or has not in time. */
async function discovered({ config, io, signal }: CommandContext): Promise<StackState> {
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers'] });
	try {
		await gather(monitor, ['addresses'], discoveryMs, signal);
		return monitor.store.current();
	} finally {
		await monitor.stop();
	}
}

type FoundValue = Pick<Values[number], 'key' | 'value' | 'source' | 'problem'>;

/** What was discovered, by the option that would fix it. */
function foundValues({ stack, containers }: StackState, config: Config): FoundValue[] {
	if (stack === null) return [];
	const compose = composeProjectOf(
		Object.values(containers).map(({ container }) => container),
		{ project: stack.project, composeFile: config.composeFile, currentDirectory: process.cwd() },
	);
	return [
		{ key: 'project', value: stack.project ?? '', source: projectWords(stack), problem: null },
		{
			key: 'compose_file',
			value: compose.files.join(', '),
			source: compose.origin === 'labels' ? `labels of the containers of ${stack.project}` : 'default',
			problem: null,
		},
		...(['airflow', 'mlflow'] as const).map((server): FoundValue => {
			const address = stack.servers[server];
			return {
				key: `${server}.url`,
				value: address.url ?? '',
				source: addressOriginWords(address),
				problem: address.url === null ? sentenceOf(addressFailure(stack, server)) : null,
			};
		}),
	];
}

const projectOrigins: Readonly<Record<ProjectOrigin, string>> = {
	given: 'configured',
	folder: 'started from this folder',
	earlier: 'watched earlier in this run',
	only: 'the only project with Airflow or MLflow',
	best: 'most services of an MLOps stack',
	none: 'no project found',
};

function projectWords({ projectOrigin, otherProjects, folderProject }: Stack): string {
	const others = otherProjects.length > 0 ? ` (others: ${otherProjects.join(', ')})` : '';
	const folder = folderProject === undefined ? '' : `, of another folder (this folder's is ${folderProject})`;
	return `${projectOrigins[projectOrigin]}${folder}${others}`;
}
