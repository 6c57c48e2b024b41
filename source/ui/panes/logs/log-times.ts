import { shownPipeline } from '../../../selectors/shown-pipeline.ts';
import type { ActionContext, StepContext } from '../../actions/action.ts';
import { momentOfWords } from '../../actions/jump.ts';
import { cannot, changed } from '../../actions/step.ts';
import type { Effect, ViewState } from '../../conversation.ts';
import { withLogs } from './log-places.ts';
import type { TimeStyle } from './logs-state.ts';
import { movedTo } from './logs-window.ts';

export function askTime(context: StepContext): Effect {
	const { view, log, now } = context;
	const { sequence } = log.view;
	if (sequence.next === sequence.first) return cannot('There is no line here yet');
	return {
		kind: 'input',
		question: {
			title: 'Go to the time',
			hint: '14:03, 14:03:21, 5m (ago), a day (11-24, yesterday), with a time (11-24 14:03)',
			initial: '',
			problem: text => (momentOfWords(text, now, view.logs.times === 'utc') === null ? 'That is no time' : null),
			next: text => {
				const ms = momentOfWords(text, now, view.logs.times === 'utc');
				return changed(later => (ms === null ? later : atMoment({ ...context, view: later }, ms)));
			},
		},
	};
}

function atMoment({ view, log }: ActionContext, ms: number): ViewState {
	const position = log.view.atTime(ms);
	if (position === null) return { ...view, hint: 'No line is of that time or later' };
	const earliest = log.view.atTime(Number.NEGATIVE_INFINITY);
	const first = earliest === null ? null : log.view.sequence.lineAt(earliest)?.loggedAt;
	const hint = first !== null && first !== undefined && ms < first - 1000 ? 'The log that is held begins later' : '';
	return { ...withLogs(view, movedTo(log, view.logs, position)), hint };
}

export function toRunStart(context: ActionContext): ViewState {
	const { state, view } = context;
	const { run } = shownPipeline(state, view.dagId, view.dagRunId);
	const at = run?.startedAt ?? run?.logicalDate;
	if (!at) return { ...view, hint: 'The shown run has not begun' };
	return atMoment(context, at);
}

export const timesInWords: Readonly<Record<TimeStyle, string>> = {
	local: 'Times are local',
	utc: 'Times are UTC',
	relative: 'Times are how long ago it was',
	off: 'Times are not shown',
};
