import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod/mini';
import { atTheEnd } from '../at-the-end.ts';
import { configureFlowrs, start } from '../programs.ts';
import { atRest, one, pressKeys, type Scenario } from '../scenario.ts';
import type { Look } from '../screen.ts';

const addressesShape = z.object({ dockerHost: z.string(), airflowUrl: z.string(), mlflowUrl: z.string() });
const presses = 30;

let server: ChildProcess | undefined;
let addresses: z.infer<typeof addressesShape> | undefined;

const whole: Look = lines => lines.slice(1, -1).join('\n');

export const dagScenario: Scenario = {
	name: 'dag',
	about: `A DAG of 500 tasks with a run active, on the embedded servers; ${presses} presses a run`,
	programs: all => all.filter(({ watches }) => watches === 'both' || watches === 'airflow'),
	async prepare() {
		const started = spawn(process.execPath, [join(import.meta.dirname, '../big-dag-server.ts'), '500'], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		server = started;
		atTheEnd(() => started.kill());
		for await (const line of createInterface({ input: started.stdout })) {
			addresses = addressesShape.parse(JSON.parse(line));
			break;
		}
		if (addresses === undefined) throw new Error('the embedded servers did not start');
		configureFlowrs(addresses.airflowUrl);
	},
	async measure(program, { seconds }) {
		const isOurs = program.watches === 'both';
		const { dockerHost = '', airflowUrl = '', mlflowUrl = '' } = addresses ?? {};
		const where = ['--docker-host', dockerHost, '--airflow-url', airflowUrl, '--mlflow-url', mlflowUrl];
		const screen = start(program, { args: isOurs ? [...where, '--dag', 'big_dag'] : [] });
		try {
			const at = await screen.mustShow('the tasks', lines =>
				lines.some(line => (isOurs ? /task_\d|task_/.test(line) : /big_dag/.test(line))),
			);
			await delay(4000);
			const figures = await atRest(screen, seconds);
			if (!isOurs) return { ...figures, named: one(at - screen.startedAt) };
			// The pipeline pane; from task to task.
			screen.write('2');
			await delay(500);
			const key = await pressKeys(screen, { back: '\x1b[D', forth: '\x1b[C', look: whole }, presses);
			return { ...figures, named: one(at - screen.startedAt), key };
		} finally {
			await screen.end();
		}
	},
	async finish() {
		server?.kill();
		configureFlowrs('http://localhost:8082');
	},
};
