import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import { namesOfTasks } from '../../model/airflow/task-name.ts';
import type { Text } from '../../words/language.ts';
import { filled, type Message } from '../../words/message.ts';
import { listed } from '../airflow.ts';

/**
 * What happens to task instances under way that are cleared or marked, one sentence a kind. One that is scheduled, or
 * waits for a retry, loses nothing.
 * @param all the run's instances
 */
export function interruptions(concerned: readonly TaskInstance[], all: readonly TaskInstance[]): Message[] {
	return kinds.flatMap(({ states, text }) => {
		const some = concerned.filter(({ state }) => state !== null && states.includes(state));
		return some.length === 0
			? []
			: [filled(text, { names: listed(namesOfTasks(some, all), namesShown), count: some.length })];
	});
}

const namesShown = 20;

const kinds: readonly { readonly states: readonly string[]; readonly text: Text }[] = [
	{
		states: ['running', 'restarting'],
		text: ['Stops the running {count|try|tries} of {names}.', '실행 중인 {names}의 시도를 중지합니다.'],
	},
	{ states: ['queued'], text: ['Removes {names} from the queue.', '{names}을(를) 대기열에서 제거합니다.'] },
	{
		states: ['deferred'],
		text: [
			'Ends the wait of {names} for {count|its trigger|their triggers} (deferred).',
			'트리거를 기다리는(deferred) {names}의 대기를 끝냅니다.',
		],
	},
	{
		states: ['awaiting_input'],
		text: [
			'Ends the wait of {names} for an answer (awaiting input).',
			'답변을 기다리는(입력 대기) {names}의 대기를 끝냅니다.',
		],
	},
	{
		states: ['up_for_reschedule'],
		text: [
			'Ends the wait of {names} for the next poke (rescheduled).',
			'다음 poke를 기다리는(rescheduled) {names}의 대기를 끝냅니다.',
		],
	},
];
