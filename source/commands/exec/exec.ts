import { once } from 'node:events';
import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import type { ExecSession } from '../../clients/engine/docker-exec.ts';
import { readChunks } from '../../clients/http/read-chunks.ts';
import { qualifiedName } from '../../model/container.ts';
import { shellWords } from '../../model/shell-words.ts';
import { userName } from '../../operations/audit.ts';
import { containerTarget } from '../../operations/container-words.ts';
import type { Plan } from '../../operations/plan.ts';
import { runPlan } from '../../operations/run-plan.ts';
import { ownProject } from '../../selectors/stack.ts';
import { auditOf, demandOwnStack } from '../change.ts';
import { exitCodes } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { CommandFailure, demandLive } from '../failures.ts';
import { FrameSplitter } from '../frame-splitter.ts';
import { UsageError } from '../given.ts';
import { type Io, OutputClosed } from '../io.ts';
import { globalOptions } from '../options.ts';
import { containerCalled } from '../service-names.ts';
import { gatherMs } from '../show.ts';

/** The best shell that is there. */
const shell = ['/bin/sh', '-c', 'command -v bash >/dev/null && exec bash; exec sh'];

/** `laketop exec` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal, say } = context;
	if (config.readOnly) {
		throw new CommandFailure({
			kind: 'refused',
			message: 'laketop runs read-only: exec is refused',
			fix: 'See laketop config for who said so',
		});
	}
	const [word = '', ...words] = given.words;
	const isSeparated = words[0] === '--';
	if (isSeparated) words.shift();
	// A mistake with consequences: the command would run elsewhere than it was meant to.
	const misplaced = words.find(one => globalOptions.some(option => one.replace(/=.*/s, '') === `--${option.name}`));
	if (misplaced !== undefined && !isSeparated) {
		throw new UsageError(
			`${misplaced} behind ${word} belongs to the command that is run there`,
			`Write it before exec, if it is laketop's; else write exec ${word} -- ${words.join(' ')}`,
		);
	}
	const argv = words.length > 0 ? words : shell;
	const monitor = startMonitor({ config, clock: io.clock, watch: ['containers'] });
	try {
		await gather(monitor, ['containers'], gatherMs, signal);
		const state = monitor.store.current();
		demandLive(state, 'containers');
		const project = ownProject(state, config.discovery.project);
		const service = containerCalled(state, project, word);
		const { container } = service;
		if (!word.includes('/')) demandOwnStack(monitor, container.project);
		const qualified = qualifiedName(service, project);
		let exitCode: number = exitCodes.failed;
		// The record holds the program, not its arguments: they may hold anything.
		const plan: Plan = {
			actionId: 'exec',
			title: `exec in ${qualified}`,
			asks: [],
			command: shellWords('docker', 'exec', '-it', container.name, ...argv),
			targets: [containerTarget(service, project), `program ${argv[0]}`],
			project: container.project,
			perform: async ({ clients }) => {
				const tty = io.stdin.isTTY === true && io.stdout.isTTY === true;
				const { columns = 80, rows = 24 } = io.stdout;
				const session = await clients.docker.exec(
					container.id,
					argv,
					{ tty, columns, rows, user: given.text('user') },
					signal,
				);
				await (tty ? talk(io, session) : pipe(io, session));
				// Whoever read its output has gone: what it does without them is its own matter.
				if (context.out.closed.aborted) return { outcome: 'done', message: 'its output was no longer read' };
				exitCode = await codeOf(session, io);
				return { outcome: 'done', message: `ended with ${exitCode}` };
			},
		};
		const outcome = await runPlan(plan, {
			monitor,
			signal,
			audit: auditOf(context),
			user: userName(),
			by: 'command',
			project,
		});
		if (context.out.closed.aborted) throw new OutputClosed();
		if (outcome.outcome === 'done') return exitCode;
		if (signal.aborted) return exitCodes.interrupted;
		say(outcome.message);
		return outcome.failure === 'unreachable' ? exitCodes.unreachable : exitCodes.refused;
	} finally {
		await monitor.stop();
	}
}

/** The terminal's keys to the command, its screen to the terminal, until it ends. */
async function talk({ stdin, stdout }: Io, { stream, resize }: ExecSession): Promise<void> {
	const raw = (on: boolean) => {
		if ('setRawMode' in stdin && typeof stdin.setRawMode === 'function') stdin.setRawMode(on);
	};
	const resized = () => {
		const { columns = 80, rows = 24 } = stdout;
		// A command that has just ended has no size any more.
		resize(columns, rows).catch(() => undefined);
	};
	const type = (bytes: Buffer | string) => stream.write(bytes);
	raw(true);
	stdout.on('resize', resized);
	stdin.on('data', type);
	stdin.resume();
	stream.pipe(stdout, { end: false });
	try {
		await once(stream, 'close');
	} finally {
		raw(false);
		stdout.off('resize', resized);
		stdin.off('data', type);
		stdin.pause();
	}
}

/** Input, output and errors as they are, for programs; read no faster than they are taken. */
async function pipe({ stdin, stdout, stderr }: Io, { stream }: ExecSession): Promise<void> {
	const splitter = new FrameSplitter();
	// A terminal that nobody types into for the command would never end.
	if (stdin.isTTY === true) stream.end();
	else stdin.pipe(stream);
	try {
		for await (const bytes of readChunks(stream)) {
			for (const { channel, payload } of splitter.push(bytes)) {
				const target = channel === 'stderr' ? stderr : stdout;
				await new Promise<void>(resolve => target.write(payload, () => resolve()));
			}
		}
	} catch (error) {
		// A connection that broke: whether the command has ended is asked for next.
		if (error instanceof RangeError) throw new CommandFailure({ kind: 'protocol', message: error.message, fix: '' });
	} finally {
		stdin.unpipe(stream);
	}
}

/** The engine notes the end a moment after the last output. */
async function codeOf(session: ExecSession, { clock }: Io): Promise<number> {
	for (let look = 0; look < 20; look++) {
		const code = await session.exitCode();
		if (code !== null) return code;
		await clock.sleep(100);
	}
	throw new CommandFailure({
		kind: 'lost',
		message: 'The connection to the command was closed while it ran',
		fix: 'It goes on in the container',
	});
}
