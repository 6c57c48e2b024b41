import type { DockerClient } from '../clients/docker.ts';
import { failureOf } from '../clients/failure.ts';
import { backoffMs } from '../feeds/schedule.ts';
import { gather } from '../gather.ts';
import { displayName } from '../model/container.ts';
import type { LogLine } from '../model/log-line.ts';
import { LogPlace, secondsOf } from '../model/log-place.ts';
import type { ContainerState, StackState } from '../model/state.ts';
import { type Monitor, startMonitor } from '../monitor.ts';
import { servicesInOrder } from '../ui/panes/services/services-view.ts';
import { fit, type Span } from '../ui/text.ts';
import { paint } from '../ui/theme.ts';
import { ownProject } from '../ui/view-state.ts';
import type { CommandContext } from './context.ts';
import { demandLive, nothingSuch } from './failures.ts';
import { type Given, UsageError } from './given.ts';
import type { Document } from './json/documents.ts';
import { servicesCalled } from './service-names.ts';
import { gatherMs } from './show.ts';
import { type Style, styleFor } from './style.ts';

/** Lines of each log where nobody says how many. */
const usualTail = 200;

/** `laketop logs` */
export async function run(context: CommandContext): Promise<number> {
	const { given } = context;
	if (given.text('task') !== undefined) {
		if (given.words.length > 0) throw taskOnly('SERVICE');
		if (given.text('since') !== undefined) throw taskOnly('--since');
		if (given.is('timestamps')) throw taskOnly('--timestamps');
		return (await import('./task-log.ts')).printTaskLog(context);
	}
	for (const option of ['run', 'try']) {
		if (given.text(option) !== undefined) {
			throw new UsageError(`--${option} is for the log of a task: --task names it`, 'See laketop logs --help');
		}
	}
	return containerLogs(context);
}

function taskOnly(what: string): UsageError {
	return new UsageError(`${what} is for the logs of containers, --task for that of a task`, 'See laketop logs --help');
}

async function containerLogs(context: CommandContext): Promise<number> {
	const { config, io, given, signal } = context;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers'] });
	try {
		await gather(monitor, ['containers'], gatherMs, signal);
		if (signal.aborted) return 0;
		const state = monitor.store.current();
		demandLive(state, 'containers');
		const services = servicesOf(state, ownProject(state, config.discovery.project), given.words);
		if (services.length === 0) throw nothingSuch('No container is on this engine', 'laketop up starts the stack');
		const printer = await linePrinter(context, services);
		const sources = services.map(service => ({ name: service.container.name, place: new LogPlace(), service }));
		const print = await printUntilNow(context, monitor.clients.docker, sources, printer);
		if (given.is('follow')) await Promise.all(sources.map(source => follow(context, monitor, source, print)));
		return 0;
	} finally {
		await monitor.stop();
	}
}

function servicesOf(state: StackState, project: string | null, words: readonly string[]): ContainerState[] {
	if (words.length > 0) return servicesCalled(state, project, words);
	const all = servicesInOrder(state, project);
	return project === null ? all : all.filter(({ container }) => container.project === project);
}

type Source = { readonly name: string; readonly place: LogPlace; readonly service: ContainerState };
type Print = (service: ContainerState, lines: readonly LogLine[]) => Promise<void>;

/** What was written until now, of all logs in the order of their time. Returns how to print what comes. */
async function printUntilNow(
	{ given, io, signal }: CommandContext,
	docker: DockerClient,
	sources: readonly Source[],
	print: Print,
): Promise<Print> {
	const since = given.moment('since', io.clock.now());
	const tail = given.text('tail') ?? (since === undefined ? String(usualTail) : 'all');
	const logs = await Promise.all(
		sources.map(async ({ service, place }) => {
			const { id } = service.container;
			place.containerId = id;
			const tty = service.detail?.tty ?? (await docker.inspect(id, signal)).tty;
			const request = {
				tty,
				follow: false,
				since: since === undefined ? undefined : secondsOf(new Date(since).toISOString()),
				tail: tail === 'all' ? undefined : Number(tail),
			};
			const lines: LogLine[] = [];
			for await (const some of docker.logs(id, request, signal)) lines.push(...some);
			return { service, lines: place.unseen(lines) };
		}),
	);
	const merged = logs
		.flatMap(({ service, lines }) => lines.map(line => ({ service, line })))
		.toSorted((a, b) => (stampOf(a.line) < stampOf(b.line) ? -1 : stampOf(a.line) > stampOf(b.line) ? 1 : 0));
	// In portions: a slow reader is waited for, and an interruption noticed.
	for (let at = 0; at < merged.length && !signal.aborted; at += 500) {
		for (const { service, line } of merged.slice(at, at + 500)) await print(service, [line]);
	}
	return print;
}

function stampOf(line: LogLine): string {
	return line.stamp ?? '';
}

