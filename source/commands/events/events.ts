import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown, demandLive } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { when } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import type { AirflowEvent } from '../../model/airflow/airflow-watch.ts';

const defaultLimit = 20;

/** `laketop events` */
export function run(context: CommandContext): Promise<number> {
	const { given, io } = context;
	let events: readonly AirflowEvent[] = [];
	return show<Document<'events'>>(context, {
		watch: ['dags'],
		requires: ['dags'],
		ask: async ({ store, clients }, signal) => {
			demandLive(store.current(), 'dags');
			if (!clients.airflow) throw addressUnknown();
			const requests = await clients.airflow.airflow3('events', signal);
			const wanted = {
				limit: given.count('limit') ?? defaultLimit,
				after: given.moment('since', io.clock.now()),
				dagId: given.words[0],
			};
			events = await requests.events(wanted, signal);
		},
		document: (_, now) => ({
			schema: 'laketop/events/1',
			at: rfc3339(now),
			events: events.map(one => ({
				id: one.id,
				at: rfc3339(one.at),
				user: one.owner,
				event: one.event,
				dag_id: one.dagId,
				dag_run_id: one.dagRunId,
				task_id: one.taskId,
				fields: one.extra,
			})),
		}),
		blocks: (document, style) => [eventsTable(document, style)],
	});
}

function eventsTable({ events, at }: Document<'events'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['TIME', '시각']) },
			{ title: say(['USER', '사용자']) },
			{ title: say(['EVENT', '이벤트']) },
			{ title: 'DAG', yields: 3 },
			{ title: say(['DAG RUN', 'DAG 실행']), yields: 2 },
			{ title: say(['TASK', '작업']), yields: 2 },
			{ title: say(['FIELDS', '필드']), yields: 1 },
		],
		rows: events.map(one => [
			{ text: when(one.at, at, style) },
			{ text: one.user ?? '' },
			{ text: one.event },
			{ text: one.dag_id ?? '' },
			{ text: one.dag_run_id ?? '' },
			{ text: one.task_id ?? '' },
			{ text: one.fields, tone: 'muted' },
		]),
		empty: say(['No events.', '이벤트가 없습니다.']),
	};
}
