import type { StateSymbol, Tone } from '../../../model/airflow/task-state.ts';
import type { StackState } from '../../../model/state.ts';
import type { TimelineEntry, TimelineKind } from '../../../model/timeline-entry.ts';
import { momentToSecond } from '../../../presentation/format.ts';
import { timelineText } from '../../../presentation/timeline-text.ts';
import { memoised } from '../../../selectors/memo.ts';
import { languages, type Text } from '../../../words/language.ts';
import type { Browse } from '../../conversation.ts';
import { type BrowseColumn, holds, sorted } from '../columns.ts';

export const timelineKindTexts: Readonly<Record<string, Text>> & Readonly<Record<TimelineKind, Text>> = {
	container: ['container', '컨테이너'],
	server: ['server', '서버'],
	run: ['DAG run', 'DAG 실행'],
	task: ['task', '작업'],
	log: ['log', '로그'],
	action: ['action', '동작'],
	audit: ['Airflow user', 'Airflow 사용자'],
};

/** The oldest first, unless sorted otherwise. */
export function timelineRows({ timeline }: StackState, { state, filter, sort }: Browse): readonly TimelineEntry[] {
	return rowsOf(timeline, state, filter, sort);
}

const rowsOf = memoised(
	(
		timeline: readonly TimelineEntry[],
		kind: string | null,
		filter: string,
		sort: string | null,
	): readonly TimelineEntry[] => {
		const rows = timeline.filter(entry => {
			if (kind !== null && entry.kind !== kind) return false;
			if (filter === '') return true;
			// In both languages.
			const texts = languages.map(language => timelineText(entry, language));
			const kinds = timelineKindTexts[entry.kind];
			return holds(filter, ...kinds, entry.project, ...texts.flatMap(({ subject, words }) => [subject, words]));
		});
		return sort === null ? rows : sorted(rows, timelineColumns, sort);
	},
);

export const timelineColumns: readonly BrowseColumn<TimelineEntry>[] = [
	{
		id: 'time',
		heading: ['TIME', '시각'],
		align: 'left',
		priority: 0,
		order: entry => entry.at,
		span: (entry, { now }) => ({
			text: momentToSecond(entry.at, now),
		}),
	},
	{
		id: 'kind',
		heading: ['KIND', '종류'],
		align: 'left',
		priority: 2,
		order: entry => entry.kind,
		span: (entry, { say }) => ({ text: say(timelineKindTexts[entry.kind]), tone: 'muted' }),
	},
	{
		id: 'subject',
		heading: ['SUBJECT', '대상'],
		align: 'left',
		priority: 0,
		order: entry => timelineText(entry, 'en').subject,
		span: (entry, { ownProject, language }) => {
			const { subject } = timelineText(entry, language);
			return { text: [null, ownProject].includes(entry.project) ? subject : `${entry.project}/${subject}` };
		},
	},
	{
		id: 'words',
		heading: ['EVENT', '이벤트'],
		align: 'left',
		priority: 1,
		order: entry => timelineText(entry, 'en').words,
		span: (entry, { glyphs, language }) => {
			const { words, tone } = timelineText(entry, language);
			return { text: `${glyphs.state[toneSymbols[tone]]} ${words}`, tone };
		},
	},
];

/** State is never shown by colour only. */
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