/** Follows one log until the signal is given: over restarts of the container and of the engine. */
async function follow(context: CommandContext, monitor: Monitor, source: Source, print: Print): Promise<void> {
	const { signal, say, io } = context;
	const { name, place } = source;
	let failures = 0;
	while (!signal.aborted) {
		const service = findByName(monitor.store.current(), name);
		if (!service || (place.containerId === service.container.id && isOver(service))) {
			say(
				service ? `${name} is ${service.container.state}: waiting for it to start` : `${name} is gone: waiting for it`,
			);
			await nextStart(monitor, name, signal);
			continue;
		}
		const { id } = service.container;
		if (place.containerId !== id) say(`${name} was recreated: what follows is the new container's log`);
		place.containerId = id;
		try {
			const tty = service.detail?.tty ?? (await monitor.clients.docker.inspect(id, signal)).tty;
			const request = { tty, follow: true, ...startOf(context, place) };
			for await (const lines of monitor.clients.docker.logs(id, request, signal)) {
				failures = 0;
				await print(service, place.unseen(lines));
			}
			// The stream ends with the container; the event that says so may come a moment later.
			await io.clock.sleep(200, signal);
		} catch (error) {
			if (signal.aborted) return;
			const failure = failureOf(error);
			if (failure.kind === 'not-found') {
				await io.clock.sleep(200, signal);
				continue;
			}
			if (failures++ === 0) say(`${failure.message}; trying again`);
			await io.clock.sleep(backoffMs(failures, Math.random()), signal);
		}
	}
}

/** Where following begins: behind what was read; where nothing was there to read, with all that comes. */
function startOf({ given, io }: CommandContext, place: LogPlace): { since?: string | undefined; tail?: number } {
	const since = place.since();
	if (since !== undefined) return { since };
	if (given.text('tail') === '0') return { tail: 0 };
	const wanted = given.moment('since', io.clock.now());
	return wanted === undefined ? {} : { since: secondsOf(new Date(wanted).toISOString()) };
}

function isOver({ container }: ContainerState): boolean {
	return container.state !== 'running' && container.state !== 'paused';
}

/** Resolves when a container of that name runs. */
function nextStart(monitor: Monitor, name: string, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			stop();
			resolve();
		};
		const stop = monitor.store.onChange(state => {
			const service = findByName(state, name);
			if (service && !isOver(service)) done();
		});
		signal.addEventListener('abort', done, { once: true });
	});
}

function findByName(state: StackState, name: string): ContainerState | undefined {
	return Object.values(state.containers).find(({ container }) => container.name === name);
}

const prefixTones = ['good', 'active', 'odd', 'warning', 'accent', 'bad'] as const;

/** How lines are printed: those that --grep lets through, behind names where there are several logs. */
async function linePrinter(context: CommandContext, services: readonly ContainerState[]): Promise<Print> {
	const { given, out } = context;
	const matchers = new Map(services.map(({ container }) => [container.name, matcher(given)]));
	const style = await styleFor(out, context.io, context.config);
	const prefixes = new Map(prefixesOf(services, style));
	return async (service, lines) => {
		const prefix = prefixes.get(service.container.name) ?? '';
		const matches = matchers.get(service.container.name) ?? (() => true);
		const texts = lines
			.filter(line => matches(line.text))
			.map(line => {
				if (given.is('json')) return `${JSON.stringify(lineDocument(service, line))}\n`;
				const stamp = given.is('timestamps') && line.stamp !== null ? `${line.stamp} ` : '';
				return `${prefix}${stamp}${style.glyphs.fold(line.text)}\n`;
			});
		if (texts.length > 0) await out.write(texts.join(''));
	};
}

/**
 * Lets lines through that match `--grep`, and as many after each as `--after` says; all where there is no pattern. Of
 * one log: it counts.
 */
export function matcher(given: Given): (text: string) => boolean {
	const pattern = given.text('grep');
	if (pattern === undefined) return () => true;
	const expression = new RegExp(pattern, 'u');
	const after = given.count('after') ?? 0;
	let left = 0;
	return text => {
		if (expression.test(text)) {
			left = after;
			return true;
		}
		return left-- > 0;
	};
}

function prefixesOf(services: readonly ContainerState[], style: Style): [name: string, prefix: string][] {
	if (services.length < 2) return [];
	const names = services.map(({ container }) => displayName(container));
	const width = Math.max(...names.map(name => name.length));
	return services.map(({ container }, index) => {
		const span: Span = {
			text: `${fit(names[index] ?? '', width, '')} | `,
			tone: prefixTones[index % prefixTones.length],
		};
		return [container.name, paint([span], style.theme)];
	});
}

function lineDocument({ container }: ContainerState, line: LogLine): Document<'log-line'> {
	return {
		schema: 'laketop/log-line/1',
		container: container.name,
		service: displayName(container),
		task: null,
		time: line.stamp,
		channel: line.channel,
		text: line.text,
	};
}
