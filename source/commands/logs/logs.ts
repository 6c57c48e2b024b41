import { isDeepStrictEqual } from 'node:util';
import { gather } from '../../app/gather.ts';
import { type Monitor, startMonitor } from '../../app/monitor.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, exitCodeOf, nothingSuch, sentenceOf } from '../../command-line/exit/failures.ts';
import { servicesCalled } from '../../command-line/names/service-names.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { gatherMs } from '../../command-line/show/show.ts';
import { followContainer, type LogEvent } from '../../feeds/logs/container-log.ts';
import { stateDirectory } from '../../feeds/logs/log-directories.ts';
import { Wake } from '../../feeds/schedule.ts';
import { displayName, qualifiedName } from '../../model/engine/container.ts';
import { ClientError } from '../../model/failures/failure.ts';
import type { LogLine } from '../../model/logs/log-line.ts';
import { LogPlace } from '../../model/logs/log-place.ts';
import { type Failure, reachOf } from '../../model/source.ts';
import type { ContainerState, StackState } from '../../model/state.ts';
import { stackServices } from '../../selectors/containers/service-groups.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import type { Language } from '../../words/language.ts';
import { phrase, render } from '../../words/message.ts';
import { lineLimit, withoutMarks } from './log-lines.ts';
import { type LineOrigin, type LinePrinter, linePrinter } from './log-printer.ts';

/** Lines per log by default: some screens full. */
const defaultTail = 200;

/** `laketop logs` */
export async function run(context: CommandContext): Promise<number> {
	const { given } = context;
	if (given.text('task') !== undefined || given.text('run') !== undefined) {
		if (given.words.length > 0) throw taskOnly('SERVICE');
		if (given.text('since') !== undefined) throw taskOnly('--since');
		return (await import('./task-log.ts')).printTaskLog(context);
	}
	if (given.text('try') !== undefined) {
		throw new UsageError(phrase(['--try requires --task', '--try에는 --task가 필요합니다']), seeHelp('logs'));
	}
	return containerLogs(context);
}

function taskOnly(what: string): UsageError {
	return new UsageError(
		phrase(['{what} cannot be combined with --task or --run', '{what}은(는) --task나 --run과 함께 쓸 수 없습니다'], {
			what,
		}),
		seeHelp('logs'),
	);
}

async function containerLogs(context: CommandContext): Promise<number> {
	const { config, io, given, signal } = context;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers'] });
	try {
		await gather(monitor, ['containers'], gatherMs, signal);
		if (signal.aborted) return 0;
		const state = monitor.store.current();
		demandLive(state, 'containers');
		const project = ownProject(state, config.discovery.project);
		const services = servicesOf(state, project, given.words);
		if (services.length === 0) {
			throw nothingSuch(
				phrase(['no containers on this engine', '이 엔진에 컨테이너가 없습니다']),
				phrase(['Run laketop up to start the stack', 'laketop up으로 스택을 시작하세요']),
			);
		}
		const sources = services.map(service => sourceOf(service, project));
		const printer = await linePrinter(
			context,
			sources.map(({ title }) => title),
		);
		const tail = given.text('tail');
		// With a filter, --tail counts matching lines.
		const isSearch = printer.isFiltered && tail !== '0';
		if (isSearch && tail !== undefined && tail !== 'all') printer.hold(Number(tail));
		const unread = new UnreadLogs(context);
		// Existing lines first, sorted by time; a single log needs no sorting.
		if (sources.length > 1 || !given.is('follow') || isSearch)
			await printUntilNow(context, monitor, sources, printer, isSearch, unread);
		await printer.release();
		if (given.is('follow')) {
			context.out.watchReader();
			const readable = sources.filter(source => !unread.has(source));
			const following = readable.map(source =>
				printAll(
					context,
					source,
					eventsOf(context, monitor, source, { follow: true, isFiltered: false }),
					printer,
					unread,
				),
			);
			await Promise.all(following);
		}
		return unread.exitCode();
	} finally {
		await monitor.stop();
	}
}

/** Logs that could not be read, with the reason; the others are still printed. */
class UnreadLogs {
	readonly #failures = new Map<Source, Failure>();
	readonly #say: (text: string) => void;
	readonly #language: Language;

	constructor({ say, config }: Pick<CommandContext, 'say' | 'config'>) {
		this.#say = say;
		this.#language = config.language;
	}

	has(source: Source): boolean {
		return this.#failures.has(source);
	}

	/** Reports the log and the reason; a reason that all logs share is reported once. */
	add(source: Source, failure: Failure): void {
		const isReported = [...this.#failures.values()].some(
			({ kind, message }) =>
				kind === failure.kind && isDeepStrictEqual(message, failure.message) && reachOf(kind) === 'nobody',
		);
		this.#failures.set(source, failure);
		if (!isReported) this.#say(`${source.title}: ${sentenceOf(failure, this.#language)}`);
	}

	/** That of the first failure, so that a script sees that something is missing. */
	exitCode(): number {
		const [first] = this.#failures.values();
		return first === undefined ? exitCodes.ok : exitCodeOf(first.kind);
	}
}

