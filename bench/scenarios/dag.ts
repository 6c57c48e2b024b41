import { setTimeout as delay } from 'node:timers/promises';
import { type Embedded, startEmbedded } from '../embedded.ts';
import { configureFlowrs, type Program, type StartOptions, start } from '../programs.ts';
import { atRest, one, pressKeys, type Scenario } from '../scenario.ts';
import type { Look } from '../screen.ts';

const presses = 30;

let embedded: Embedded | undefined;

const whole: Look = lines => lines.slice(1, -1).join('\n');

function startOptions(program: Program): StartOptions {
	const options = embedded?.startOptions(program) ?? {};
	return program.watches === 'both' ? { ...options, args: [...(options.args ?? []), '--dag', 'big_dag'] } : options;
}

export const dagScenario: Scenario = {
	name: 'dag',
	about: `A DAG of 500 tasks with a run active, on the embedded servers; ${presses} presses a run`,
	programs: all => all.filter(({ watches }) => watches === 'both' || watches === 'airflow'),
	isOnEmbedded: true,
	startOptions,
	async prepare() {
		embedded = await startEmbedded('--big-dag', '500');
		configureFlowrs(embedded.airflowUrl);
	},
	async measure(program, { seconds }) {
		const isOurs = program.watches === 'both';
		const screen = start(program, startOptions(program));
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
		embedded?.stop();
		configureFlowrs('http://localhost:8082');
	},
};
