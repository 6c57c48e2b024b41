import { afterEach, expect, test } from 'vitest';
import { type Monitor, startMonitor } from '../../source/app/monitor.ts';
import { loadConfig } from '../../source/config/load.ts';
import { defaults, openValues } from '../../source/config/options.ts';
import type { Config } from '../../source/config/schema.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import type { Observation } from '../../source/model/observation.ts';
import type { Clock } from '../../source/model/time/clock.ts';

let demo: DemoStack | undefined;
let monitor: Monitor | undefined;
afterEach(async () => {
	await monitor?.stop();
	await demo?.close();
});

async function configOf({ dockerHost }: DemoStack): Promise<Config> {
	const { config } = await loadConfig({}, {}, null);
	return {
		...config,
		dockerHost: { kind: 'unix', address: dockerHost, origin: 'test', tlsDirectory: null },
		options: { ...openValues(defaults), stats_interval: 1 },
		demo: true,
	};
}

/** A clock that the test moves: sleepers continue in the order of their time. */
class SteppedClock implements Clock {
	#now = Date.UTC(2026, 10, 24, 9);
	#waiting: { at: number; go: () => void }[] = [];

	now = () => this.#now;

	sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
		new Promise(resolve => {
			if (signal?.aborted) return resolve();
			const one = { at: this.#now + ms, go: resolve };
			this.#waiting.push(one);
			const stop = () => {
				this.#waiting = this.#waiting.filter(other => other !== one);
				resolve();
			};
			signal?.addEventListener('abort', stop, { once: true });
		});

	step(ms: number): void {
		this.#now += ms;
		const due = this.#waiting.filter(({ at }) => at <= this.#now);
		this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
		for (const { go } of due.toSorted((a, b) => a.at - b.at)) go();
	}
}

/**
 * Until all requests are answered: servers and clients talk over real sockets, and that clock must not run ahead of
 * them. Turns of the event loop without a new request prove it, because both are in this process.
 */
async function answered({ scenario }: DemoStack): Promise<void> {
	const asked = () => scenario.requests('docker') + scenario.requests('airflow') + scenario.requests('mlflow');
	let before = asked();
	for (let quiet = 0; quiet < 4; ) {
		await new Promise(resolve => setTimeout(resolve, 0));
		const now = asked();
		quiet = now === before ? quiet + 1 : 0;
		before = now;
	}
}

test('an hour of the demo: its faults are found, and nothing else', async () => {
	const clock = new SteppedClock();
	demo = await startDemo({ now: clock.now });
	const found = new Map<string, number>();
	const onObservation = (seen: Observation) => {
		if (seen.type !== 'findings changed') return;
		for (const { id, explainedBy } of seen.findings) if (explainedBy === null) found.set(id, (found.get(id) ?? 0) + 1);
	};
	monitor = startMonitor({ config: await configOf(demo), compose: demo.compose, clock, onObservation });
	for (let elapsed = 0; elapsed < 3_600_000; elapsed += 1000) {
		clock.step(1000);
		demo.scenario.tick();
		await answered(demo);
	}
	// The autopilot makes these two unhealthy in turn, and tasks of the pipeline fail.
	const expected =
		/^(container unhealthy (airflow-worker|mlflow)|page unreachable mlflow|task failed ml_pipeline_end_to_end\/)/;
	expect([...found.keys()].filter(id => !expected.test(id))).toEqual([]);
	expect(found.has('container unhealthy airflow-worker')).toBe(true);
	expect(found.has('container unhealthy mlflow')).toBe(true);
});
