import { expect, test } from 'vitest';
import type { TimelineEntry, TimelineFact } from '../../source/model/timeline-entry.ts';
import { timelineText } from '../../source/presentation/timeline-text.ts';
import { quoted } from '../../source/words/message.ts';

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
	[{ type: 'container ended', exitCode: null, isStopped: false }, 'mlflow: exited', 'bad'],
	[{ type: 'container ended', exitCode: 0, isStopped: false }, 'mlflow: exited with code 0', 'warning'],
	[{ type: 'container ended', exitCode: 143, isStopped: true }, 'mlflow: exited with code 143', 'warning'],
	[{ type: 'container out of memory', isWhole: true }, 'mlflow: OOM-killed', 'bad'],
	[{ type: 'container paused' }, 'mlflow: paused', 'warning'],
	[{ type: 'container unpaused' }, 'mlflow: unpaused', 'good'],
	[{ type: 'container removed' }, 'mlflow: removed', 'warning'],
	[{ type: 'container unhealthy' }, 'mlflow: became unhealthy', 'bad'],
	[{ type: 'feed back', feed: 'models' }, 'mlflow (models): responds again', 'good'],
	[{ type: 'page failed', message: null }, 'mlflow web page: does not respond', 'bad'],
	[{ type: 'page back' }, 'mlflow web page: responds again', 'good'],
	[{ type: 'task ended', state: 'up_for_retry' }, 'mlflow: failed, will be retried', 'warning'],
	[{ type: 'log errors', text: 'boom', more: 0 }, 'mlflow: boom', 'bad'],
	[
		{ type: 'action ended', title: quoted('stop mlflow'), outcome: 'unknown', message: quoted('no answer') },
		'stop mlflow: outcome unknown: no answer',
		'warning',
	],
])('%j', (fact, text, tone) => {
	const said = timelineText(entry(fact), 'en');
	expect([`${said.subject}: ${said.words}`, said.tone]).toEqual([text, tone]);
});
