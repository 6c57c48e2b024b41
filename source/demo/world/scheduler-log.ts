import { say } from './container-log.ts';
import { logTime } from './time.ts';
import { partOf, type World } from './world.ts';

/** A line of Airflow's scheduler, including colours. */
export function schedulerSays(world: World, file: string, line: number, text: string, level = 'INFO'): void {
	const scheduler = partOf(world, 'scheduler');
	if (scheduler === undefined) return;
	const lines = `[\u001b[34m${logTime.airflow(world.time)}\u001b[0m] {\u001b[34m${file}:\u001b[0m${line}} ${level}\u001b[0m - ${text}\u001b[0m`;
	for (const one of lines.split('\n')) say(scheduler, world.time, one);
}
