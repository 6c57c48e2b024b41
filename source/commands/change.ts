import type { Watched } from '../app/feeds.ts';
import { gather, type Need } from '../app/gather.ts';
import { type Monitor, startMonitor } from '../app/monitor.ts';
import type { Interest } from '../feeds/interest.ts';
import { printableJson } from '../model/clean-text.ts';
import { type Audit, auditPath, fileAudit, userName } from '../operations/audit.ts';
import { isRefusal, type Outcome, type Plan, type Planned } from '../operations/plan.ts';
import { runPlan } from '../operations/run-plan.ts';
import { wrapText } from '../presentation/text.ts';
import { foreignChange, ownProject } from '../selectors/stack.ts';
import { ask, canAsk } from './ask.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { rfc3339 } from './facts.ts';
import { CommandFailure, exitCodeOfRefusal } from './failures.ts';
import { UsageError } from './given.ts';
import type { Document } from './json/documents.ts';
import type { RunPart } from './json/parts.ts';
import { storeOf } from './judged.ts';
import { gatherMs } from './show.ts';

/** A command that changes something. */
export type Change = {
	readonly watch: readonly Watched[];
	readonly needs: readonly Need[];
	readonly interest?: Partial<Interest>;
	/** It is about the project that Compose would bring up here, not about the one that is shown. */
	readonly byCompose?: true;
	/** Made from the facts once they are there. Throws what `reportOf` knows. */
	readonly plan: (monitor: Monitor) => Planned | Promise<Planned>;
	/** What is waited for when it was done; the exit code, and the run where it was waited for one. */
	readonly wait?: (monitor: Monitor) => Promise<Waited>;
};

export type Waited = { readonly exitCode: number; readonly message: string; readonly run?: RunPart | undefined };

/**
 * Plans a change, says what it will touch, asks, does it, and says what came of it, in the server's words. Nothing is
 * changed in read-only mode, nor unasked: without a terminal `--yes` has to be given. Returns the exit code.
 */
export async function change(context: CommandContext, change: Change): Promise<number> {
	const { command, config, given, io, out, signal } = context;
	const { watch, needs, interest, plan, wait } = change;
	demandPermission(context);
	if (given.text('timeout') !== undefined && !given.is('wait')) {
		throw new UsageError('--timeout is for --wait', `See laketop ${command.name} --help`);
	}
	const monitor = startMonitor({
		config,
		clock: io.clock,
		watch,
		interest: interest ?? {},
		compose: context.compose,
		acknowledgements: storeOf(config, io.environment),
	});
	try {
		await gather(monitor, needs, gatherMs, signal);
		if (signal.aborted) return exitCodes.interrupted;
		// A qualified name says which project it means.
		const isQualified = given.words.some(word => word.includes('/'));
		// Before the plan: what it says of names that do not exist would be about the other project.
		if (!isQualified && change.byCompose !== true) demandOwnStack(monitor, undefined);
		const answer = await plan(monitor);
		const project = ownProject(monitor.store.current(), config.discovery.project);
		if (isRefusal(answer)) {
			// The folder's own stack has no containers: the other one is named, and how it is meant.
			if (answer.kind === 'nothing' && change.byCompose === true) demandOwnStack(monitor, undefined);
			if (answer.kind !== 'already') throw refusalOf(answer);
			return await soAlready(context, answer.refused, project, wait && (() => wait(monitor)));
		}
		if (!isQualified) {
			demandOneProject(context, monitor);
			demandOwnStack(monitor, answer.project);
		}
		const planned: Plan = answer.project === undefined ? { ...answer, project } : answer;
		if (given.is('dry-run')) return await print(context, planned, { outcome: 'planned', message: '' }, exitCodes.ok);
		if (given.is('yes') && planned.typed !== undefined && given.text('confirm') !== planned.typed) {
			throw new CommandFailure({
				kind: 'refused',
				message: `${planned.title}: this cannot be undone, and --yes alone does not do it`,
				fix: `Say what is meant: --yes --confirm ${planned.typed}`,
			});
		}
		if (!given.is('yes') && !(await confirmed(context, planned))) {
			if (signal.aborted) return exitCodes.interrupted;
			context.say(`${command.name}: nothing was changed`);
			return exitCodes.refused;
		}
		const outcome = await runPlan(planned, {
			monitor,
			signal,
			audit: auditOf(context),
			user: userName(),
			by: 'command',
			project,
			progress: line => io.stderr.write(`${line}\n`),
		});
		const exitCode = exitCodeOfOutcome(outcome);
		if (!wait || outcome.outcome !== 'done') return await print(context, planned, outcome, exitCode);
		if (!given.is('json')) await out.write(`${planned.title}: ${outcome.message}\n`);
		const waited = await wait(monitor);
		if (given.is('json')) {
			const after = { outcome: outcome.outcome, message: waited.message, run: waited.run };
			return await print(context, planned, after, waited.exitCode);
		}
		if (waited.message !== '' && waited.exitCode === exitCodes.unreachable) context.say(waited.message);
		else if (waited.message !== '') await out.write(`${waited.message}\n`);
		return waited.exitCode;
	} finally {
		await monitor.stop();
	}
}

/**
 * Throws where nothing may be changed, or where nobody could be asked: before any server is. A dry run is always
 * allowed.
 */
