import { timelineKinds } from '../../../model/timeline-entry.ts';
import type { ActionContext } from '../../actions/action.ts';
import { serviceAddress } from '../../actions/addresses.ts';
import { targetService } from '../../actions/targets.ts';
import type { ViewState } from '../../conversation.ts';
import { readLog } from '../../panes/logs/log-places.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { nextState } from '../opened.ts';
import { timelineColumns, timelineRows } from './timeline-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly timeline: true;
	}
}

const states = [null, ...timelineKinds];

/** What happened, the oldest first. */
export const timelineList: List = listOf({
	id: 'timeline',
	name: ['timeline', '타임라인'],
	shortName: ['the timeline', '타임라인'],
	title: () => 'Timeline',
	crumbs: ({ say }) => [say(['timeline', '타임라인'])],
	face: () => ({ kind: 'live' as const }),
	asks: '',
	empty: () => 'Nothing has happened yet.',
	rows: (state, _, browse) => timelineRows(state, browse),
	idOf: entry => entry.key,
	columns: timelineColumns,
	isUnsorted: true,
	isReadFromEnd: true,
	sort: 'time',
	stateAction: 'timeline-kind',
	filterTitle: 'Only what happened with',
	filterHint: 'Words of what it was, of whom, and of what was said',
	open: ({ view, state }, id) => placeOfEntry(view, state, id),
	copy: () => [],
	address: context => serviceAddress(context.state, targetService(context)?.container.name),
	actions: [
		{
			id: 'timeline-kind',
			kind: 'view',
			keys: ['s'],
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

/** The view at the place that an entry of the timeline leads to. */
function placeOfEntry(view: ViewState, state: ActionContext['state'], key: string): ViewState {
	const entry = state.timeline.find(one => one.key === key);
	const place = entry?.place;
	if (!entry || !place) return { ...view, hint: 'This entry leads nowhere else' };
	const closed: ViewState = { ...view, browse: null, marks: [] };
	if ('container' in place) {
		const there = Object.values(state.containers).some(one => one.container.name === place.container);
		if (!there) return { ...view, hint: `${place.container} is no longer there` };
		return entry.kind === 'log'
			? readLog(closed, { kind: 'container', name: place.container })
			: { ...closed, focus: 'services', selectedService: place.container };
	}
	return { ...closed, focus: 'pipeline', dagId: place.dagId, dagRunId: place.dagRunId, taskId: place.taskId };
}
