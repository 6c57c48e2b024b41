import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { dagToRead } from '../../command-line/names/dag-names.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { when } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import { type Backfill, type BackfillProgress, backfillState } from '../../model/airflow/backfill.ts';
import { dateText } from '../../operations/dag-runs/backfill.ts';
import { backfillStateTexts } from '../../presentation/backfill-text.ts';

/** Each costs a request for its DAG runs. */
const backfillsShown = 20;

/** `laketop backfills` */
export function run(context: CommandContext): Promise<number> {
	const { config, given } = context;
	let dagId = given.words[0] ?? config.dag;
	let rows: readonly { readonly backfill: Backfill; readonly progress: BackfillProgress }[] = [];
	return show<Document<'backfills'>>(context, {
		watch: ['airflow address'],
		requires: ['addresses'],
		ask: async ({ clients }, signal) => {
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			const newer = await airflow.airflow3('backfills', signal);
			dagId = await dagToRead(context, airflow);
			const newest = (await newer.backfills(dagId, signal)).slice(0, backfillsShown);
			rows = await Promise.all(
				newest.map(async backfill => ({ backfill, progress: await newer.backfillProgress(backfill, signal) })),
			);
		},
		document: (_, now) => ({
			schema: 'laketop/backfills/1',
			at: rfc3339(now),
			dag_id: dagId,
			backfills: rows.map(({ backfill, progress }) => ({
				id: backfill.id,
				state: backfillState(backfill),
				from_date: rfc3339(backfill.from),
				to_date: rfc3339(backfill.to),
				reprocess_behavior: backfill.reprocess,
				max_active_runs: backfill.maxActiveRuns,
				created_at: rfc3339(backfill.createdAt),
				completed_at: backfill.completedAt === null ? null : rfc3339(backfill.completedAt),
				runs: progress,
			})),
		}),
		blocks: (document, style) => [table(document, style)],
	});
}

function table({ backfills, dag_id, at }: Document<'backfills'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: 'ID', align: 'right' },
			{ title: say(['STATE', '상태']) },
			{ title: say(['DATES', '날짜']) },
			{ title: say(['DONE', '완료']), align: 'right' },
			{ title: say(['FAILED', '실패']), align: 'right' },
			{ title: say(['RUNNING', '실행 중']), align: 'right' },
			{ title: say(['REPROCESS', '재처리']), yields: 2 },
			{ title: say(['CREATED', '생성']), yields: 1 },
		],
		rows: backfills.map(one => [
			{ text: String(one.id) },
			{
				text: say(backfillStateTexts[one.state]),
				tone: one.state === 'paused' ? 'warning' : one.state === 'active' ? 'active' : 'muted',
			},
			{ text: `${dateText(Date.parse(one.from_date))} … ${dateText(Date.parse(one.to_date))}` },
			{ text: `${one.runs.success + one.runs.failed}/${one.runs.total}` },
			{ text: String(one.runs.failed), tone: one.runs.failed > 0 ? 'bad' : undefined },
			{ text: String(one.runs.running) },
			{ text: one.reprocess_behavior },
			{ text: when(one.created_at, at, style) },
		]),
		empty: say(['No backfills of {dag_id}.', '{dag_id}의 백필이 없습니다.'], { dag_id }),
	};
}
