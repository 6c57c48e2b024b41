import type { StackState } from '../../../model/state.ts';
import type { StateSymbol, Tone } from '../../../model/task-state.ts';
import type { TimelineEntry } from '../../../model/timeline-entry.ts';
import { momentToSecond } from '../../../presentation/format.ts';
import { timelineText } from '../../../presentation/timeline-text.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds } from '../columns.ts';

/** What happened, of the wanted kind and with the wanted words, the oldest first. */
export function timelineRows(state: StackState, browse: Browse): readonly TimelineEntry[] {
	return state.timeline.filter(entry => {
		if (browse.state !== null && entry.kind !== browse.state) return false;
		const { subject, words } = timelineText(entry);
		return holds(browse.filter, entry.kind, entry.project, subject, words);
	});
}

export const timelineColumns: readonly BrowseColumn<TimelineEntry>[] = [
	{
		id: 'time',
		heading: 'TIME',
		align: 'left',
		priority: 0,
		order: entry => entry.at,
		span: (entry, { now }) => ({
			text: momentToSecond(entry.at, now),
		}),
	},
	{
		id: 'kind',
		heading: 'WHAT',
		align: 'left',
		priority: 2,
		order: entry => entry.kind,
		span: entry => ({ text: entry.kind, tone: 'muted' }),
	},
	{
		id: 'subject',
		heading: 'WHO',
		align: 'left',
		priority: 0,
		order: entry => timelineText(entry).subject,
		span: (entry, { ownProject }) => {
			const { subject } = timelineText(entry);
			return { text: [null, ownProject].includes(entry.project) ? subject : `${entry.project}/${subject}` };
		},
	},
	{
		id: 'words',
		heading: 'HAPPENED',
		align: 'left',
		priority: 1,
		order: entry => timelineText(entry).words,
		span: (entry, { glyphs }) => {
			const { words, tone } = timelineText(entry);
			return { text: `${glyphs.state[toneSymbols[tone]]} ${words}`, tone };
		},
	},
];

/** State is never colour alone. */
const toneSymbols: Readonly<Record<Tone, StateSymbol>> = {
	good: 'success',
	active: 'running',
	bad: 'failed',
	warning: 'warning',
	waiting: 'none',
	odd: 'deferred',
	muted: 'none',
	plain: 'none',
};
