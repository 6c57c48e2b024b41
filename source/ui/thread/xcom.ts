import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import { valueText } from '../../presentation/value-text.ts';
import type { StepContext } from '../actions/action.ts';
import { asked, noAirflowAddress } from '../actions/pages.ts';
import { cannot } from '../actions/step.ts';
import type { Effect, PageLine } from '../conversation.ts';

/** A value on a page: most are shorter, and a longer one is a table or a model that belongs elsewhere. */
const xcomLimits = { lines: 2000, characters: 65_536 };

/** The value of an XCom of the task; of several, one is chosen first. */
export function chooseXcom(
	context: StepContext,
	task: TaskInstance,
	keys: readonly string[],
	back: () => Effect,
): Effect {
	const [only] = keys;
	if (only !== undefined && keys.length === 1) return xcomPage(context, task, only, back);
	return {
		kind: 'choose',
		question: {
			title: context.say(['XCom of {task}', '{task}의 XCom'], { task: taskName(task) }),
			filters: true,
			choices: keys.map(key => ({ id: key, label: key, hint: '' })),
			next: key => xcomPage(context, task, key, back),
		},
	};
}

function xcomPage(context: StepContext, task: TaskInstance, key: string, back: () => Effect): Effect {
	const { clients, signal, say } = context;
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress));
	return asked(async () => {
		const value = await (await airflow.taskRequests(signal)).xcomValue(task, key, signal);
		const { lines, isCut } = valueText(key, value, xcomLimits);
		const cut: PageLine[] = isCut ? [{ text: say(['cut', '이하 생략']), tone: 'muted' }] : [];
		return {
			title: say(['{task}: XCom {key}', '{task}: XCom {key}'], { task: taskName(task), key }),
			lines: [...lines.map((text): PageLine => ({ text })), ...cut],
			copies: lines.join('\n'),
			copiesWhat: ['value', '값'],
			note: say(['y copies the value', 'y 값 복사']),
			back,
		};
	});
}
