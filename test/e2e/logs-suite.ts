/** Logs of tasks as they are written, on real Airflow servers of both generations; checked against the files of the workers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import type { AirflowStack } from './airflow-stack.ts';
import { bareEnvironment, newRunId, program } from './stack.ts';

/** A line of Airflow 3's files. Sub-second digits are those of Python: none if they are zero. */
const jsonLine = z.object({ timestamp: z.string(), event: z.string() });

/** What laketop printed, as far as it is to be every line of these files, once. */
const printed: Readonly<Record<AirflowStack['generation'], (text: string, files: string) => void>> = {
	2: (text, files) => expect(text).toBe(files),
	3: (text, files) => {
		const lines = text.split('\n').filter(line => line.startsWith('['));
		const events = files
			.trimEnd()
			.split('\n')
			.map(line => jsonLine.parse(JSON.parse(line)));
		expect(lines.map(line => line.slice(0, '[2026-11-30T18:58:54'.length))).toEqual(
			events.map(({ timestamp }) => `[${timestamp.slice(0, 19)}`),
		);
		for (const [index, { event }] of events.entries()) expect(lines[index]).toContain(event);
		// The details of an event are in the lines below it.
		expect(text.match(/^ValueError: \w+ was asked to fail/gm)).toHaveLength(1);
	},
};

/** Defines the test. It leaves a run that ends by itself. */
export function logsSuite(stackOf: () => AirflowStack): void {
	test('a task from queued to its end, the retry included; each line within two seconds of being written', async () => {
		const { api, dagId, tasks, generation, logsFolder } = stackOf();
		const [first = ''] = tasks;
		const id = newRunId();
		// A new DAG is paused, and later stays as other tests left it: its runs would wait.
		await api.setPaused(false);
		const begun = await api.start(id, { fail_at: first, fail_times: 1, rows: 2000, pace: 4 });
		expect(begun).toMatchObject({ dag_run_id: id });
		const { process: laketop, late, text, talk } = follow(['--dag', dagId, '--task', first, '--run', id]);
		const [code] = await once(laketop, 'exit');
		expect(code, talk()).toBe(0);
		expect(talk()).toMatch(new RegExp(`${first}, try 1 \\(from the file .*attempt=1\\.log\\)`));
		// The next try may start before the state between both was seen.
		expect(talk()).toMatch(/try 1: (up for retry|ended, the next try has started)[\s\S]*try 2: success/);
		const path = (tryNumber: number) =>
			join(logsFolder, `dag_id=${dagId}/run_id=${id}/task_id=${first}/attempt=${tryNumber}.log`);
		printed[generation](text(), [1, 2].map(tryNumber => readFileSync(path(tryNumber), 'utf8')).join(''));
		const latest = Math.max(...late);
		console.log(`${late.length} lines, the latest ${latest} ms after it was written`);
		expect(latest).toBeLessThan(2000);
	});

	/** `laketop logs --follow`: its output so far, and by how much each line came after its time, ms. */
	function follow(words: readonly string[]) {
		const { folder, stateFolder } = stackOf();
		const child = spawn(process.execPath, [program, 'logs', ...words, '--follow'], {
			cwd: folder,
			env: bareEnvironment(stateFolder),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		onTestFinished(() => void child.kill('SIGKILL'));
		let text = '';
		let talk = '';
		const late: number[] = [];
		child.stdout.setEncoding('utf8').on('data', (some: string) => {
			text += some;
			for (const line of some.split('\n')) {
				const stamp = /^\[(\d{4}-\d\d-\d\dT[\d:.]+)\+0000\]/.exec(line)?.[1];
				if (stamp) late.push(Date.now() - Date.parse(`${stamp}Z`));
			}
		});
		child.stderr.setEncoding('utf8').on('data', (some: string) => {
			talk += some;
		});
		return { process: child, late, text: () => text, talk: () => talk };
	}
}
