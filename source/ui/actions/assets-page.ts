import type { Asset, AssetEvent } from '../../model/airflow/asset.ts';
import { dagRunStateLook } from '../../model/airflow/task-state.ts';
import { planMaterialize } from '../../operations/dags/materialize.ts';
import { momentToSecond } from '../../presentation/format.ts';
import type { Effect, PageLine } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { withAirflow3 } from './newer-common.ts';
import { facts, heading } from './pages.ts';
import { factsOf } from './run-targets.ts';
import { cannot, planned } from './step.ts';

const eventsShown = 50;

/** The assets with what produces them and what they start, then their newest events. */
export function assetsPage(context: StepContext): Effect {
	const { say, signal } = context;
	return withAirflow3(context, 'assets', async newer => {
		const [assets, events] = await Promise.all([newer.assets(signal), newer.assetEvents(eventsShown, null, signal)]);
		if (assets.length === 0) return cannot(say(['Airflow has no assets', 'Airflow에 에셋이 없습니다']));
		return {
			kind: 'page',
			page: {
				title: say(['Assets', '에셋']),
				lines: [
					...assets.flatMap(asset => assetLines(asset, context)),
					...heading(say(['Newest events', '최근 이벤트'])),
					...(events.length === 0
						? [{ text: say(['No events yet.', '아직 이벤트가 없습니다.']) }]
						: events.map(event => eventLine(event, context))),
				],
			},
		};
	});
}

const none = ['none', '없음'] as const;

function assetLines(asset: Asset, { say, now }: StepContext): PageLine[] {
	const tasks = asset.producers.map(({ dagId, taskId }) => `${dagId}.${taskId}`).join(', ');
	return [
		...heading(asset.name),
		...facts([
			['URI', asset.uri],
			[
				say(['last event', '마지막 이벤트']),
				asset.lastEventAt === null ? say(none) : momentToSecond(asset.lastEventAt, now),
			],
			[say(['produced by', '생성 작업']), tasks || say(none)],
			[say(['starts', '시작하는 DAG']), asset.scheduledDags.join(', ') || say(none)],
		]),
	];
}

function eventLine({ at, name, source, started }: AssetEvent, { say, now }: StepContext): PageLine {
	const from = source
		? `${source.dagId}.${source.taskId} ${source.dagRunId}`
		: say(['reported by a user or program', '사용자나 프로그램이 보고']);
	const runs = started.map(run => `${run.dagId} ${say(dagRunStateLook(run.state).word)}`).join(', ');
	const when = at === null ? '' : momentToSecond(at, now);
	return {
		text: runs
			? say(['{when}  {name} from {from}; started {runs}', '{when}  {name} 출처 {from}, 시작 {runs}'], {
					...{ when, name, from, runs },
				})
			: say(['{when}  {name} from {from}', '{when}  {name} 출처 {from}'], { when, name, from }),
	};
}

export function materializeMenu(context: StepContext): Effect {
	const { say } = context;
	return withAirflow3(context, 'assets', async newer => {
		const assets = await newer.assets(context.signal);
		if (assets.length === 0) return cannot(say(['Airflow has no assets', 'Airflow에 에셋이 없습니다']));
		return {
			kind: 'choose',
			question: {
				title: say(['Materialize which asset?', '어느 에셋을 생성할까요?']),
				filters: true,
				choices: assets.map(({ id, name, producers }) => ({
					id: String(id),
					label: name,
					hint: producers.map(({ dagId }) => dagId).join(', '),
				})),
				next: id => {
					const asset = assets.find(one => String(one.id) === id);
					return asset ? planned(planMaterialize(factsOf(context), asset)) : { kind: 'nothing' };
				},
			},
		};
	});
}
