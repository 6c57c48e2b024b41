import type { Monitor } from '../app/monitor.ts';
import { displayName } from '../model/container.ts';
import { serviceLook } from '../model/service-state.ts';
import type { ContainerState } from '../model/state.ts';
import { stopwatch } from '../presentation/format.ts';
import { textIn } from '../words/language.ts';
import { render } from '../words/message.ts';
import type { Waited } from './change.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { ProgressLine } from './progress-line.ts';

const tickMs = 500;
const usualTimeoutMs = 300_000;

const wordOf = (service: ContainerState) => textIn(serviceLook(service).word, 'en');

/** Waits until containers are up and healthy, as far as they have a health check; one that ends is not waited for. */
export async function waitForHealth(
	context: CommandContext,
	monitor: Monitor,
	names: readonly string[],
): Promise<Waited> {
	const { io, given, signal, say } = context;
	const { store, clock } = monitor;
	const startedAt = clock.now();
	const timeoutMs = given.durationMs('timeout') ?? usualTimeoutMs;
	const progress = await ProgressLine.for(context);
	const told = new Map<string, string>();
	// What was seen before the change is not what is waited for, and the events of it may still be on their way.
	for (const service of names.flatMap(name => byName(monitor, name) ?? [])) {
		const detail = await monitor.clients.docker.inspect(service.container.id, signal);
		monitor.observe({ type: 'container inspected', detail });
	}
	try {
		for (;;) {
			const now = names.flatMap(name => byName(monitor, name) ?? []);
			const up = now.filter(service => serviceLook(service).grade === 'up');
			if (progress) {
				const { glyphs } = progress.style;
				const waiting = now.filter(service => !up.includes(service));
				progress.draw([
					{ text: `${glyphs.state.running} ${up.length}/${names.length} healthy`, tone: 'active' },
					{
						text: `  ${waiting.map(service => `${displayName(service)} ${wordOf(service)}`).join(', ')}`,
					},
					{ text: `  ${stopwatch(clock.now() - startedAt)}`, tone: 'muted' },
				]);
			} else {
				for (const service of now) {
					const word = wordOf(service);
					if (told.get(service.container.name) === word) continue;
					told.set(service.container.name, word);
					io.stderr.write(`${displayName(service)}: ${word}\n`);
				}
			}
			if (up.length === names.length) {
				return { exitCode: exitCodes.ok, message: `healthy after ${stopwatch(clock.now() - startedAt)}` };
			}
			const ended = now.find(({ container }) => container.state === 'exited' || container.state === 'dead');
			if (ended && clock.now() - startedAt > 2000) {
				return {
					exitCode: exitCodes.failed,
					message: `${displayName(ended)} has ended (${wordOf(ended)})`,
				};
			}
			const feed = store.current().feeds.containers;
			if (feed.status === 'failed')
				return { exitCode: exitCodes.unreachable, message: render(feed.failure.message, context.config.language) };
			if (signal.aborted) {
				say('only the waiting was ended');
				return { exitCode: exitCodes.interrupted, message: '' };
			}
			if (clock.now() - startedAt >= timeoutMs) {
				const words = now.filter(one => !up.includes(one)).map(one => `${displayName(one)} is ${wordOf(one)}`);
				return {
					exitCode: exitCodes.unreachable,
					message: `after ${stopwatch(timeoutMs)} ${words.join(', ')}; it is not waited for any more`,
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
