import type { VersionsWithRuns } from '../../clients/mlflow/versions-with-runs.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { modelVersionStatusLook } from '../../model/mlflow/mlflow-status.ts';
import { metricValue, moment, momentToSecond } from '../../presentation/format.ts';
import { guessText } from '../../presentation/guess-text.ts';
import { sparkline } from '../../presentation/sparkline.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import { isNotedTag } from '../../presentation/version-tags.ts';
import type { NamedTask } from '../../selectors/links/task-links.ts';
import { type VersionMetric, versionHistory, versionOrigin } from '../../selectors/models/model-history.ts';
import type { StepContext } from '../actions/action.ts';
import { alignedLines } from '../actions/aligned-lines.ts';
import { facts, heading } from '../actions/pages.ts';
import type { Page, PageLine } from '../conversation.ts';

type Style = Pick<StepContext, 'say' | 'now' | 'glyphs'>;

/** Cells of a trend: a bar for each version. */
const trendWidth = 20;

/** What a page about a model version is made from. */
export type VersionFacts = {
	readonly name: string;
	readonly number: string;
	/** The versions of the model and what made them. */
	readonly found: VersionsWithRuns;
	/** The task instance that made it; null: unknown. */
	readonly task: NamedTask | null;
	/** The task is not named by any tag. */
	readonly isGuess: boolean;
};

/** The page about a model version: what it is, what made it, how it compares with the champion, the other versions. */
export function versionText(style: Style, facts: VersionFacts): Page {
	const { say, now, glyphs } = style;
	const { name, number, found } = facts;
	const { versions, runs } = found;
	const version = versions.find(one => one.version === number);
	const title = say(['Model version {name} {number}', '모델 버전 {name} {number}'], { name, number });
	if (!version) {
		return { title, lines: [{ text: say(['MLflow no longer has it', 'MLflow에 더 이상 없습니다']), tone: 'bad' }] };
	}
	const statusOf = ({ status }: ModelVersion) => {
		const { word, symbol } = modelVersionStatusLook(status);
		return `${glyphs.state[symbol]} ${say(word)}`;
	};
	const { champion, metrics } = versionHistory(version, versions, runs);
	return {
		title,
		copies: `models:/${name}/${number}`,
		copiesWhat: ['model version', '모델 버전'],
		note: say(['y copies the address of the version', 'y 버전 주소 복사']),
		lines: [
			{
				text: say(['{status}, registered {at}', '{status}, 등록 {at}'], {
					status: statusOf(version),
					at: momentToSecond(version.createdAt, now),
				}),
				bold: true,
				tone: statusTone(version.status),
			},
			...factLines(style, version, facts),
			...(metrics.length === 0 ? [] : metricLines(style, version, champion, metrics)),
			...tagLines(style, version),
			...heading(say(['Versions', '버전'])),
			...alignedLines(
				versions.map(one => [
					`${one.version === number ? glyphs.selected : ' '} ${one.version}`,
					moment(one.createdAt, now),
					marksOf(one),
					statusOf(one),
				]),
				glyphs,
			),
		],
	};
}

function statusTone(status: string): PageLine['tone'] {
	if (status === 'READY') return 'good';
	return status.startsWith('FAILED') ? 'bad' : 'active';
}

const marksOf = ({ aliases, stage }: ModelVersion) =>
	[...aliases.map(alias => `@${alias}`), ...(stage === 'None' ? [] : [stage])].join(' ');

function factLines(
	{ say }: Style,
	version: ModelVersion,
	{ found: { runs }, task, isGuess }: VersionFacts,
): PageLine[] {
	const run = runs.find(({ runId }) => runId === version.runId);
	const origin = versionOrigin(version, runs);
	const dagRun = origin ?? task;
	const maker = task === null ? '' : taskName(task);
	const rows: [string, string][] = [
		[say(['Aliases', '별칭']), version.aliases.map(alias => `@${alias}`).join(' ')],
		[say(['Stage', '스테이지']), version.stage === 'None' ? '' : version.stage],
		[say(['MLflow run', 'MLflow 실행']), [run?.runName, version.runId].filter(Boolean).join(' ')],
		[say(['Logged model', '로깅된 모델']), version.modelId ?? ''],
		[say(['DAG run', 'DAG 실행']), dagRun === null ? '' : `${dagRun.dagId} ${dagRun.dagRunId}`],
		[say(['Task', '작업']), isGuess && maker !== '' ? say(guessText, { what: maker }) : maker],
	];
	return facts(rows.filter(([, text]) => text !== ''));
}

/** Tags that people and programs set, one a line; what names task and DAG run stands above. */
function tagLines({ say }: Style, { tags = [] }: ModelVersion): PageLine[] {
	const rows = tags.filter(({ key }) => isNotedTag(key)).map(({ key, value }) => [key, value] as const);
	return rows.length === 0 ? [] : [...heading(say(['Tags', '태그'])), ...facts(rows)];
}

function metricLines(
	{ say, glyphs }: Style,
	version: ModelVersion,
	champion: ReturnType<typeof versionHistory>['champion'],
	metrics: readonly VersionMetric[],
): PageLine[] {
	const number = (value: number | null) => (value === null ? '-' : metricValue(value, glyphs.infinity));
	const isChampion = champion?.version.version === version.version;
	const title =
		champion === null
			? say(['Metrics', '메트릭'])
			: isChampion
				? say(['Metrics of the champion ({mark})', '챔피언({mark})의 메트릭'], { mark: champion.mark })
				: say(
						['Metrics against the champion, version {version} ({mark})', '챔피언 버전 {version}({mark}) 대비 메트릭'],
						{
							version: champion.version.version,
							mark: champion.mark,
						},
					);
	const head = [
		'',
		say(['this version', '이 버전']),
		...(champion === null || isChampion ? [] : [say(['champion', '챔피언']), '']),
		say(['all versions, newest right', '전체 버전, 오른쪽이 최신']),
	];
	const rows = metrics.map(({ key, value, champion: other, verdict, values }) => [
		key,
		number(value),
		...(champion === null || isChampion
			? []
			: [number(other), verdict === null ? '' : say(verdictWords[verdict].word)]),
		sparkline(values, trendWidth, glyphs.bars),
	]);
	const [first, ...lines] = alignedLines([head, ...rows], glyphs);
	return [
		...heading(title),
		...(first ? [{ ...first, tone: 'muted' as const }] : []),
		...lines.map((line, index): PageLine => {
			const verdict = metrics[index]?.verdict;
			return verdict === 'better' ? { ...line, tone: 'good' } : verdict === 'worse' ? { ...line, tone: 'bad' } : line;
		}),
	];
}
