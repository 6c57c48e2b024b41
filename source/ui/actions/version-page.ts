import { type VersionsWithRuns, versionsWithRuns } from '../../clients/mlflow/versions-with-runs.ts';
import type { ModelVersion } from '../../model/experiment.ts';
import { modelVersionStatusText } from '../../model/mlflow-status.ts';
import { mlflowOf } from '../../operations/mlflow.ts';
import { metricValue, moment, momentToSecond } from '../../presentation/format.ts';
import { sparkline } from '../../presentation/sparkline.ts';
import { verdictWords } from '../../presentation/verdict-words.ts';
import { versionTags } from '../../presentation/version-tags.ts';
import { dagRunOfVersion, type VersionMetric, versionHistory } from '../../selectors/model-history.ts';
import type { Effect, Page, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { alignedLines } from './aligned-lines.ts';
import { asked, facts, heading } from './pages.ts';

/** Cells of a trend: a bar for each version. */
const trendWidth = 20;

/** A page about a model version: what it is, how it compares with the champion, the other versions. */
export function versionPage(context: StepContext, version: ModelVersion): Effect {
	const { clients, state, signal } = context;
	const known = [...(state.mlflowRuns ?? []), ...state.versionRuns];
	return asked(async () =>
		pageOf(context, version, await versionsWithRuns(mlflowOf(clients), version.name, known, signal)),
	);
}

export function pageOf(
	context: Pick<StepContext, 'say' | 'now' | 'glyphs'>,
	{ name, version: number }: ModelVersion,
	found: VersionsWithRuns,
): Page {
	const { say, now } = context;
	const { versions, runs } = found;
	const version = versions.find(one => one.version === number);
	const title = say(['{name} version {number}', '{name} 버전 {number}'], { name, number });
	if (!version) {
		return { title, lines: [{ text: say(['MLflow no longer has it', 'MLflow에 더 이상 없습니다']), tone: 'bad' }] };
	}
	const { champion, metrics } = versionHistory(version, versions, runs);
	return {
		title,
		copies: `models:/${name}/${number}`,
		copiesWhat: ['model version', '모델 버전'],
		note: say(['y copies the address of the version', 'y 버전 주소 복사']),
		lines: [
			{
				text: say(['{status}, registered {at}', '{status}, 등록 {at}'], {
					status: say(modelVersionStatusText(version.status)),
					at: momentToSecond(version.createdAt, now),
				}),
				bold: true,
				tone: version.status === 'READY' ? undefined : 'bad',
			},
			...factLines(context, version, found),
			...(metrics.length === 0 ? [] : metricLines(context, version, champion, metrics)),
			...heading(say(['Versions', '버전'])),
			...alignedLines(
				versions.map(one => [
					`${one.version === number ? context.glyphs.selected : ' '} ${one.version}`,
					moment(one.createdAt, now),
					marksOf(one),
					versionTags((one.tags ?? []).map(({ key, value }) => [key, value])),
				]),
				context.glyphs,
			),
		],
	};
}

const marksOf = ({ aliases, stage }: ModelVersion) =>
	[...aliases.map(alias => `@${alias}`), ...(stage === 'None' ? [] : [stage])].join(' ');

function factLines({ say }: Pick<StepContext, 'say'>, version: ModelVersion, { runs }: VersionsWithRuns): PageLine[] {
	const run = runs.find(({ runId }) => runId === version.runId);
	const dagRun = dagRunOfVersion(version, runs);
	const rows: [string, string][] = [
		[say(['aliases', '별칭']), version.aliases.map(alias => `@${alias}`).join(' ')],
		[say(['stage', '스테이지']), version.stage === 'None' ? '' : version.stage],
		[say(['MLflow run', 'MLflow 실행']), [run?.runName, version.runId].filter(Boolean).join(' ')],
		[say(['logged model', '로깅된 모델']), version.modelId ?? ''],
		[say(['DAG run', 'DAG 실행']), dagRun === null ? '' : `${dagRun.dagId} ${dagRun.dagRunId}`],
		[say(['tags', '태그']), versionTags((version.tags ?? []).map(({ key, value }) => [key, value]))],
	];
	return facts(rows.filter(([, text]) => text !== ''));
}

function metricLines(
	{ say, glyphs }: Pick<StepContext, 'say' | 'glyphs'>,
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
						[
							'Metrics against the champion, version {version} ({mark})',
							'챔피언 버전 {version}({mark})과(와) 메트릭 비교',
						],
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
