import type { Watched } from '../app/feeds.ts';
import { gather, type Need } from '../app/gather.ts';
import { type Monitor, startMonitor } from '../app/monitor.ts';
import type { Interest } from '../feeds/interest.ts';
import { printableJson } from '../model/clean-text.ts';
import { type Audit, auditPath, fileAudit, userName } from '../operations/audit.ts';
import { isRefusal, type Outcome, type Plan, type Planned, type Refusal } from '../operations/plan.ts';
import { runPlan } from '../operations/run-plan.ts';
import { wrapText } from '../presentation/text.ts';
import { foreignChange, ownProject } from '../selectors/stack.ts';
import { joined, type Message, phrase, quoted, render } from '../words/message.ts';
import { ask, canAsk } from './ask.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { rfc3339 } from './facts.ts';
import { CommandFailure, exitCodeOfRefusal } from './failures.ts';
import { seeHelp, UsageError } from './given.ts';
import type { Document } from './json/documents.ts';
import type { RunPart } from './json/parts.ts';
import { storeOf } from './judged.ts';
import { gatherMs } from './show.ts';

export type Change = {
	readonly watch: readonly Watched[];
	readonly needs: readonly Need[];
	readonly interest?: Partial<Interest>;
	/** Applies to the project that Compose would start here, not to the shown one. */
	readonly byCompose?: true;
	/** Called once the facts are known. Throws errors that `reportOf` knows. */
	readonly plan: (monitor: Monitor) => Planned | Promise<Planned>;
	/** Waits after the change. */
	readonly wait?: (monitor: Monitor) => Promise<Waited>;
};

/** `message`: null if nothing is left to report. */
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
	const { command, config, given, io, out, signal } = context;
	const { watch, needs, interest, plan, wait } = change;
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
		watch,
		interest: interest ?? {},
		compose: context.compose,
		acknowledgements: storeOf(config, io.environment),
	});
	try {
		await gather(monitor, needs, gatherMs, signal);
		if (signal.aborted) return exitCodes.interrupted;
		// A qualified name (PROJECT/NAME) names its project.
		const isQualified = given.words.some(word => word.includes('/'));
		// Before the plan: its messages about unknown names would refer to the other project.
		if (!isQualified && change.byCompose !== true) demandOwnStack(monitor, undefined);
		const answer = await plan(monitor);
		const project = ownProject(monitor.store.current(), config.discovery.project);
		if (isRefusal(answer)) {
			// The stack of this folder has no containers: the message names the other one.
			if (answer.kind === 'nothing' && change.byCompose === true) demandOwnStack(monitor, undefined);
			if (answer.kind !== 'already') throw refusalOf(answer);
			return await soAlready(context, answer.refused, project, wait && (() => wait(monitor)));
		}
		if (!isQualified) {
			demandOneProject(context, monitor);
			demandOwnStack(monitor, answer.project);
		}
		const planned: Plan = answer.project === undefined ? { ...answer, project } : answer;
		if (given.is('dry-run'))
			return await print(context, planned, { outcome: 'planned', message: quoted('') }, exitCodes.ok);
		if (given.is('yes') && planned.typed !== undefined && given.text('confirm') !== planned.typed) {
			throw new CommandFailure({
				kind: 'refused',
				message: phrase(
					[
						'{title}: this cannot be undone; --yes is not enough',
						'{title}: 되돌릴 수 없는 작업이며 --yes만으로는 실행되지 않습니다',
					],
					{ title: planned.title },
				),
				fix: phrase(['Pass --yes --confirm {typed}', '--yes --confirm {typed}을(를) 지정하세요'], {
					typed: planned.typed,
				}),
			});
		}
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
		if (!wait || outcome.outcome !== 'done') return await print(context, planned, outcome, exitCode);
		if (!given.is('json')) await out.write(outcomeLine(context, planned, outcome.message));
		const waited = await wait(monitor);
		if (given.is('json')) {
			const after = { outcome: outcome.outcome, message: waited.message ?? quoted(''), run: waited.run };
			return await print(context, planned, after, waited.exitCode);
		}
		if (waited.message === null) return waited.exitCode;
		if (waited.exitCode === exitCodes.unreachable) context.say(waited.message);
		else await out.write(`${render(waited.message, context.language)}\n`);
		return waited.exitCode;
	} finally {
		await monitor.stop();
	}
}

