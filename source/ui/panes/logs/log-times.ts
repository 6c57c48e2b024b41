import { shownPipeline } from '../../../selectors/dag-runs/shown-pipeline.ts';
import type { Text } from '../../../words/language.ts';
import type { ActionContext, StepContext } from '../../actions/action.ts';
import { momentOfWords } from '../../actions/jump.ts';
import { cannot, changed } from '../../actions/step.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { withLogs } from './log-places.ts';
import type { TimeStyle } from './logs-state.ts';
import { movedTo } from './logs-window.ts';

export function askTime(context: StepContext): Effect {
	const { view, log, now, say } = context;
	const { sequence } = log.view;
	if (sequence.next === sequence.first) return cannot(say(['No log lines yet', '아직 로그가 없습니다']));
	return {
		kind: 'input',
		question: {
			title: say(['Go to a time', '시각으로 이동']),
			hint: say(timeHint),
			initial: '',
			problem: text =>
				momentOfWords(text, now, view.logs.times === 'utc') === null
					? say(['Invalid time', '시각이 올바르지 않습니다'])
					: null,
			next: text => {
				const ms = momentOfWords(text, now, view.logs.times === 'utc');
				return changed(later => (ms === null ? later : atMoment({ ...context, view: later }, ms)));
			},
		},
	};
}

const timeHint: Text = [
	'Examples: 14:03, 14:03:21, 5m (ago), 11-24, yesterday, 11-24 14:03',
	'예: 14:03, 14:03:21, 5m(5분 전), 11-24, yesterday(어제), 11-24 14:03',
];

function atMoment({ view, log, say }: ActionContext, ms: number): ViewState {
	const position = log.view.atTime(ms);
	if (position === null)
		return { ...view, hint: say(['No log lines at that time or later', '그 시각이나 이후의 로그가 없습니다']) };
	const earliest = log.view.atTime(Number.NEGATIVE_INFINITY);
	const first = earliest === null ? null : log.view.sequence.lineAt(earliest)?.loggedAt;
	const hint =
		first !== null && first !== undefined && ms < first - 1000
			? say(['The log starts later', '로그는 그보다 늦게 시작합니다'])
			: '';
	return { ...withLogs(view, movedTo(log, view.logs, position)), hint };
}

export function toRunStart(context: ActionContext): ViewState {
	const { state, view, say } = context;
	const { run } = shownPipeline(state, view.dagId, view.dagRunId);
	const at = run?.startedAt ?? run?.logicalDate;
	if (!at)
		return { ...view, hint: say(['The shown DAG run has not started', '표시된 DAG 실행이 시작되지 않았습니다']) };
	return atMoment(context, at);
}

export const timesInWords: Readonly<Record<TimeStyle, Text>> = {
	local: ['Times are local', '현지 시각으로 표시합니다'],
	utc: ['Times are UTC', 'UTC로 표시합니다'],
	relative: ['Times are ages', '경과 시간으로 표시합니다'],
	off: ['Times are hidden', '시각을 표시하지 않습니다'],
};
