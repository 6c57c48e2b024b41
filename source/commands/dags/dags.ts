import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { dagPart, importErrorPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { DagPart, ImportErrorPart } from '../../command-line/json/airflow.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { heading, runCell, when } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import { show } from '../../command-line/show/show.ts';
import type { RunCounts } from '../../model/airflow/airflow-watch.ts';
import { type DagRun, lastMove } from '../../model/airflow/pipeline.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';

/** `laketop dags` */
export function run(context: CommandContext): Promise<number> {
	const { given } = context;
	const [filter] = given.words;
	const sort = given.text('sort');
	let newest: readonly DagRun[] = [];
	let counts: readonly RunCounts[] | null = null;
	return show<Document<'dags'>>(context, {
		watch: ['dags'],
		requires: ['dags'],
		ask: async ({ store, clients }, signal) => {
			const state = store.current();
			demandLive(state, 'dags');
			const active = (state.dags ?? []).filter(dag => dag.isActive).map(dag => dag.dagId);
			newest = (await clients.airflow?.newestRuns(active, signal)) ?? [];
			if (isAirflow3(state))
				counts = (await (await clients.airflow?.airflow3('counts', signal))?.runCounts(signal)) ?? null;
		},
		document: (state, now) => {
			demandLive(state, 'dags');
			const newestOf = new Map(newest.map(one => [one.dagId, one]));
			const dags = (state.dags ?? [])
				.filter(dag => filter === undefined || matches(filter, [dag.dagId, ...dag.tags]))
				.toSorted((a, b) => {
					if (sort === 'next') return soonest(a.nextRunAt, b.nextRunAt);
					return sort === 'last' ? began(newestOf.get(b.dagId)) - began(newestOf.get(a.dagId)) : 0;
				});
			return {
				schema: 'laketop/dags/1',
				at: rfc3339(now),
				dags: dags.map(dag =>
					dagPart(
						dag,
						newestOf.get(dag.dagId),
						counts?.find(({ dagId }) => dagId === dag.dagId),
						now,
					),
				),
				import_errors: state.importErrors.map(importErrorPart),
			};
		},
		blocks: (document, style) => [dagsTable(document, style), ...importErrorLines(document.import_errors, style)],
		exitCode: ({ import_errors }) => (import_errors.length === 0 ? 0 : 1),
	});
}

function matches(filter: string, texts: readonly string[]): boolean {
	return texts.some(text => text.toLowerCase().includes(filter.toLowerCase()));
}

function began(run: DagRun | undefined): number {
	return run ? lastMove(run) : 0;
}

/** DAGs without a next DAG run come last. */
function soonest(a: number | null, b: number | null): number {
	return (a ?? Number.MAX_SAFE_INTEGER) - (b ?? Number.MAX_SAFE_INTEGER);
}

function dagsTable({ dags, at }: Document<'dags'>, style: Style): TextTable {
	const { say } = style;
	// Airflow 2 does not count them.
	const hasCounts = dags.some(({ run_counts: counts }) => counts !== null);
	return {
		columns: [
			{ title: 'DAG', yields: 4 },
			{ title: say(['STATE', '상태']) },
			{ title: say(['SCHEDULE', '스케줄']), yields: 3 },
			{ title: say(['NEXT RUN', '다음 실행']) },
			{ title: say(['LAST RUN', '최근 실행']) },
			{ title: say(['STARTED', '시작']) },
			...(hasCounts ? [{ title: say(['RUNS', '실행 수']), yields: 3 }] : []),
			{ title: say(['OWNERS', '소유자']), yields: 2 },
			{ title: say(['TAGS', '태그']), yields: 1 },
			{ title: say(['FILE', '파일']), yields: 1 },
		],
		rows: dags.map(dag => [
			{ text: dag.dag_id },
			stateOf(dag, style),
			{ text: dag.schedule ?? '' },
			{ text: dag.is_paused ? '' : when(dag.next_run_at, at, style) },
			dag.newest_run ? runCell(dag.newest_run, style) : { text: '' },
			{ text: when(dag.newest_run?.started_at ?? null, at, style) },
			...(hasCounts ? [countsCell(dag.run_counts, style)] : []),
			{ text: dag.owners.join(',') },
			{ text: dag.tags.join(',') },
			{ text: dag.file?.split('/').at(-1) ?? '', tone: 'muted' },
		]),
		empty: say([
			'No matching DAGs in Airflow. A new file takes up to 30s to appear.',
			'Airflow에 일치하는 DAG가 없습니다. 새 파일이 나타나기까지 최대 30초가 걸립니다.',
		]),
	};
}

/** `2 active, 12 succeeded, 3 failed`, without those that are 0. */
function countsCell(counts: DagPart['run_counts'], { say }: Style) {
	if (counts === null) return { text: '' };
	const { queued, running, success, failed } = counts;
	const parts = [
		queued > 0 ? say(['{queued} queued', '대기 {queued}'], { queued }) : '',
		running > 0 ? say(['{running} running', '실행 중 {running}'], { running }) : '',
		success > 0 ? say(['{success} succeeded', '성공 {success}'], { success }) : '',
		failed > 0 ? say(['{failed} failed', '실패 {failed}'], { failed }) : '',
	];
	return { text: parts.filter(Boolean).join(', '), tone: 'muted' as const };
}

function stateOf(dag: DagPart, { say }: Style) {
	if (dag.has_import_errors)
		return { text: say(['import error', '임포트 오류']), symbol: 'failed', tone: 'bad' } as const;
	if (!dag.is_active) return { text: say(['inactive', '비활성']), symbol: 'removed', tone: 'muted' } as const;
	if (dag.is_paused) return { text: say(['paused', '일시 중지됨']), symbol: 'paused', tone: 'warning' } as const;
	return { text: say(['active', '활성']), symbol: 'success', tone: 'good' } as const;
}

export function importErrorLines(errors: readonly ImportErrorPart[], { say }: Style): Block[] {
	if (errors.length === 0) return [];
	return [
		[
			heading(say(['{count} import {count|error|errors}', '임포트 오류 {count}건'], { count: errors.length })),
			...errors.map(({ file, message }) => [{ text: file, tone: 'bad' as const }, { text: `: ${message}` }]),
		],
	];
}
