import type { Document } from '../../command-line/json/documents.ts';
import { dagRunStateLook, taskStateLook } from '../../model/airflow/task-state.ts';
import type { DocumentTable, Part, Phrase, Phrases, WrittenDocument } from '../../presentation/document/document.ts';
import { severityLooks } from '../../presentation/finding-text.ts';
import { stopwatch } from '../../presentation/format.ts';
import { criticalPathText } from '../../presentation/gantt.ts';
import { glyphSets } from '../../presentation/glyphs.ts';
import { ganttPicture } from '../../presentation/svg/gantt.ts';
import type { Picture } from '../../presentation/svg/page.ts';
import { historyPicture } from '../../presentation/svg/trend.ts';
import type { Trend } from '../../selectors/durations/run-trend.ts';
import type { RunGantt } from '../../selectors/graph-grid-gantt/run-gantt.ts';
import { textIn } from '../../words/language.ts';
import type { Writer } from '../../words/write.ts';
import { ganttOf } from '../gantt/gantt-part.ts';
import { modelParts } from './report-models.ts';
import type { ReportPictures } from './report-pictures.ts';
import type { ReportWords } from './report-words.ts';

type Report = Document<'report'>;

/** The report as a document, the same for Markdown and HTML. */
export function reportParts(
	report: Report,
	words: ReportWords,
	pictures: ReportPictures,
): Omit<WrittenDocument, 'language'> {
	const { say, language } = words;
	const look = dagRunStateLook(report.run.state);
	return {
		title: `${report.dag_id}: ${textIn(look.word, language)}`,
		parts: [
			{ kind: 'list', items: summary(report, words) },
			...failed(report, words),
			...durations(report, words, pictures),
			...retried(report, words),
			...modelParts(report, words, pictures),
			...findings(report, words),
			{
				kind: 'text',
				phrases: [
					{ text: say(['Written by laketop, {at}', 'laketop 작성, {at}'], { at: utc(report.at) }), tone: 'muted' },
				],
			},
		],
	};
}

/** `2026-01-31 02:00:00 UTC`: a report is read elsewhere. */
export const utc = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;

const runTypes: Readonly<Record<string, readonly [string, string]>> = {
	manual: ['triggered by hand or by a program', '수동 또는 프로그램에서 트리거됨'],
	scheduled: ['scheduled', '스케줄에 따라 실행됨'],
	backfill: ['part of a backfill', '백필의 일부'],
	dataset_triggered: ['triggered by datasets', '데이터셋에 의해 트리거됨'],
	asset_triggered: ['triggered by assets', '에셋에 의해 트리거됨'],
	asset_materialization: ['materialises an asset', '에셋 구체화'],
	operator_triggered: ['triggered by a task of another DAG', '다른 DAG의 작업이 트리거함'],
};

/** What ran, why, with which code, and how long against usual. */
function summary({ run, code, duration }: Report, { say, language }: ReportWords): Phrases[] {
	const look = dagRunStateLook(run.state);
	const item = (label: string, ...phrases: readonly Phrase[]): Phrases => [
		{ text: `${label}: `, bold: true },
		...phrases,
	];
	const known = Object.hasOwn(runTypes, run.run_type) ? runTypes[run.run_type] : undefined;
	const conf = run.conf === null ? [] : [item(say(['Conf', 'conf']), { text: JSON.stringify(run.conf), code: true })];
	const note = run.note === null || run.note === '' ? [] : [item(say(['Note', '메모']), { text: run.note })];
	const versions = run.dag_versions ?? [];
	const source = [
		...(versions.length === 0 ? [] : [say(['DAG version {n}', 'DAG 버전 {n}'], { n: versions.join(', ') })]),
		...(code.length === 0 ? [] : [say(['Git commit {commits}', '커밋 {commits}'], { commits: code.join(', ') })]),
	];
	return [
		item(say(['DAG run', 'DAG 실행']), { text: run.dag_run_id, code: true }),
		item(say(['State', '상태']), { text: textIn(look.word, language), tone: look.tone, bold: true }),
		item(say(['Reason', '실행 이유']), { text: known === undefined ? run.run_type : say(known) }),
		...(run.logical_date === null ? [] : [item(say(['Logical date', '논리 날짜']), { text: utc(run.logical_date) })]),
		...(run.started_at === null ? [] : [item(say(['Started', '시작']), { text: utc(run.started_at) })]),
		...(run.ended_at === null ? [] : [item(say(['Ended', '종료']), { text: utc(run.ended_at) })]),
		item(say(['Duration', '소요 시간']), ...durationPhrases(duration, { say })),
		...conf,
		...note,
		...(source.length === 0 ? [] : [item(say(['Code', '코드']), { text: source.join(', ') })]),
	];
}