/**
 * Throws in read-only mode, or if confirmation is required and there is no terminal: before any server is asked. A dry run
 * is always allowed.
 */
export function demandPermission({ command, config, given, io }: CommandContext): void {
	if (given.is('dry-run')) return;
	if (config.readOnly) {
		throw new CommandFailure({ kind: 'refused', ...readOnlyRefusal(command.name) });
	}
	if (!given.is('yes') && !canAsk(io)) {
		throw new UsageError(
			phrase(
				[
					'{command} needs confirmation, but stdin is not a terminal',
					'{command}에는 확인이 필요하지만 표준 입력이 터미널이 아닙니다',
				],
				{ command: command.name },
			),
			phrase([
				'Pass --yes to confirm or --dry-run to preview',
				'확인하려면 --yes를, 미리 보려면 --dry-run을 지정하세요',
			]),
		);
	}
}

export function readOnlyRefusal(command: string): { readonly message: Message; readonly fix: Message } {
	return {
		message: phrase(
			['{command} is disabled in read-only mode', '읽기 전용 모드에서는 {command}을(를) 쓸 수 없습니다'],
			{
				command,
			},
		),
		fix: phrase(['Run laketop config to see where it is set', 'laketop config로 어디에서 설정했는지 확인하세요']),
	};
}

/**
 * Throws if several projects are possible and none was named: laketop picks the one with most services, which may change
 * at any time, and a command acts without showing its choice first. A dry run shows it.
 */
function demandOneProject({ given }: CommandContext, monitor: Monitor): void {
	const { stack } = monitor.store.current();
	if (stack?.projectOrigin !== 'best' || given.is('dry-run')) return;
	const names = [stack.project, ...stack.otherProjects].join(', ');
	throw new CommandFailure({
		kind: 'refused',
		message: phrase(
			[
				'Several projects run Airflow or MLflow: {names}',
				'여러 프로젝트가 Airflow나 MLflow를 실행하고 있습니다: {names}',
			],
			{ names },
		),
		fix: phrase(
			[
				'Pass --project {project}, or set project in the configuration',
				'--project {project}을(를) 지정하거나 설정에서 project를 지정하세요',
			],
			{ project: stack.project ?? '' },
		),
	});
}

/** Throws if that project, or Airflow of the shown one, belongs to another folder: see `foreignChange`. */
export function demandOwnStack({ store }: Pick<Monitor, 'store'>, project: string | null | undefined): void {
	const failure = foreignChange(store.current(), project);
	if (failure !== null) throw new CommandFailure(failure);
}

/** Changes of a demo are not recorded. */
export function auditOf({ config, io }: Pick<CommandContext, 'config' | 'io'>): Audit {
	return config.demo ? () => null : fileAudit(auditPath(io.environment));
}

/** The wanted state is already there: nothing to do, which is a success. `--wait` still waits. */
async function soAlready(
	context: CommandContext,
	message: Message,
	project: string | null,
	wait: (() => Promise<Waited>) | undefined,
): Promise<number> {
	const { command, given, out } = context;
	if (!given.is('json')) await out.write(`${render(message, context.language)}\n`);
	const waited = given.is('dry-run') ? undefined : await wait?.();
	const exitCode = waited?.exitCode ?? exitCodes.ok;
	const plan = { actionId: command.name, title: quoted(command.name), asks: [], command: '', targets: [], project };
	if (given.is('json')) {
		const words = [message, ...(waited?.message ? [waited.message] : [])];
		return await print(context, plan, { outcome: 'done', message: joined(words, '; '), run: waited?.run }, exitCode);
	}
	if (waited?.message) await out.write(`${render(waited.message, context.language)}\n`);
	return exitCode;
}

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

