import type { Tone } from '../model/task-state.ts';
import type { TaskNews, TimelineEntry, TimelineFact } from '../model/timeline-entry.ts';
import type { Language } from '../words/language.ts';
import { render } from '../words/message.ts';

export type TimelineText = { readonly subject: string; readonly words: string; readonly tone: Tone };

/** What a timeline entry says to people. Outside text in it (a log line, a failure's message) is as the entry has it. */
export function timelineText({ subject, fact }: TimelineEntry, language: Language = 'en'): TimelineText {
	return { subject: subjectWords(subject, fact), ...factWords(fact, language) };
}

function subjectWords(subject: string, fact: TimelineFact): string {
	if (fact.type === 'feed failed' || fact.type === 'feed back') return `${subject} (${fact.feed})`;
	if (fact.type === 'page failed' || fact.type === 'page back') return `page of ${subject}`;
	return subject;
}

function factWords(fact: TimelineFact, language: Language): { words: string; tone: Tone } {
	switch (fact.type) {
		case 'container started':
			return { words: 'started', tone: 'active' };
		case 'container ended':
			return {
				words: fact.exitCode === null ? 'ended' : `ended with exit code ${fact.exitCode}`,
				tone: fact.exitCode === 0 || fact.isStopped ? 'warning' : 'bad',
			};
		case 'container out of memory':
			return {
				words: fact.isWhole
					? 'was killed for want of memory (OOM)'
					: 'a process of it was killed for want of memory (OOM)',
				tone: 'bad',
			};
		case 'container paused':
			return { words: 'paused', tone: 'warning' };
		case 'container unpaused':
			return { words: 'goes on after its pause', tone: 'good' };
		case 'container removed':
			return { words: 'removed', tone: 'warning' };
		case 'container healthy':
			return { words: 'became healthy', tone: 'good' };
		case 'container unhealthy':
			return { words: 'became unhealthy', tone: 'bad' };
		case 'feed failed':
			return { words: render(fact.message, language), tone: 'bad' };
		case 'page failed':
			return { words: fact.message ? render(fact.message, language) : 'does not answer', tone: 'bad' };
		case 'feed back':
		case 'page back':
			return { words: 'answers again', tone: 'good' };
		case 'run began':
			return { words: `run ${fact.dagRunId} began`, tone: 'active' };
		case 'run ended':
			return { words: `run ${fact.dagRunId}: ${fact.state}`, tone: fact.state === 'success' ? 'good' : 'bad' };
		case 'task began':
			return { words: fact.tryNumber > 1 ? `try ${fact.tryNumber} began` : 'began', tone: 'active' };
		case 'task ended':
			return taskWords[fact.state];
		case 'task explained':
			return { words: fact.reason, tone: 'bad' };
		case 'log errors':
			return { words: fact.more > 0 ? `${fact.text} (and ${fact.more} more)` : fact.text, tone: 'bad' };
		case 'action begun':
			return { words: 'begun by you', tone: 'odd' };
		case 'action ended':
			return { words: `${fact.outcome}: ${fact.message}`, tone: outcomeTones[fact.outcome] };
	}
}

const taskWords: Readonly<Record<TaskNews, { words: string; tone: Tone }>> = {
	success: { words: 'success', tone: 'good' },
	failed: { words: 'failed', tone: 'bad' },
	up_for_retry: { words: 'failed, and is tried again', tone: 'warning' },
	upstream_failed: { words: 'not begun: a task before it failed', tone: 'warning' },
	skipped: { words: 'skipped', tone: 'odd' },
};

const outcomeTones: Readonly<Record<Extract<TimelineFact, { type: 'action ended' }>['outcome'], Tone>> = {
	done: 'good',
	failed: 'bad',
	unknown: 'warning',
};
