import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { populate, usualContainers, watchedServers } from '../load.ts';
import { nobody, type Program, start } from '../programs.ts';
import { atRest, type Scenario } from '../scenario.ts';

const run = promisify(execFile);
let laketop: Program | undefined;

/** Starts a run with slow tasks, and waits until it is running; returns a function that stops it. */
async function startRun(paceSeconds: number): Promise<() => Promise<void>> {
	const program = laketop;
	if (program === undefined) throw new Error('laketop is not among the programs');
	const ask = (...words: string[]) => run(program.command, [...program.args, ...words], { encoding: 'utf8' });
	await ask('trigger', '--conf', JSON.stringify({ pace: paceSeconds, rows: 1000 }), '--yes');
	await delay(4000);
	return async () => {
		await ask('stop-run', '--run', 'newest', '--yes');
	};
}

/** What Airflow and MLflow spend because they are watched. */
function watchedScenario(name: string, about: string, isActive: boolean): Scenario {
	return {
		name,
		about,
		programs: all => {
			laketop = all.find(({ watches }) => watches === 'both');
			return [nobody, ...all.filter(({ watches }) => watches !== 'containers')];
		},
		async prepare() {
			await populate(usualContainers);
		},
		async measure(program, { seconds }) {
			const length = seconds * 2;
			// Seven tasks: the run lasts longer than the measurement.
			const stop = isActive ? await startRun(Math.ceil(length / 3)) : undefined;
			const screen = start(program);
			try {
				await screen.mustShow('the pipeline', lines => lines.some(line => /ml_pipeline|ready/.test(line)));
				await delay(6000);
				// flowrs watches the runs of the opened DAG.
				if (program.name === 'flowrs') {
					screen.write('j');
					await delay(300);
					screen.write('\r');
					await delay(1500);
				}
				return await atRest(screen, length, await watchedServers());
			} finally {
				await screen.end();
				await stop?.();
			}
		},
	};
}

export const watchedScenarios: readonly Scenario[] = [
	watchedScenario('watched-idle', 'What Airflow and MLflow spend on being watched while no run is active', false),
	watchedScenario('watched-active', 'The same while a run of the pipeline is active', true),
];