const equivalentCommand = ['Equivalent command: {command}', '동등한 명령: {command}'] as const;

async function confirmed(context: CommandContext, plan: Plan): Promise<boolean> {
	const { io, signal, text: say } = context;
	const width = (io.stderr.columns || 80) - 2;
	const lines = plan.asks.flatMap(text =>
		wrapText(render(text, context.language), width).map((row, index) => `${index === 0 ? '- ' : '  '}${row}`),
	);
	const equivalent = say(equivalentCommand, { command: plan.command.split('\n').join('\n  ') });
	io.stderr.write(`${lines.join('\n')}\n${equivalent}\n`);
	if (plan.typed !== undefined) {
		const question = say(['{title}? Type {typed} to confirm: ', '{title}: 확인하려면 {typed}을(를) 입력하세요: '], {
			title: plan.title,
			typed: plan.typed,
		});
		const answer = await ask(io, question, say, signal);
		if (answer !== null && answer !== plan.typed) {
			context.say(
				phrase(['"{answer}" is not "{typed}"', '입력한 "{answer}" 대신 "{typed}" 입력 필요'], {
					answer,
					typed: plan.typed,
				}),
			);
		}
		return answer === plan.typed;
	}
	const question = say(['{title}? [y/N] ', '{title}: 계속하시겠습니까? [y/N] '], { title: plan.title });
	return /^y(es)?$/i.test((await ask(io, question, say, signal)) ?? '');
}

export function exitCodeOfOutcome({ outcome, failure }: Outcome): number {
	if (outcome === 'done') return exitCodes.ok;
	if (failure !== undefined) return exitCodeOfRefusal(failure);
	return exitCodes.failed;
}

type Said = Pick<Document<'change'>, 'outcome'> & { readonly message: Message; readonly run?: RunPart | undefined };

function outcomeLine({ language }: CommandContext, { title }: Pick<Plan, 'title'>, message: Message): string {
	return `${render(title, language)}: ${render(message, language)}\n`;
}

async function print(
	context: CommandContext,
	plan: Omit<Plan, 'perform'>,
	said: Said,
	exitCode: number,
): Promise<number> {
	const { command, given, io, out, language, text: say } = context;
	if (given.is('json')) {
		const document: Document<'change'> = {
			schema: 'laketop/change/1',
			at: rfc3339(io.clock.now()),
			command: command.name,
			action: plan.actionId,
			title: render(plan.title, 'en'),
			outcome: said.outcome,
			message: render(said.message, 'en'),
			exit_code: exitCode,
			effects: plan.asks.map(ask => render(ask, 'en')),
			equivalent: plan.command,
			targets: [...plan.targets],
			project: plan.project ?? null,
			run: said.run ?? null,
		};
		await out.write(`${printableJson(document, '\t')}\n`);
	} else if (said.outcome === 'planned') {
		const asks = plan.asks.map(ask => `- ${render(ask, language)}`).join('\n');
		const typed =
			plan.typed === undefined
				? []
				: [say(['Type {typed} to confirm.', '확인하려면 {typed}을(를) 입력해야 합니다.'], { typed: plan.typed })];
		const lines = [
			render(plan.title, language),
			asks,
			...typed,
			say(['Equivalent command:', '동등한 명령:']),
			plan.command,
			say(['Nothing was changed.', '변경한 것이 없습니다.']),
		];
		await out.write(`${lines.join('\n')}\n`);
	} else if (said.outcome === 'done') await out.write(outcomeLine(context, plan, said.message));
	else {
		const values = { title: plan.title, message: said.message };
		context.say(
			said.outcome === 'unknown'
				? phrase(['{title}: outcome unknown: {message}', '{title}: 결과를 알 수 없음: {message}'], values)
				: phrase(['{title}: {message}', '{title}: {message}'], values),
		);
	}
	return exitCode;
}