export function demandPermission({ command, config, given, io }: CommandContext): void {
	if (given.is('dry-run')) return;
	if (config.readOnly) {
		const message = `laketop runs read-only: ${command.name} is refused`;
		throw new CommandFailure({ kind: 'refused', message, fix: 'See laketop config for who said so' });
	}
	if (!given.is('yes') && !canAsk(io)) {
		throw new UsageError(
			`${command.name} asks before it changes anything, and there is no terminal to ask at`,
			'--yes answers the question, --dry-run only says what it would do',
		);
	}
}

/**
 * Throws where several projects could be meant and none was named: which of them has most services may change from one
 * moment to the next, and a command is not seen before it acts. A dry run shows what it would have been.
 */
function demandOneProject({ given }: CommandContext, monitor: Monitor): void {
	const { stack } = monitor.store.current();
	if (stack?.projectOrigin !== 'best' || given.is('dry-run')) return;
	const names = [stack.project, ...stack.otherProjects].join(', ');
	throw new CommandFailure({
		kind: 'refused',
		message: `Several projects run Airflow or MLflow: ${names}`,
		fix: `Pass --project ${stack.project}, or set project in the configuration`,
	});
}

/** Throws where that project, or Airflow of the shown one, is another folder's: see `foreignChange`. */
export function demandOwnStack({ store }: Pick<Monitor, 'store'>, project: string | null | undefined): void {
	const failure = foreignChange(store.current(), project);
	if (failure !== null) throw new CommandFailure(failure);
}

/** What is done to a demo is nobody's record. */
export function auditOf({ config, io }: Pick<CommandContext, 'config' | 'io'>): Audit {
	return config.demo ? () => null : fileAudit(auditPath(io.environment));
}

/** What is wanted is so: nothing has to be done, and nothing has failed. What is waited for may still be to come. */
async function soAlready(
	context: CommandContext,
	message: string,
	project: string | null,
	wait: (() => Promise<Waited>) | undefined,
): Promise<number> {
	const { command, given, out } = context;
	if (!given.is('json')) await out.write(`${message}\n`);
	const waited = given.is('dry-run') ? undefined : await wait?.();
	const exitCode = waited?.exitCode ?? exitCodes.ok;
	const plan = { actionId: command.name, title: command.name, asks: [], command: '', targets: [], project };
	if (given.is('json')) {
		const words = [message, waited?.message].filter(Boolean).join('; ');
		return await print(context, plan, { outcome: 'done', message: words, run: waited?.run }, exitCode);
	}
	if (waited?.message) await out.write(`${waited.message}\n`);
	return exitCode;
}

/** Why a plan cannot be made, as a command fails of it. */
export function refusalOf({ refused, kind }: Extract<Planned, { refused: string }>): CommandFailure {
	const failureKind = (
		{
			nothing: 'not-found',
			refused: 'refused',
			unauthorised: 'unauthorised',
			unreachable: 'unreachable',
			already: 'refused',
		} as const
	)[kind];
	return new CommandFailure({ kind: failureKind, message: refused, fix: '' }, exitCodeOfRefusal(kind));
}

async function confirmed(context: CommandContext, plan: Plan): Promise<boolean> {
	const { io, signal } = context;
	const width = (io.stderr.columns || 80) - 2;
	const lines = plan.asks.flatMap(text =>
		wrapText(text, width).map((row, index) => `${index === 0 ? '- ' : '  '}${row}`),
	);
	io.stderr.write(`${lines.join('\n')}\nThe same by hand: ${plan.command.split('\n').join('\n  ')}\n`);
	if (plan.typed !== undefined) {
		const answer = await ask(io, `${plan.title}? Type ${plan.typed} to confirm: `, signal);
		if (answer !== null && answer !== plan.typed) context.say(`"${answer}" is not "${plan.typed}"`);
		return answer === plan.typed;
	}
	return /^y(es)?$/i.test((await ask(io, `${plan.title}? [y/N] `, signal)) ?? '');
}

export function exitCodeOfOutcome({ outcome, failure }: Outcome): number {
	if (outcome === 'done') return exitCodes.ok;
	if (failure !== undefined) return exitCodeOfRefusal(failure);
	return exitCodes.failed;
}

type Said = Pick<Document<'change'>, 'outcome' | 'message'> & { readonly run?: RunPart | undefined };

async function print(
	context: CommandContext,
	plan: Omit<Plan, 'perform'>,
	said: Said,
	exitCode: number,
): Promise<number> {
	const { command, given, io, out } = context;
	if (given.is('json')) {
		const document: Document<'change'> = {
			schema: 'laketop/change/1',
			at: rfc3339(io.clock.now()),
			command: command.name,
			action: plan.actionId,
			title: plan.title,
			outcome: said.outcome,
			message: said.message,
			exit_code: exitCode,
			effects: [...plan.asks],
			equivalent: plan.command,
			targets: [...plan.targets],
			project: plan.project ?? null,
			run: said.run ?? null,
		};
		await out.write(`${printableJson(document, '\t')}\n`);
	} else if (said.outcome === 'planned') {
		const asks = plan.asks.map(text => `- ${text}`).join('\n');
		const typed = plan.typed === undefined ? '' : `It is confirmed by typing ${plan.typed}.\n`;
		await out.write(`${plan.title}\n${asks}\n${typed}The same by hand:\n${plan.command}\nNothing was changed.\n`);
	} else if (said.outcome === 'done') await out.write(`${plan.title}: ${said.message}\n`);
	else context.say(`${plan.title}: ${said.outcome === 'unknown' ? 'outcome unknown: ' : ''}${said.message}`);
	return exitCode;
}
