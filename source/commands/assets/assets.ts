import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { when } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import type { Asset, AssetEvent } from '../../model/airflow/asset.ts';
import { dagRunStateLook } from '../../model/airflow/task-state.ts';

const eventsShown = 50;

/** `laketop assets` */
export function run(context: CommandContext): Promise<number> {
	const { given } = context;
	const filter = given.words[0]?.toLowerCase() ?? '';
	let assets: readonly Asset[] = [];
	let events: readonly AssetEvent[] | null = null;
	return show<Document<'assets'>>(context, {
		watch: ['airflow address'],
		requires: ['addresses'],
		ask: async ({ clients }, signal) => {
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			const newer = await airflow.airflow3('assets', signal);
			const all = await newer.assets(signal);
			assets = all.filter(({ name, uri }) => `${name}\n${uri}`.toLowerCase().includes(filter));
			if (!given.is('events')) return;
			const [only, ...others] = assets;
			const newest = await newer.assetEvents(eventsShown, others.length === 0 ? (only?.id ?? null) : null, signal);
			events = newest.filter(({ assetId }) => assets.some(({ id }) => id === assetId));
		},
		document: (_, now) => ({
			schema: 'laketop/assets/1',
			at: rfc3339(now),
			assets: assets.map(asset => ({
				id: asset.id,
				name: asset.name,
				uri: asset.uri,
				group: asset.group,
				last_event_at: asset.lastEventAt === null ? null : rfc3339(asset.lastEventAt),
				producing_tasks: asset.producers.map(({ dagId, taskId }) => ({ dag_id: dagId, task_id: taskId })),
				scheduled_dags: [...asset.scheduledDags],
			})),
			events:
				events?.map(event => ({
					asset: event.name,
					at: event.at === null ? null : rfc3339(event.at),
					source: event.source && {
						dag_id: event.source.dagId,
						dag_run_id: event.source.dagRunId,
						task_id: event.source.taskId,
					},
					started_runs: event.started.map(run => ({ dag_id: run.dagId, dag_run_id: run.dagRunId, state: run.state })),
				})) ?? null,
		}),
		blocks: (document, style) => [
			assetTable(document, style),
			...(document.events ? [eventTable(document, style)] : []),
		],
	});
}

function assetTable({ assets, at }: Document<'assets'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['ASSET', '에셋']) },
			{ title: say(['LAST EVENT', '마지막 이벤트']) },
			{ title: say(['PRODUCED BY', '생성 작업']), yields: 3 },
			{ title: say(['STARTS', '시작하는 DAG']), yields: 2 },
			{ title: 'URI', yields: 1 },
		],
		rows: assets.map(asset => [
			{ text: asset.name },
			{ text: asset.last_event_at === null ? say(['never', '없음']) : when(asset.last_event_at, at, style) },
			{ text: asset.producing_tasks.map(({ dag_id, task_id }) => `${dag_id}.${task_id}`).join(', ') },
			{ text: asset.scheduled_dags.join(', ') },
			{ text: asset.uri, tone: 'muted' },
		]),
		empty: say(['No matching assets in Airflow.', 'Airflow에 일치하는 에셋이 없습니다.']),
	};
}

function eventTable({ events, at }: Document<'assets'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['EVENT', '이벤트']) },
			{ title: say(['ASSET', '에셋']) },
			{ title: say(['FROM', '출처']), yields: 1 },
			{ title: say(['STARTED', '시작된 DAG 실행']), yields: 2 },
		],
		rows: (events ?? []).map(event => [
			{ text: when(event.at, at, style) },
			{ text: event.asset },
			{
				text: event.source
					? `${event.source.dag_id}.${event.source.task_id} ${event.source.dag_run_id}`
					: say(['reported by a user or program', '사용자나 프로그램이 보고']),
			},
			{ text: event.started_runs.map(run => `${run.dag_id} ${say(dagRunStateLook(run.state).word)}`).join(', ') },
		]),
		empty: say(['No events yet.', '아직 이벤트가 없습니다.']),
	};
}
