import { expect, test } from 'vitest';
import type { TimelineEntry, TimelineFact } from '../../source/model/timeline-entry.ts';
import { timelineText } from '../../source/presentation/timeline-text.ts';

const entry = (fact: TimelineFact, subject = 'mlflow'): TimelineEntry => ({
	key: 'x',
	at: 0,
	kind: 'container',
	subject,
	project: null,
	fact,
	place: null,
});

test.each<[TimelineFact, string, string]>([
	[{ type: 'container ended', exitCode: null, isStopped: false }, 'mlflow: ended', 'bad'],
	[{ type: 'container ended', exitCode: 0, isStopped: false }, 'mlflow: ended with exit code 0', 'warning'],
	[{ type: 'container ended', exitCode: 143, isStopped: true }, 'mlflow: ended with exit code 143', 'warning'],
	[{ type: 'container out of memory', isWhole: true }, 'mlflow: was killed for want of memory (OOM)', 'bad'],
	[{ type: 'container paused' }, 'mlflow: paused', 'warning'],
	[{ type: 'container unpaused' }, 'mlflow: goes on after its pause', 'good'],
	[{ type: 'container removed' }, 'mlflow: removed', 'warning'],
	[{ type: 'container unhealthy' }, 'mlflow: became unhealthy', 'bad'],
	[{ type: 'feed back', feed: 'models' }, 'mlflow (models): answers again', 'good'],
	[{ type: 'page failed', message: null }, 'page of mlflow: does not answer', 'bad'],
	[{ type: 'page back' }, 'page of mlflow: answers again', 'good'],
	[{ type: 'task ended', state: 'up_for_retry' }, 'mlflow: failed, and is tried again', 'warning'],
	[{ type: 'log errors', text: 'boom', more: 0 }, 'mlflow: boom', 'bad'],
	[{ type: 'action ended', outcome: 'unknown', message: 'no answer' }, 'mlflow: unknown: no answer', 'warning'],
])('%j', (fact, text, tone) => {
	const said = timelineText(entry(fact));
	expect([`${said.subject}: ${said.words}`, said.tone]).toEqual([text, tone]);
});
