import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown } from '../../command-line/exit/failures.ts';
import { runPart } from '../../command-line/facts/airflow.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { dagToRead, demandDag } from '../../command-line/names/dag-names.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { clock, runCell, when } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import type { DagRun } from '../../model/airflow/pipeline.ts';
import { printableJson } from '../../model/text/clean-text.ts';

const defaultLimit = 20;

/** `laketop runs` */
export function run(context: CommandContext): Promise<number> {
	const { given, config, io } = context;
	let dagId = given.words[0] ?? config.dag;
	const states = given.list('state');
	let runs: readonly DagRun[] = [];
	return show<Document<'runs'>>(context, {
		watch: ['airflow address'],
		requires: ['addresses'],
		// The feed of the screen has only the newest DAG runs, in all states.
		ask: async ({ clients }, signal) => {
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			dagId = await dagToRead(context, airflow);
			const wanted = {
				limit: given.count('limit') ?? defaultLimit,
				states: states.length > 0 ? states : undefined,
				from: given.moment('since', io.clock.now()),
				to: given.moment('until', io.clock.now()),
			};
			runs = (await airflow.findRuns(dagId, wanted, signal)).runs;
			if (runs.length === 0) await demandDag(airflow, dagId, signal);
		},
		document: (_state, now) => ({
			schema: 'laketop/runs/1',
			at: rfc3339(now),
			dag_id: dagId,
			runs: runs.map(one => runPart(one, now)),
		}),
		blocks: (document, style) => [runsTable(document, style)],
	});
}

function runsTable({ runs, dag_id, at }: Document<'runs'>, style: Style): TextTable {
	const { say } = style;
	// Of Airflow 3.
	const hasVersions = runs.some(run => run.dag_versions !== null);
	return {
		columns: [
			{ title: say(['DAG RUN', 'DAG 실행']) },
			{ title: say(['STATE', '상태']) },
			{ title: say(['STARTED', '시작']) },
			{ title: say(['DURATION', '소요 시간']), align: 'right' },
			{ title: say(['TYPE', '유형']), yields: 3 },
			...(hasVersions ? [{ title: say(['VERSION', '버전']), align: 'right', yields: 2 } as const] : []),
			{ title: 'CONF', yields: 1 },
			{ title: say(['NOTE', '메모']), yields: 2 },
		],
		rows: runs.map(run => [
			{ text: run.dag_run_id },
			runCell(run, style),
			{ text: when(run.started_at, at, style) },
			{ text: clock(run.elapsed_ms) },
			{ text: run.run_type },
			...(hasVersions ? [{ text: (run.dag_versions ?? []).join(',') }] : []),
			{ text: run.conf === null ? '' : printableJson(run.conf), tone: 'muted' },
			{ text: run.note ?? '' },
		]),
		empty: say(['No matching DAG runs of {dag_id}.', '{dag_id}에 일치하는 DAG 실행이 없습니다.'], { dag_id }),
	};
}
