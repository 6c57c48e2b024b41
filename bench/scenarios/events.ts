import { setTimeout as delay } from 'node:timers/promises';
import { type EngineEvents, listenToEngine } from '../engine-events.ts';
import { docker, populate } from '../load.ts';
import { isReady, type Program, start } from '../programs.ts';
import type { Figures } from '../results.ts';
import type { Scenario } from '../scenario.ts';
import type { Screen } from '../screen.ts';

const withHealthCheck = 'zz-health';
const stopped = 'zz-state';
const triesEach = 3;
const neverMs = 6000;

let names: string[] = [];
let events: EngineEvents | undefined;

/** From the engine's event to the change on the screen, ms; null: none within the time. */
async function timed(
	screen: Screen,
	program: Program,
	{ command, action, name }: { command: string[]; action: string; name: string },
): Promise<number | null> {
	const look = program.stateOf?.(name);
	if (look === undefined || events === undefined) return null;
	const before = look(screen.lines(), screen);
	const since = Date.now() - 5;
	const seen = screen.waitFor((lines, on) => look(lines, on) !== before, neverMs);
	const ran = docker(...command);
	const [at] = await Promise.all([seen, ran]);
	const event = await events.first(action, name, since);
	// The engine's clock and ours are the host's; that of `performance` runs in parallel.
	return at === null || event === null ? null : at - (event - (Date.now() - performance.now()));
}

export const eventsScenario: Scenario = {
	name: 'events',
	about:
		'From the event, by the clock of the engine, to the screen: a container ends, starts, turns unhealthy and well; 12 containers',
	programs: all => all.filter(({ stateOf }) => stateOf !== undefined),
	async prepare() {
		events = await listenToEngine();
		names = await populate(12, { [withHealthCheck]: 'with health check', [stopped]: 'quiet' });
		await delay(3000);
	},
	async measure(program) {
		const screen = start(program);
		const figures: Figures = { stop: [], start: [], unhealthy: [], healthy: [] };
		try {
			await screen.mustShow('the first names', isReady(program, names, Math.min(4, program.listed)));
			await delay(2500);
			if (program.toNewest !== undefined) screen.write(program.toNewest);
			await screen.mustShow(stopped, lines => lines.some(line => line.includes(stopped)));
			for (let tried = 0; tried < triesEach; tried++) {
				await delay(1200 + Math.random() * 1000);
				const kill = { command: ['kill', stopped], action: 'die', name: stopped };
				figures.stop?.push(await timed(screen, program, kill));
				await delay(1200 + Math.random() * 1000);
				const go = { command: ['start', stopped], action: 'start', name: stopped };
				figures.start?.push(await timed(screen, program, go));
				if (program.showsHealth !== true) continue;
				await delay(800 + Math.random() * 1000);
				const infect = {
					command: ['exec', withHealthCheck, 'touch', '/tmp/sick'],
					action: 'health_status',
					name: withHealthCheck,
				};
				figures.unhealthy?.push(await timed(screen, program, infect));
				await delay(800 + Math.random() * 1000);
				const cure = {
					command: ['exec', withHealthCheck, 'rm', '/tmp/sick'],
					action: 'health_status',
					name: withHealthCheck,
				};
				figures.healthy?.push(await timed(screen, program, cure));
			}
			return figures;
		} finally {
			await screen.end();
			await docker('start', stopped);
			await docker('exec', withHealthCheck, 'rm', '-f', '/tmp/sick');
			await delay(1500);
		}
	},
	async finish() {
		events?.close();
	},
};