function servicesOf(state: StackState, project: string | null, words: readonly string[]): ContainerState[] {
	return words.length > 0 ? servicesCalled(state, project, words) : stackServices(state, project);
}

type Source = {
	/** Name of the container. */
	readonly name: string;
	/** Prefix of its lines. */
	readonly title: string;
	readonly origin: LineOrigin;
	readonly place: LogPlace;
};

function sourceOf(service: ContainerState, ownProject: string | null): Source {
	const { container } = service;
	const title = qualifiedName(service, ownProject);
	const origin = { container: container.name, service: displayName(service), project: container.project, task: null };
	return { name: container.name, title, origin, place: new LogPlace() };
}

function eventsOf(
	context: CommandContext,
	monitor: Monitor,
	source: Source,
	{ follow, isFiltered }: { readonly follow: boolean; readonly isFiltered: boolean },
): AsyncGenerator<LogEvent> {
	const { given, io, signal } = context;
	const { clients, store, clock } = monitor;
	const since = given.moment('since', io.clock.now());
	const tail = isFiltered ? 'all' : (given.text('tail') ?? (since === undefined ? String(defaultTail) : 'all'));
	const deps = { state: store.current, onChange: (listener: () => void) => store.onChange(listener) };
	return followContainer(
		{
			docker: clients.docker,
			clock,
			random: Math.random,
			directory: stateDirectory(clock, deps, source.name),
			wake: new Wake(),
		},
		source.place,
		{ name: source.title, tail: tail === 'all' ? undefined : Number(tail), since, follow, lineLimit },
		signal,
	);
}

/** Prints one log until its end or the signal. Lines that are not part of the log go to standard error. */
async function printAll(
	{ config, say, signal }: CommandContext,
	source: Source,
	events: AsyncGenerator<LogEvent>,
	printer: LinePrinter,
	unread: UnreadLogs,
): Promise<void> {
	const { title, origin } = source;
	let complaint = '';
	for await (const event of events) {
		if (signal.aborted) return;
		if (event.type === 'unreadable') return unread.add(source, event.failure);
		if (event.type === 'failed') {
			const words = render(event.failure.message, config.language);
			if (words !== complaint)
				say(phrase(['{title}: {words}; retrying', '{title}: {words}. 다시 시도합니다'], { title, words }));
			complaint = words;
		} else if (event.type === 'lines') {
			complaint = '';
			await printer.print(title, origin, withoutMarks(event.lines, say));
		}
	}
}

/** A log up to now, with lines that were read and not printed yet. */
type Reading = {
	readonly source: Source;
	readonly events: AsyncGenerator<LogEvent>;
	lines: readonly LogLine[];
	at: number;
};

/** Prints all logs up to now, sorted by time. Reads each log only as far as needed, so that large logs need little memory. */
async function printUntilNow(
	context: CommandContext,
	monitor: Monitor,
	sources: readonly Source[],
	printer: LinePrinter,
	isSearch: boolean,
	unread: UnreadLogs,
): Promise<void> {
	const { say, signal } = context;
	const readings = sources.map((source): Reading => {
		const events = eventsOf(context, monitor, source, { follow: false, isFiltered: isSearch });
		return { source, events, lines: [], at: 0 };
	});
	/** Reads on once all lines were printed; false at the end or after a failure. */
	const fill = async (reading: Reading): Promise<boolean> => {
		try {
			return await fillFrom(reading);
		} catch (error) {
			if (!(error instanceof ClientError)) throw error;
			unread.add(reading.source, error.failure);
			return false;
		}
	};
	const fillFrom = async (reading: Reading): Promise<boolean> => {
		while (reading.at >= reading.lines.length) {
			const { done, value } = await reading.events.next();
			if (done) return false;
			if (value.type !== 'lines') continue;
			reading.lines = withoutMarks(value.lines, say);
			reading.at = 0;
		}
		return true;
	};
	try {
		let open = readings;
		while (open.length > 0 && !signal.aborted) {
			const filled = await Promise.all(open.map(fill));
			open = open.filter((_, index) => filled[index]);
			await printEarliest(open, printer);
		}
	} finally {
		await Promise.all(readings.map(({ events }) => events.return(undefined)));
	}
}

/** Prints lines in the order of time until a log has to be read on. */
async function printEarliest(open: readonly Reading[], printer: LinePrinter): Promise<void> {
	const timeOf = ({ lines, at }: Reading) => lines[at]?.loggedAt ?? 0;
	while (open.length > 0 && open.every(({ lines, at }) => at < lines.length)) {
		const first = open.reduce((best, one) => (timeOf(one) < timeOf(best) ? one : best));
		const limit = Math.min(...open.filter(one => one !== first).map(timeOf));
		const from = first.at;
		// Consecutive lines of one log are printed together.
		while (first.at < first.lines.length && (timeOf(first) < limit || first.at === from)) first.at++;
		await printer.print(first.source.title, first.source.origin, first.lines.slice(from, first.at));
	}
}
