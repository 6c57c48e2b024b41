import { UsageError } from '../../command-line/arguments/given.ts';
import { change } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { CommandFailure } from '../../command-line/exit/failures.ts';
import { findingCalled } from '../../command-line/names/finding-names.ts';
import {
	acknowledgementsProblemText,
	requiredForFindings,
	watchedForFindings,
} from '../../command-line/show/judged.ts';
import { airflowLoginOf } from '../../config/airflow-login.ts';
import type { Finding } from '../../model/finding.ts';
import { isChanging } from '../../model/finding.ts';
import { planOfFix } from '../../operations/fixes/fix.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { joined, phrase } from '../../words/message.ts';

/** `laketop fix` */
export function run(context: CommandContext): Promise<number> {
	const { config, given, io, signal } = context;
	const [wanted] = given.words;
	const number = given.text('fix');
	return change(context, {
		watch: watchedForFindings,
		requires: requiredForFindings,
		plan: async monitor => {
			const finding = await findingCalled(monitor, wanted, signal);
			const unread = acknowledgementsProblemText(monitor.store.current(), config.language);
			if (unread !== null) context.say(unread);
			const { message, action } = fixOf(finding, number);
			context.say(joined([finding.title, message], ': '));
			return planOfFix(action, {
				clients: monitor.clients,
				facts: { state: monitor.store.current(), now: io.clock.now() },
				signal,
				project: ownProject(monitor.store.current(), config.discovery.project),
				airflowLogin: airflowLoginOf(config),
			});
		},
	});
}

function fixOf(finding: Finding, number: string | undefined) {
	const changing = finding.fixes.filter(({ action }) => isChanging(action));
	const chosen = number === undefined ? changing[0] : finding.fixes[Number(number) - 1];
	if (number !== undefined && !chosen)
		throw new UsageError(
			phrase(
				[
					'no fix {number}: this finding has {count} {count|fix|fixes}',
					'{number}번 조치가 없습니다. 이 문제의 조치는 {count}개입니다',
				],
				{ number, count: finding.fixes.length },
			),
			phrase(['Run laketop doctor to see their numbers', 'laketop doctor로 조치 번호를 확인하세요']),
		);
	if (chosen && isChanging(chosen.action)) return { message: chosen.message, action: chosen.action };
	throw new CommandFailure({
		kind: 'refused',
		message: phrase(['laketop cannot fix this: {title}', 'laketop이 조치할 수 없는 문제입니다: {title}'], {
			title: finding.title,
		}),
		fix:
			finding.fixes.length > 0
				? joined(
						finding.fixes.map(({ message }) => message),
						'; ',
					)
				: phrase(['Run laketop doctor for details', 'laketop doctor로 자세히 확인하세요']),
	});
}
