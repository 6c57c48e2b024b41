import type { Plan } from '../../operations/plan/plan.ts';
import { wrapText } from '../../presentation/text.ts';
import { asHeading, phrase, render } from '../../words/message.ts';
import type { CommandContext } from '../context/context.ts';
import { CommandFailure } from '../exit/failures.ts';
import { ask } from './ask.ts';

const equivalentCommand = ['Equivalent command: {command}', '동등한 명령: {command}'] as const;

/** Prints the effects and the equivalent command on stderr, and asks. Whether the user confirmed. */
export async function confirmed(context: CommandContext, plan: Plan): Promise<boolean> {
	const { io, signal, text: say } = context;
	const width = (io.stderr.columns || 80) - 2;
	const lines = plan.effects.flatMap(text =>
		wrapText(render(text, context.language), width).map((row, index) => `${index === 0 ? '- ' : '  '}${row}`),
	);
	const equivalent = say(equivalentCommand, { command: plan.command.split('\n').join('\n  ') });
	io.stderr.write(`${lines.join('\n')}\n${equivalent}\n`);
	if (plan.typed !== undefined) {
		const question = say(['{title}? Type {typed} to confirm: ', '{title}: 확인하려면 {typed}을(를) 입력하세요: '], {
			title: asHeading(plan.title),
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
	const question = say(['{title}? [y/N] ', '{title}: 계속하시겠습니까? [y/N] '], { title: asHeading(plan.title) });
	return /^y(es)?$/i.test((await ask(io, question, say, signal)) ?? '');
}

/** Throws if `--yes` confirms what cannot be undone: that also needs `--confirm` with the typed word. */
export function demandTypedWord({ given }: CommandContext, plan: Plan): void {
	if (!given.is('yes') || plan.typed === undefined || given.text('confirm') === plan.typed) return;
	throw new CommandFailure({
		kind: 'refused',
		message: phrase(
			[
				'{title}: this cannot be undone; --yes is not enough',
				'{title}: 되돌릴 수 없는 작업이며 --yes만으로는 실행되지 않습니다',
			],
			{ title: asHeading(plan.title) },
		),
		fix: phrase(['Pass --yes --confirm {typed}', '--yes --confirm {typed}을(를) 지정하세요'], {
			typed: plan.typed,
		}),
	});
}
