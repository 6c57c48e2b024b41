import type { Watched } from '../../app/feeds.ts';
import { gather, type Requirement } from '../../app/gather.ts';
import { type Monitor, startMonitor } from '../../app/monitor.ts';
import type { Interest } from '../../feeds/interest.ts';
import { type Audit, auditPath, fileAudit, userName } from '../../operations/plan/audit.ts';
import { isRefusal, type Outcome, type Plan, type Planned, type Refusal } from '../../operations/plan/plan.ts';
import { runPlan } from '../../operations/plan/run-plan.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { joined, type Message, phrase, quoted, render } from '../../words/message.ts';
import { seeHelp, UsageError } from '../arguments/given.ts';
import type { CommandContext } from '../context/context.ts';
import { CommandFailure, exitCodeOfRefusal } from '../exit/failures.ts';
import type { RunPart } from '../json/airflow.ts';
import { exitCodes } from '../rows/command.ts';
import { storeOf } from '../show/judged.ts';
import { gatherMs } from '../show/show.ts';
import { outcomeLine, printChange } from './change-output.ts';
import { demandOneProject, demandOwnStack, demandPermission } from './change-permission.ts';
import { confirmed, demandTypedWord } from './confirm-plan.ts';

/** What a command that changes something needs, plans and waits for. */
export type Change = {
	readonly watch: readonly Watched[];
	readonly requires: readonly Requirement[];
	readonly interest?: Partial<Interest>;
	/** Applies to the project that Compose would start here, not to the shown one. */
	readonly byCompose?: true;
	/** Called once the facts are known. Throws errors that `reportOf` knows. */
	readonly plan: (monitor: Monitor) => Planned | Promise<Planned>;
	/** Waits after the change. */
	readonly wait?: (monitor: Monitor) => Promise<Waited>;
};

/** How a wait ended. `message`: null if nothing is left to report. */
export type Waited = {
	readonly exitCode: number;
	readonly message: Message | null;
	readonly run?: RunPart | undefined;
};

/**
 * Plans a change, asks for confirmation, makes the change and prints the outcome. Changes nothing in read-only mode;
 * without a terminal `--yes` is required. Returns the exit code.
 */
export async function change(context: CommandContext, change: Change): Promise<number> {
	const { command, config, given, io, signal } = context;
	demandPermission(context);
	if (given.text('timeout') !== undefined && !given.is('wait')) {
		throw new UsageError(
			phrase(['--timeout requires --wait', '--timeout에는 --wait가 필요합니다']),
			seeHelp(command.name),
		);
	}
	const monitor = startMonitor({
		config,
		clock: io.clock,
		watch: change.watch,
		interest: change.interest ?? {},
		compose: context.compose,
		acknowledgements: storeOf(config, io.environment),
	});
	try {
		await gather(monitor, change.requires, gatherMs, signal);
		return signal.aborted ? exitCodes.interrupted : await planAndRun(context, change, monitor);
	} finally {
		await monitor.stop();
	}
}

