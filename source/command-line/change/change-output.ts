import { printableJson } from '../../model/text/clean-text.ts';
import type { Plan } from '../../operations/plan/plan.ts';
import { asHeading, type Message, phrase, render } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { rfc3339 } from '../facts/figures.ts';
import type { RunPart } from '../json/airflow.ts';
import type { Document } from '../json/documents.ts';

/** The outcome, or `planned` for a dry run. */
type ChangeResult = Pick<Document<'change'>, 'outcome'> & {
	readonly message: Message;
	readonly run?: RunPart | undefined;
};

/** `Restart airflow-worker: restarted in 3.1 s`. */
export function outcomeLine({ language }: CommandContext, { title }: Pick<Plan, 'title'>, message: Message): string {
	return `${render(asHeading(title), language)}: ${render(message, language)}\n`;
}

/** Prints the outcome as JSON or text; failures go to stderr. Returns `exitCode`. */
export async function printChange(
	context: CommandContext,
	plan: Omit<Plan, 'perform'>,
	result: ChangeResult,
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
			outcome: result.outcome,
			message: render(result.message, 'en'),
			exit_code: exitCode,
			effects: plan.effects.map(effect => render(effect, 'en')),
			equivalent: plan.command,
			targets: [...plan.targets],
			project: plan.project ?? null,
			run: result.run ?? null,
		};
		await out.write(`${printableJson(document, '\t')}\n`);
	} else if (result.outcome === 'planned') {
		const effects = plan.effects.map(effect => `- ${render(effect, language)}`).join('\n');
		const typed =
			plan.typed === undefined
				? []
				: [say(['Type {typed} to confirm.', '확인하려면 {typed}을(를) 입력해야 합니다.'], { typed: plan.typed })];
		const lines = [
			render(asHeading(plan.title), language),
			effects,
			...typed,
			say(['Equivalent command:', '동등한 명령:']),
			plan.command,
			say(['Nothing was changed.', '변경한 것이 없습니다.']),
		];
		await out.write(`${lines.join('\n')}\n`);
	} else if (result.outcome === 'done') await out.write(outcomeLine(context, plan, result.message));
	else {
		const values = { title: asHeading(plan.title), message: result.message };
		context.say(
			result.outcome === 'unknown'
				? phrase(['{title}: outcome unknown: {message}', '{title}: 결과를 알 수 없음: {message}'], values)
				: phrase(['{title}: {message}', '{title}: {message}'], values),
		);
	}
	return exitCode;
}