function durationPhrases(
	{ elapsed_ms, median_ms, p90_ms, slower_ms, runs }: Report['duration'],
	{ say }: Pick<ReportWords, 'say'>,
): Phrase[] {
	if (elapsed_ms === null) return [{ text: say(['not started', '시작되지 않음']) }];
	const own = { text: stopwatch(elapsed_ms), bold: true };
	if (median_ms === null || p90_ms === null)
		return [own, { text: say([' (no other DAG run succeeded)', '(성공한 다른 DAG 실행 없음)']) }];
	const usual = say(
		[' (usual {median}, P90 {p90}, from {runs} {runs|run|runs})', '(평소 {median}, P90 {p90}, 실행 {runs}개 기준)'],
		{ median: stopwatch(median_ms), p90: stopwatch(p90_ms), runs },
	);
	if (slower_ms === null) return [own, { text: usual }];
	return [own, { text: usual }, { text: `, ${slowerWords(slower_ms, median_ms, say)}`, tone: 'warning', bold: true }];
}

const slowerWords = (slowerMs: number, medianMs: number, say: Writer) =>
	say(['{by} slower (+{share}%)', '{by} 느림(+{share}%)'], {
		by: stopwatch(slowerMs),
		share: Math.round((slowerMs / Math.max(1, medianMs)) * 100),
	});

const taskWord = (taskId: string, mapIndex: number) => (mapIndex < 0 ? taskId : `${taskId}[${mapIndex}]`);

/** What failed and why: the diagnosis, then the end of each log. */
function failed({ failures, diagnosis, run, tasks }: Report, { say }: ReportWords): Part[] {
	if (run.state !== 'failed' && failures.length === 0) return [];
	const count = tasks.reduce((sum, { failed_instances }) => sum + failed_instances, 0);
	const unread = count - failures.length;
	return [
		{ kind: 'heading', text: say(['What failed', '실패한 작업']) },
		...diagnosis.flatMap(({ title, cause, reason, fixes }): Part[] => [
			{ kind: 'text', phrases: [{ text: title, bold: true, tone: 'bad' }] },
			{
				kind: 'list',
				items: [
					[{ text: say(['Cause: {cause}', '원인: {cause}'], { cause }) }],
					[{ text: say(['Reason: {reason}', '이유: {reason}'], { reason }) }],
					...fixes.map((fix): Phrases => [{ text: say(['Fix: {fix}', '조치: {fix}'], { fix }) }]),
				],
			},
		]),
		...failures.flatMap(failure => failureParts(failure, say)),
		...(count === 0
			? [
					textPart(
						say([
							'No task failed; the DAG run was marked or stopped.',
							'실패한 작업이 없습니다. DAG 실행의 상태가 지정되었거나 중지되었습니다.',
						]),
					),
				]
			: []),
		...(unread > 0
			? [
					textPart(
						say(
							['{n} more failed {n|task|tasks} without a log here.', '로그를 싣지 않은 실패 작업이 {n}개 더 있습니다.'],
							{ n: unread },
						),
					),
				]
			: []),
	];
}

const textPart = (text: string): Part => ({ kind: 'text', phrases: [{ text }] });

function failureParts(
	{ task_id, map_index, try_number, reason, log_tail }: Report['failures'][number],
	say: Writer,
): Part[] {
	return [
		{
			kind: 'text',
			phrases: [
				{ text: taskWord(task_id, map_index), code: true },
				{ text: say([', try {n}: ', ', 시도 {n}: '], { n: try_number }) },
				{ text: reason, code: true },
			],
		},
		...(log_tail.length === 0 ? [] : [{ kind: 'lines' as const, lines: log_tail }]),
	];
}

function retried({ retries, tasks }: Report, { say }: ReportWords): Part[] {
	const again = tasks.filter(one => one.retries > 0);
	if (again.length === 0) return [];
	const counts = again.map(
		(one): Phrases => [
			{ text: one.task_id, code: true },
			{ text: say([': {n} {n|retry|retries}', ': 재시도 {n}회'], { n: one.retries }) },
		],
	);
	return [
		{ kind: 'heading', text: say(['What was retried', '재시도한 작업']) },
		{ kind: 'list', items: counts },
		...retries.flatMap(one => failureParts(one, say)),
	];
}