async function planAndRun(context: CommandContext, change: Change, monitor: Monitor): Promise<number> {
	const { command, config, given, io, signal } = context;
	const { plan, wait } = change;
	// A qualified name (PROJECT/NAME) names its project. A model is of the shown one, whatever its name.
	const isQualified =
		given.words.some(word => word.includes('/')) && !command.arguments?.some(({ kind }) => kind === 'model');
	// Before the plan: its messages about unknown names would refer to the other project.
	if (!isQualified && change.byCompose !== true) demandOwnStack(monitor, undefined);
	const answer = await plan(monitor);
	const project = ownProject(monitor.store.current(), config.discovery.project);
	if (isRefusal(answer)) {
		// The stack of this folder has no containers: the message names the other one.
		if (answer.kind === 'nothing' && change.byCompose === true) demandOwnStack(monitor, undefined);
		if (answer.kind !== 'already') throw refusalOf(answer);
		return await reportUnchanged(context, answer.refused, project, wait && (() => wait(monitor)));
	}
	if (!isQualified) {
		demandOneProject(context, monitor);
		demandOwnStack(monitor, answer.project);
	}
	const planned: Plan = answer.project === undefined ? { ...answer, project } : answer;
	if (given.is('dry-run'))
		return await printChange(context, planned, { outcome: 'planned', message: quoted('') }, exitCodes.ok);
	demandTypedWord(context, planned);
	if (!given.is('yes') && !(await confirmed(context, planned))) {
		if (signal.aborted) return exitCodes.interrupted;
		context.say(
			phrase(['{command}: nothing was changed', '{command}: 변경하지 않았습니다'], { command: command.name }),
		);
		return exitCodes.refused;
	}
	const outcome = await runPlan(planned, {
		monitor,
		signal,
		audit: auditOf(context),
		user: userName(),
		by: 'command',
		project,
		progress: line => io.stderr.write(`${render(line, context.language)}\n`),
	});
	const exitCode = exitCodeOfOutcome(outcome);
	if (!wait || outcome.outcome !== 'done') return await printChange(context, planned, outcome, exitCode);
	return await waitAfter(context, planned, outcome, () => wait(monitor));
}

/** Waits after a change that was made, and prints what the wait ended with. Returns its exit code. */
async function waitAfter(
	context: CommandContext,
	planned: Plan,
	{ outcome, message }: Outcome,
	wait: () => Promise<Waited>,
): Promise<number> {
	const { given, out } = context;
	if (!given.is('json')) await out.write(outcomeLine(context, planned, message));
	const waited = await wait();
	if (given.is('json')) {
		const after = { outcome, message: waited.message ?? quoted(''), run: waited.run };
		return await printChange(context, planned, after, waited.exitCode);
	}
	if (waited.message === null) return waited.exitCode;
	if (waited.exitCode === exitCodes.unreachable) context.say(waited.message);
	else await out.write(`${render(waited.message, context.language)}\n`);
	return waited.exitCode;
}

/** Changes of a demo are not recorded. */
export function auditOf({ config, io }: Pick<CommandContext, 'config' | 'io'>): Audit {
	return config.demo ? () => null : fileAudit(auditPath(io.environment));
}

/** The wanted state is already there: nothing to do, which is a success. `--wait` still waits. */
async function reportUnchanged(
	context: CommandContext,
	message: Message,
	project: string | null,
	wait: (() => Promise<Waited>) | undefined,
): Promise<number> {
	const { command, given, out } = context;
	if (!given.is('json')) await out.write(`${render(message, context.language)}\n`);
	const waited = given.is('dry-run') ? undefined : await wait?.();
	const exitCode = waited?.exitCode ?? exitCodes.ok;
	const plan = { actionId: command.name, title: quoted(command.name), effects: [], command: '', targets: [], project };
	if (given.is('json')) {
		const words = [message, ...(waited?.message ? [waited.message] : [])];
		return await printChange(
			context,
			plan,
			{ outcome: 'done', message: joined(words, '; '), run: waited?.run },
			exitCode,
		);
	}
	if (waited?.message) await out.write(`${render(waited.message, context.language)}\n`);
	return exitCode;
}

/** The failure of a plan that was refused. */
export function refusalOf({ refused, kind }: Refusal): CommandFailure {
	const failureKind = (
		{
			nothing: 'not-found',
			refused: 'refused',
			unauthorised: 'unauthorised',
			unreachable: 'unreachable',
			already: 'refused',
		} as const
	)[kind];
	return new CommandFailure({ kind: failureKind, message: refused, fix: null }, exitCodeOfRefusal(kind));
}

/** The exit code of a change that was tried. */
export function exitCodeOfOutcome({ outcome, failure }: Outcome): number {
	if (outcome === 'done') return exitCodes.ok;
	if (failure !== undefined) return exitCodeOfRefusal(failure);
	return exitCodes.failed;
}
