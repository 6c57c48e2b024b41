import type { Monitor } from '../../app/monitor.ts';
import { displayName } from '../../model/engine/container.ts';
import { serviceLook } from '../../model/engine/health-symbol.ts';
import type { ContainerState } from '../../model/state.ts';
import { stopwatch } from '../../presentation/format.ts';
import { joined, type Message, phrase, render } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { exitCodes } from '../rows/command.ts';
import type { Waited } from './change.ts';
import { ProgressLine } from './progress-line.ts';

/** Twice a second: the line shows a clock in seconds. */
const tickMs = 500;
/** Longer than the start periods of Airflow's health checks. */
const defaultTimeoutMs = 300_000;
/** An exit reported sooner may be the one that the change itself caused, ms. */
const settleMs = 2000;

/** `airflow-worker: unhealthy` */
function stateOf(service: ContainerState): Message {
	return phrase(['{name}: {state}', '{name}: {state}'], {
		name: displayName(service),
		state: phrase(serviceLook(service).word),
	});
}

/** Waits until containers are up, and healthy if they have a health check; fails if one of them exits. */
export async function waitForHealth(
	context: CommandContext,
	monitor: Monitor,
	names: readonly string[],
): Promise<Waited> {
	const { io, given, language, signal, say } = context;
	const { store, clock } = monitor;
	const startedAt = clock.now();
	const timeoutMs = given.durationMs('timeout') ?? defaultTimeoutMs;
	const progress = await ProgressLine.for(context);
	const reported = new Map<string, string>();
	// States from before the change do not count, and its events may still be on their way.
	for (const service of names.flatMap(name => byName(monitor, name) ?? [])) {
		const detail = await monitor.clients.docker.inspect(service.container.id, signal);
		monitor.observe({ type: 'container inspected', detail });
	}
	try {
		for (;;) {
			const now = names.flatMap(name => byName(monitor, name) ?? []);
			const up = now.filter(service => ['up', 'done'].includes(serviceLook(service).grade));
			const waiting = now.filter(service => !up.includes(service));
			const elapsed = stopwatch(clock.now() - startedAt);
			if (progress) {
				const { glyphs, say: write } = progress.style;
				const count = write(['{up}/{all} healthy', '정상 {up}/{all}'], { up: up.length, all: names.length });
				progress.draw([
					{ text: `${glyphs.state.running} ${count}`, tone: 'active' },
					{ text: `  ${waiting.map(service => render(stateOf(service), language)).join(', ')}` },
					{ text: `  ${elapsed}`, tone: 'muted' },
				]);
			} else {
				for (const service of now) {
					const state = render(stateOf(service), language);
					if (reported.get(service.container.name) === state) continue;
					reported.set(service.container.name, state);
					io.stderr.write(`${state}\n`);
				}
			}
			if (up.length === names.length) {
				const message = phrase(['healthy after {elapsed}', '{elapsed} 후 정상'], { elapsed });
				return { exitCode: exitCodes.ok, message };
			}
			const exited = waiting.find(({ container }) => container.state === 'exited' || container.state === 'dead');
			if (exited && clock.now() - startedAt > settleMs) {
				return { exitCode: exitCodes.failed, message: stateOf(exited) };
			}
			const feed = store.current().feeds.containers;
			if (feed.status === 'failed') return { exitCode: exitCodes.unreachable, message: feed.failure.message };
			if (signal.aborted) {
				say(
					phrase(['stopped waiting; the change itself is done', '기다리기를 멈췄습니다. 변경은 이미 완료되었습니다']),
				);
				return { exitCode: exitCodes.interrupted, message: null };
			}
			if (clock.now() - startedAt >= timeoutMs) {
				return {
					exitCode: exitCodes.unreachable,
					message: phrase(['timed out after {timeout}: {states}', '{timeout} 후 시간 초과: {states}'], {
						timeout: stopwatch(timeoutMs),
						states: joined(waiting.map(stateOf), ', '),
					}),
				};
			}
			await clock.sleep(tickMs, signal);
		}
	} finally {
		progress?.clear();
	}
}

function byName({ store }: Monitor, name: string): ContainerState | undefined {
	return Object.values(store.current().containers).find(({ container }) => container.name === name);
}
