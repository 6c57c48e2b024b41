/** Responses of a real Airflow 2.10.5. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { triesAnswer } from '../../../source/clients/airflow/task-answers.ts';

const json = (file: string) =>
	JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/recorded/airflow-2.10.5', file), 'utf8'));

test('tries: one that failed before it began has the start of the one before, and so none', () => {
	const tries = triesAnswer.parse(json('tries.json'));
	expect(tries.map(({ tryNumber, state }) => `${tryNumber} ${state}`)).toEqual(['1 failed', '2 failed']);
	const [first, second] = tries;
	expect(first?.endedAt).toBe(Date.parse('2026-11-30T11:55:53.501Z'));
	expect(second).toMatchObject({ startedAt: null, endedAt: Date.parse('2026-11-30T11:57:38.420Z') });
});
