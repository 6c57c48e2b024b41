import { expect, test } from 'vitest';
import { acknowledgementsProblem } from '../../../../source/model/acknowledgement.ts';
import type { Observation } from '../../../../source/model/observation.ts';
import { airflow, diagnosed, engine, mlflow, now, screenOf } from '../../screens.tsx';

const unread: Observation = {
	at: now,
	type: 'acknowledgements read',
	acknowledgements: [],
	problem: acknowledgementsProblem('others may write', { path: '/home/ops/acknowledgements.jsonl' }),
};
const healthy = [...engine(), ...airflow([]), ...mlflow()];

test.each([
	['en', 'Acknowledgements were not read: other users can write to /home/ops/acknowledgements.jsonl'],
	['ko', '확인 처리 기록을 읽지 않았습니다. 다른 사용자가 /home/ops/acknowledgements.jsonl에 쓸 수 있습니다'],
] as const)('acknowledgements that are not read are said where nothing is wrong (%s)', (language, words) => {
	const seen = diagnosed([...healthy, unread]);
	expect(screenOf({ seen, language, columns: 120 })).toContain(words);
	expect(screenOf({ seen: diagnosed(healthy), language })).not.toContain('Findings');
});

const down = [...engine({ 'airflow-worker': { state: 'exited' } }), ...airflow([]), ...mlflow(), unread];

test.each([80, 120])('they are reported beside the findings, in full (%d columns)', columns => {
	const screen = screenOf({ seen: diagnosed(down), columns });
	expect(screen).toMatch(/5 Findings ─ 1 critical ─ acknowledgements not read/);
	expect(screen).toMatch(/Acknowledgements were not read: .*\n.*airflow-worker exited/);
});

test('they are reported in an opened finding', () => {
	const screen = screenOf({ seen: diagnosed(down), view: { focus: 'findings', zoomed: true }, columns: 120 });
	expect(screen).toMatch(/Acknowledgements were not read: other users can write to/);
	expect(screen).toMatch(/Reason/);
});
