import { expect, test } from 'vitest';
import type { Finding } from '../../source/model/finding.ts';
import { findingText } from '../../source/presentation/finding-text.ts';
import { phrase, quoted } from '../../source/words/message.ts';
import { now, stateOf } from '../diagnosis/stack.ts';

test('what a fix interrupts stands below that fix, before its command, in both languages', () => {
	const finding: Finding = {
		id: 'any x',
		rule: 'any',
		subject: 'x',
		severity: 'critical',
		since: null,
		title: quoted('title'),
		cause: quoted('cause'),
		reason: quoted('reason'),
		evidence: [],
		impact: [],
		fixes: [
			{ message: quoted('harmless'), action: { kind: 'advice' } },
			{
				message: quoted('restart it'),
				action: { kind: 'container', verb: 'restart', container: 'airflow-worker' },
				interrupts: [phrase(['Interrupts {n} tasks', '작업 {n}개 중단'], { n: 2 }), quoted('second risk')],
			},
		],
		explainedBy: null,
	};
	for (const [language, first] of [
		['en', 'Interrupts 2 tasks'],
		['ko', '작업 2개 중단'],
	] as const) {
		const lines = findingText({ finding, followers: [], state: stateOf(), now, language });
		const texts = lines.map(line => line.map(({ text }) => text).join(''));
		const at = texts.findIndex(text => text.includes('restart it'));
		expect(texts.slice(at, at + 4).map(text => text.trim())).toEqual([
			'2 restart it',
			first,
			'second risk',
			expect.stringMatching(/^\$ .*restart airflow-worker$/),
		]);
		// It stands out.
		expect(lines[at + 1]).toMatchObject([{ tone: 'warning' }]);
	}
});
