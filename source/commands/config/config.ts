import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { sentenceOf } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { printOnce } from '../../command-line/show/show.ts';
import { explainConfig } from '../../config/explain.ts';
import { waysToSet } from '../../config/options.ts';
import { originWords } from '../../config/origin.ts';
import type { Config } from '../../config/schema.ts';
import { mask } from '../../model/secrets/secrets.ts';
import { composeProjectOf } from '../../model/stack/compose-project.ts';
import type { ProjectOrigin, Stack } from '../../model/stack/discovery.ts';
import type { StackState } from '../../model/state.ts';
import { addressFailure } from '../../selectors/servers/address-gap.ts';
import { addressOriginWords, isAbsent } from '../../selectors/servers/stack.ts';
import type { Language, Text } from '../../words/language.ts';
import { type Writer, writer } from '../../words/write.ts';

/** Maximum time for the engine to list its containers, ms: the configuration itself is known at once. */
const discoveryMs = 3000;

type Values = Document<'config'>['values'];

/** `laketop config` */
export async function run(context: CommandContext): Promise<number> {
	const state = await discovered(context);
	const language = context.given.is('json') ? 'en' : context.language;
	const found = new Map(foundValues(state, context.config, language).map(row => [row.key, row]));
	const explained = explainConfig(context.loaded, language);
	const defaults = new Set(explained.flatMap(({ key, isDefault }) => (isDefault && !found.has(key) ? [key] : [])));
	const values: Values = explained.map(row => {
		const { value, source, problem } = ((row.isDiscovered || row.isDefault) && found.get(row.key)) || {
			...row,
			problem: null,
		};
		return { key: row.key, value, source, problem, set_with: waysToSet(row.key, language) };
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
				{ text: source, tone: defaults.has(key) ? 'muted' : undefined },
				{ text: set_with.slice(0, 1).join(', '), tone: 'muted' as const },
			]),
			empty: '',
		},
		rows.flatMap(({ key, problem }) =>
			problem === null ? [] : [[{ text: `${key}: ${problem}`, tone: 'warning' as const }]],
		),
	]);
}

/** The stack as discovered within that time. */
async function discovered({ config, io, signal }: CommandContext): Promise<StackState> {
	// Only Airflow knows which DAG is shown if none is configured.
	const feeds = (['dag', 'experiment'] as const).flatMap(what =>
		config.leftToStack?.includes(what) ? [({ dag: 'pipeline', experiment: 'experiment' } as const)[what]] : [],
	);
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers', ...feeds] });
	try {
		await gather(monitor, ['addresses'], discoveryMs, signal);
		await Promise.all([monitor.lookUpAirflowUser(), gather(monitor, feeds, discoveryMs, signal)]);
		return monitor.store.current();
	} finally {
		await monitor.stop();
	}
}

type FoundValue = Pick<Values[number], 'key' | 'value' | 'source' | 'problem'>;

/** Discovered values, by the option that would set them. */
function foundValues(
	{ stack, hasEngine, containers, airflowUser, defaultDag, defaultExperiment }: StackState,
	config: Config,
	language: Language,
): FoundValue[] {
	if (stack === null) return [];
	const say = writer(language);
	const compose = composeProjectOf(
		Object.values(containers).map(({ container }) => container),
		{
			project: stack.project,
			composeFiles: config.composeFiles,
			currentDirectory: process.cwd(),
			folderProject: config.folderProject,
		},
	);
	return [
		{ key: 'project', value: stack.project ?? '', source: projectWords(stack, language), problem: null },
		{
			key: 'compose_file',
			value: compose.files.join(', '),
			source:
				compose.origin === 'labels'
					? say(['labels of the containers of {project}', '{project} 컨테이너의 레이블'], {
							project: stack.project ?? '',
						})
					: compose.files === config.folderProject?.files
						? say(['files of this folder', '현재 폴더의 파일'])
						: originWords({ kind: 'default' }, language),
			problem: null,
		},
		...(['airflow', 'mlflow'] as const).map((server): FoundValue => {
			const address = stack.servers[server];
			if (isAbsent({ stack, hasEngine }, server))
				return {
					key: `${server}.url`,
					value: '',
					source: say(['none in this stack', '이 스택에 없음']),
					problem: null,
				};
			return {
				key: `${server}.url`,
				value: address.url ?? '',
				source: addressOriginWords(address, language),
				problem: address.url === null ? sentenceOf(addressFailure(stack, server), language) : null,
			};
		}),
		...ofUser(airflowUser, say),
		...ofChoice('dag', defaultDag, say(['the DAG with the newest run', '가장 최근에 실행된 DAG'])),
		...ofChoice(
			'experiment',
			defaultExperiment,
			say(['the experiment with the newest run', '가장 최근에 실행된 실험']),
		),
	];
}

/** What the stack gives in place of a default that it does not have. */
function ofChoice(key: string, value: string | null, source: string): FoundValue[] {
	return value === null ? [] : [{ key, value, source, problem: null }];
}

/** The login that the stack itself has: never its password. */
function ofUser(user: StackState['airflowUser'], say: Writer): FoundValue[] {
	if (user === null) return [];
	const source =
		user.container === null
			? say(['environment in the Compose file', 'Compose 파일의 환경 변수'])
			: say(['environment of {container}', '{container}의 환경 변수'], { container: user.container });
	return [
		{ key: 'airflow.username', value: user.name, source, problem: null },
		{ key: 'airflow.password', value: mask, source, problem: null },
	];
}

const projectOrigins: Readonly<Record<ProjectOrigin, Text>> = {
	given: ['configured', '설정됨'],
	folder: ['started from this folder', '이 폴더에서 시작됨'],
	earlier: ['watched earlier in this run', '이번 실행에서 전에 표시됨'],
	only: ['the only project with Airflow or MLflow', 'Airflow나 MLflow가 있는 유일한 프로젝트'],
	best: [
		'best match of several projects with Airflow or MLflow',
		'Airflow나 MLflow가 있는 여러 프로젝트 중 가장 적합함',
	],
	none: ['no project found', '프로젝트를 찾을 수 없음'],
};

function projectWords({ projectOrigin, otherProjects, folderProject }: Stack, language: Language): string {
	const say = writer(language);
	const folder =
		folderProject === undefined
			? []
			: [
					say(
						[
							"another folder's project (this folder's is {folder})",
							'다른 폴더의 프로젝트(이 폴더의 프로젝트는 {folder})',
						],
						{
							folder: folderProject,
						},
					),
				];
	const others =
		otherProjects.length > 0
			? [say(['other projects: {others}', '다른 프로젝트: {others}'], { others: otherProjects.join(', ') })]
			: [];
	return [say(projectOrigins[projectOrigin]), ...folder, ...others].join('; ');
}
