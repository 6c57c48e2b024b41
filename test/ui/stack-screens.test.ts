/** The overview of each demo stack, as the whole program draws it on its embedded servers. */
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { demoStacks } from '../../source/demo/index.ts';
import { demoStackNames } from '../../source/demo/stack-names.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { inUtc } from '../in-utc.ts';
import { soon } from '../patience.ts';
import { frameProblems } from '../terminal/frame-problems.ts';
import { screenOnStack } from './screen-on-stack.tsx';

inUtc();

/** All but the figures of containers, which change with every sample. */
const watch = [
	...(['containers', 'logs', 'endpoints', 'pipeline', 'dags', 'experiment', 'models'] as const),
	...(['diagnosis', 'airflow events'] as const),
];
const answered = { type: 'endpoint checked', ok: true, httpStatus: 200, answerMs: 4, problem: null } as const;

/** It stands still, for the servers too: all figures are those of one moment. */
const now = Date.UTC(2026, 10, 24, 14, 3, 21);
const clock: Clock = { now: () => now, sleep: systemClock.sleep };

const sizes = [
	[80, 24],
	[120, 40],
	[200, 60],
] as const;
const languages = ['en', 'ko'] as const;
/** The log pane before its first lines: how soon they come depends on the machine's load. */
const isReadingLog = /─ (connecting|연결 중) ─|No log lines yet|아직 로그가 없습니다/;
const all = demoStackNames.flatMap(name => languages.map(language => ({ name, language })));

test.each(all)('$name $language', async ({ name, language }) => {
	const here = await screenOnStack(demoStacks[name], { language, clock, watch });
	try {
		await here.untilAllIsThere();
		for (const [columns, rows] of sizes) {
			here.controls.resize(columns, rows);
			await vi.waitFor(() => {
				// How long the servers took is no part of the picture.
				for (const { id } of here.state().endpoints) here.monitor.observe({ ...answered, id });
				const frame = here.frame();
				expect(frame.trimEnd().split('\n')).toHaveLength(rows);
				expect(frame).not.toMatch(/✔ (Airflow|MLflow|Trino|Grafana|Superset) \d/);
				expect(frame).not.toMatch(isReadingLog);
			}, soon);
			const screen = here.frame().replaceAll(/(?<=127\.0\.0\.1:)\d{5}|\d{5}(?=:\d)/g, '#####');
			const file = `stack-${name}-${language}-${columns}x${rows}.txt`;
			await expect(screen).toMatchFileSnapshot(join(import.meta.dirname, 'golden', file));
			expect(frameProblems(screen.trimEnd().split('\n'), columns)).toEqual([]);
		}
	} finally {
		await here.close();
	}
});