/** Durations against usual, waiting and work, and the critical path. */
function durations(report: Report, { say, language }: ReportWords, { graph, grid }: ReportPictures): Part[] {
	const { chart, run, duration, history, at } = report;
	const gantt = chart && ganttOf({ ...chart, run });
	const path = gantt && criticalPathText(gantt, glyphSets.unicode, say);
	const points = history.map(({ dag_run_id, state, elapsed_ms }) => ({
		...{ dagRunId: dag_run_id, state, elapsedMs: elapsed_ms },
		slowerMs: dag_run_id === run.dag_run_id ? duration.slower_ms : null,
	}));
	const { median_ms: medianMs, p90_ms: p90Ms } = duration;
	return [
		{ kind: 'heading', text: say(['Durations', '소요 시간']) },
		...(path === null ? [] : [textPart(path)]),
		...(gantt ? [tasksPicture(gantt, Date.parse(at), say)] : []),
		...titled(graph),
		tasksTable(report, { say, language }),
		...(points.length < 2 ? [] : [runsPicture({ points, medianMs, p90Ms, failed: 0, retries: 0 }, say)]),
		...titled(grid),
	];
}

const titled = (picture: Picture | null): Part[] =>
	picture === null ? [] : [{ kind: 'picture', caption: picture.title, picture }];

function tasksPicture(gantt: RunGantt, now: number, say: Writer): Part {
	const caption = say(['Tasks on one time axis', '시간 축에 놓은 작업']);
	return { kind: 'picture', caption, picture: ganttPicture(gantt, { say, now, title: caption }) };
}

function runsPicture(trend: Trend, say: Writer): Part {
	const caption = say(['Durations of the last DAG runs', '최근 DAG 실행의 소요 시간']);
	return { kind: 'picture', caption, picture: historyPicture(trend, { say, title: caption }) };
}

function tasksTable({ tasks, chart, run }: Report, { say, language }: ReportWords): DocumentTable {
	const time = (ms: number | null): Phrases => (ms === null ? [] : [{ text: stopwatch(ms) }]);
	const waits = new Map(chart?.tasks.map(one => [one.task_id, waitMs(one.ready_at, one.started_at)]));
	const critical = new Set(chart?.tasks.flatMap(one => (one.is_critical ? [one.task_id] : [])));
	return {
		kind: 'table',
		columns: [
			{ title: say(['Task', '작업']) },
			{ title: say(['State', '상태']) },
			{ title: say(['Duration', '소요 시간']), align: 'right' },
			{ title: say(['Median', '중앙값']), align: 'right' },
			{ title: say(['P90', 'P90']), align: 'right' },
			{ title: say(['Slower', '초과']), align: 'right' },
			{ title: say(['Waited', '대기']), align: 'right' },
		],
		rows: tasks.map(one => {
			const look = taskStateLook(one.state, run.ended_at !== null);
			const counts =
				one.instances > 1
					? say([' ({failed} of {n} failed)', '({n}개 중 실패 {failed}개)'], {
							failed: one.failed_instances,
							n: one.instances,
						})
					: '';
			return [
				[
					{ text: one.task_id, code: true },
					...(critical.has(one.task_id) ? [{ text: ` ${glyphSets.unicode.critical}` }] : []),
				],
				[{ text: `${textIn(look.word, language)}${counts}`, tone: look.tone }],
				time(one.elapsed_ms),
				time(one.median_ms),
				time(one.p90_ms),
				one.slower_ms === null || one.median_ms === null
					? []
					: [{ text: slowerWords(one.slower_ms, one.median_ms, say), tone: 'warning' }],
				time(waits.get(one.task_id) ?? null),
			];
		}),
	};
}

const waitMs = (ready: string | null, started: string | null): number | null =>
	ready === null || started === null ? null : Math.max(0, Date.parse(started) - Date.parse(ready));

function findings({ findings_known, findings: open }: Report, { say, language }: ReportWords): Part[] {
	if (!findings_known || open.length === 0) return [];
	return [
		{ kind: 'heading', text: say(['Problems of the stack at that time', '당시 스택의 문제']) },
		{
			kind: 'list',
			items: open.map(({ severity, since, title }): Phrases => {
				const { word, tone } = severityLooks[severity];
				const from =
					since === null
						? say([' (since: unknown)', '(시작 시각 알 수 없음)'])
						: say([' (since {at})', '({at}부터)'], { at: utc(since) });
				return [{ text: textIn(word, language), tone, bold: true }, { text: `: ${title}${from}` }];
			}),
		},
	];
}
