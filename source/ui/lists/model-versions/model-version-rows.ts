import type { ModelVersion } from '../../../model/mlflow/experiment.ts';
import { modelVersionStatusLook } from '../../../model/mlflow/mlflow-status.ts';
import type { StackState } from '../../../model/state.ts';
import { moment } from '../../../presentation/format.ts';
import { shortRunId } from '../../../presentation/run-name.ts';
import { versionTags } from '../../../presentation/version-tags.ts';
import { memoised } from '../../../selectors/memo.ts';
import type { Text } from '../../../words/language.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';

/** The id of its row: a model's name may hold a slash, a version is a number. */
export const versionRowId = ({ name, version }: Pick<ModelVersion, 'name' | 'version'>): string => `${name}/${version}`;

export const modelVersionSort = 'registered';

/** In the order in which the key steps through them. */
export const versionFilters: readonly (string | null)[] = [
	null,
	'aliased',
	'Production',
	'Staging',
	'Archived',
	'not ready',
];

const filterWords: Readonly<Record<string, Text>> = {
	aliased: ['with an alias', '별칭 있음'],
	'not ready': ['not ready', '준비되지 않음'],
};
export const versionFilterWord = (filter: string): Text => filterWords[filter] ?? [filter, filter];

function isShown({ aliases, stage, status }: ModelVersion, filter: string | null): boolean {
	if (filter === null) return true;
	if (filter === 'aliased') return aliases.length > 0;
	return filter === 'not ready' ? status !== 'READY' : stage === filter;
}

const allTags = ({ tags = [] }: ModelVersion) => tags.map(({ key, value }): [string, string] => [key, value]);
const dagRunOf = ({ tags = [] }: ModelVersion) => tags.find(({ key }) => key === 'dag_run_id')?.value ?? '';

export const modelVersionColumns: readonly BrowseColumn<ModelVersion>[] = [
	{
		id: 'model',
		heading: ['MODEL', '모델'],
		align: 'left',
		priority: 0,
		order: ({ name }) => name,
		span: ({ name }) => ({ text: name }),
	},
	{
		id: 'version',
		heading: ['VERSION', '버전'],
		align: 'right',
		priority: 0,
		order: ({ version }) => Number(version),
		span: ({ version }) => ({ text: version }),
	},
	{
		id: 'aliases',
		heading: ['ALIASES', '별칭'],
		align: 'left',
		priority: 1,
		order: ({ aliases }) => aliases.join(' ') || '~',
		span: ({ aliases }) => ({ text: aliases.map(alias => `@${alias}`).join(' '), tone: 'odd' }),
	},
	{
		id: 'stage',
		heading: ['STAGE', '스테이지'],
		align: 'left',
		priority: 4,
		order: ({ stage }) => (stage === 'None' ? '~' : stage),
		span: ({ stage }) => ({ text: stage === 'None' ? '' : stage, tone: 'odd' }),
	},
	{
		id: 'status',
		heading: ['STATUS', '상태'],
		align: 'left',
		priority: 2,
		order: ({ status }) => status,
		span: ({ status }, { glyphs, say }) => {
			const { word, symbol, tone } = modelVersionStatusLook(status);
			return { text: `${glyphs.state[symbol]} ${say(word)}`, tone };
		},
	},
	{
		id: 'registered',
		heading: ['REGISTERED', '등록 시각'],
		align: 'left',
		priority: 1,
		order: ({ createdAt }) => -createdAt,
		descends: true,
		span: ({ createdAt }, { now }) => ({ text: moment(createdAt, now) }),
	},
	{
		id: 'dag-run',
		heading: ['DAG RUN', 'DAG 실행'],
		align: 'left',
		priority: 3,
		order: version => dagRunOf(version) || '~',
		span: version => ({ text: shortRunId(dagRunOf(version)) }),
	},
	{
		id: 'tags',
		heading: ['TAGS', '태그'],
		align: 'left',
		priority: 5,
		order: version => versionTags(allTags(version)) || '~',
		span: version => ({ text: versionTags(allTags(version)) }),
	},
];

export function modelVersionRows(
	{ modelVersions }: StackState,
	{ state, filter, sort }: Browse,
): readonly ModelVersion[] {
	return rowsOf(modelVersions, state, filter, sort);
}

const rowsOf = memoised(
	(
		versions: StackState['modelVersions'],
		kind: string | null,
		filter: string,
		sort: string | null,
	): readonly ModelVersion[] => {
		const rows = (versions ?? [])
			.filter(version => isShown(version, kind))
			.filter(version =>
				holds(
					filter,
					version.name,
					version.version,
					version.stage,
					version.status,
					...modelVersionStatusLook(version.status).word,
					...version.aliases.map(alias => `@${alias}`),
					...allTags(version).map(([key, value]) => `${key}=${value}`),
				),
			);
		return sorted(rows, modelVersionColumns, sort ?? modelVersionSort);
	},
);
