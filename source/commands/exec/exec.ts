import { once } from 'node:events';
import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import type { ExecSession } from '../../clients/engine/docker-exec.ts';
import { readChunks } from '../../clients/http/read-chunks.ts';
import { UsageError } from '../../command-line/arguments/given.ts';
import { auditOf } from '../../command-line/change/change.ts';
import { demandOwnStack, readOnlyRefusal } from '../../command-line/change/change-permission.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { type Io, OutputClosed } from '../../command-line/context/io.ts';
import { CommandFailure, demandLive } from '../../command-line/exit/failures.ts';
import { containerCalled } from '../../command-line/names/service-names.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { globalOptions } from '../../command-line/rows/options.ts';
import { gatherMs } from '../../command-line/show/show.ts';
import { qualifiedName } from '../../model/engine/container.ts';
import { containerTarget } from '../../operations/containers/container-words.ts';
import { userName } from '../../operations/plan/audit.ts';
import type { Plan } from '../../operations/plan/plan.ts';
import { runPlan } from '../../operations/plan/run-plan.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { phrase } from '../../words/message.ts';
import { FrameSplitter } from './frame-splitter.ts';

/** bash if the image has it, otherwise sh. */
const shell = ['/bin/sh', '-c', 'command -v bash >/dev/null && exec bash; exec sh'];

/** `laketop exec` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal, say } = context;
	if (config.readOnly) {
		throw new CommandFailure({
			kind: 'refused',
			...readOnlyRefusal('exec'),
		});
	}
	const [word = '', ...words] = given.words;
	const argv = programOf(word, words);
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
		// The audit file records the program without its arguments, which may hold secrets.
		const plan: Plan = {
			actionId: 'exec',
			title: phrase(['exec in {qualified}', '{qualified}에서 명령 실행'], { qualified }),
			effects: [],
			command: engineCommand(state, 'exec', '-it', container.name, ...argv),
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
				// The reader of the output has gone; the command continues without it.
				if (context.out.closed.aborted) {
					return {
						outcome: 'done',
						message: phrase(['the reader of the output has gone', '출력을 읽는 쪽이 닫혔습니다']),
					};
				}
				exitCode = await codeOf(session, io);
				return {
					outcome: 'done',
					message: phrase(['exited with code {exitCode}', '종료 코드 {exitCode}'], { exitCode }),
				};
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

/** The program to run in the container, with its arguments. Throws UsageError for a misplaced option of laketop. */
function programOf(service: string, given: readonly string[]): readonly string[] {
	const isSeparated = given[0] === '--';
	const words = isSeparated ? given.slice(1) : given;
	// Such a slip would run the command on the wrong stack.
	const misplaced = words.find(one => globalOptions.some(option => one.replace(/=.*/s, '') === `--${option.name}`));
	if (misplaced !== undefined && !isSeparated) {
		throw new UsageError(
			phrase(
				[
					'{option} after {service} would go to the command in the container',
					'{service} 뒤의 {option}은(는) 컨테이너의 명령에 전달됩니다',
				],
				{ option: misplaced, service },
			),
			phrase(
				[
					'Put an option of laketop before exec. For the command, use exec {service} -- {command}',
					'laketop의 옵션이면 exec 앞에 쓰세요. 명령의 옵션이면 exec {service} -- {command}로 쓰세요',
				],
				{ service, command: words.join(' ') },
			),
		);
	}
	return words.length > 0 ? words : shell;
}

/** Connects the terminal and the command until the command ends. */
async function talk({ stdin, stdout }: Io, { stream, resize }: ExecSession): Promise<void> {
	const raw = (on: boolean) => {
		if ('setRawMode' in stdin && typeof stdin.setRawMode === 'function') stdin.setRawMode(on);
	};
	const resized = () => {
		const { columns = 80, rows = 24 } = stdout;
		// A command that has just ended cannot be resized.
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

/** Standard streams unchanged, with back-pressure, for programs. */
async function pipe({ stdin, stdout, stderr }: Io, { stream }: ExecSession): Promise<void> {
	const splitter = new FrameSplitter();
	// Input from a terminal would never end, and the command with it.
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
		// On a broken connection the caller asks for the exit code next.
		if (error instanceof RangeError) {
			throw new CommandFailure({
				kind: 'protocol',
				message: phrase([
					'The engine sent an unreadable output stream',
					'Docker 엔진이 읽을 수 없는 출력 스트림을 보냈습니다',
				]),
				fix: null,
			});
		}
	} finally {
		stdin.unpipe(stream);
	}
}

/** The engine records the exit code shortly after the last output. */
async function codeOf(session: ExecSession, { clock }: Io): Promise<number> {
	for (let look = 0; look < 20; look++) {
		const code = await session.exitCode();
		if (code !== null) return code;
		await clock.sleep(100);
	}
	throw new CommandFailure({
		kind: 'lost',
		message: phrase(['The connection to the command was closed', '명령과의 연결이 끊어졌습니다']),
		fix: phrase(['The command continues in the container', '명령은 컨테이너에서 계속 실행됩니다']),
	});
}
