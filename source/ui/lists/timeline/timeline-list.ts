import { timelineKinds } from '../../../model/timeline-entry.ts';
import type { ActionContext } from '../../actions/action.ts';
import { serviceAddress } from '../../actions/addresses.ts';
import { targetService } from '../../actions/targets.ts';
import type { ViewState } from '../../conversation.ts';
import { readLog } from '../../panes/logs/log-places.ts';
import { withService } from '../../panes/services/service-list.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { nextState } from '../opened.ts';
import { timelineColumns, timelineKindTexts, timelineRows } from './timeline-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly timeline: true;
	}
}

const states = [null, ...timelineKinds];

/** Oldest first. */
export const timelineList: List = listOf({
	id: 'timeline',
	name: ['timeline', '타임라인'],
	shortName: ['the timeline', '타임라인'],
	title: ({ say }) => say(['Timeline', '타임라인']),
	crumbs: ({ say }) => [say(['Timeline', '타임라인'])],
	face: () => ({ kind: 'live' as const }),
	server: '',
	empty: ({ say }) => say(['No events yet.', '아직 이벤트가 없습니다.']),
	rows: (state, _, browse) => timelineRows(state, browse),
	idOf: entry => entry.key,
	columns: timelineColumns,
	isReadFromEnd: true,
	sort: 'time',
	stateAction: 'timeline-kind',
	stateWord: kind => timelineKindTexts[kind] ?? [kind, kind],
	filterTitle: ['Filter events', '이벤트 필터'],
	filterHint: ['Words of the kind, subject or event', '종류, 대상, 이벤트의 단어'],
	open: placeOfEntry,
	copy: () => [],
	address: context => serviceAddress(context.state, targetService(context)?.container.name),
	actions: [
		{
			id: 'timeline-kind',
			kind: 'view',
			verb: 'show only',
			keys: ['&'],
			label: ['kind', '종류'],
			help: [
				'Show events of one kind only: containers, servers, DAG runs, tasks, logs, your actions, all',
				'한 종류의 이벤트만 보기: 컨테이너, 서버, DAG 실행, 작업, 로그, 내 동작, 전체',
			],
			group: 'look',
			places: ['timeline'],
			inKeyBar: true,
			apply: nextState(states),
		},
	],
});

function placeOfEntry({ view, state, say }: ActionContext, key: string): ViewState {
	const entry = state.timeline.find(one => one.key === key);
	const place = entry?.place;
	if (!entry || !place)
		return { ...view, hint: say(['This event has no place to open', '이 이벤트는 열 위치가 없습니다']) };
	const closed: ViewState = { ...view, browse: null, marks: [] };
	if ('container' in place) {
		const there = Object.values(state.containers).some(one => one.container.name === place.container);
		if (!there)
			return {
				...view,
				hint: say(['Container {container} no longer exists', '{container} 컨테이너가 더 이상 없습니다'], place),
			};
		return entry.kind === 'log'
			? readLog(closed, { kind: 'container', name: place.container })
			: withService(closed, place.container);
	}
	return { ...closed, focus: 'pipeline', dagId: place.dagId, dagRunId: place.dagRunId, taskId: place.taskId };
}
