import type { TaskInstance } from '../model/pipeline.ts';
import { namesOfTasks } from '../model/task-name.ts';
import { listed } from './airflow.ts';

/**
 * What happens to task instances under way that are cleared or marked, one sentence a kind. One that is scheduled, or
 * waits for a retry, loses nothing.
 * @param all the run's instances
 */
export function interruptions(concerned: readonly TaskInstance[], all: readonly TaskInstance[]): string[] {
	return kinds.flatMap(({ states, words }) => {
		const some = concerned.filter(({ state }) => state !== null && states.includes(state));
		return some.length === 0 ? [] : [words(listed(namesOfTasks(some, all), namesShown), some.length)];
	});
}

const namesShown = 20;

const kinds: readonly {
	readonly states: readonly string[];
	readonly words: (names: string, count: number) => string;
}[] = [
	{
		states: ['running', 'restarting'],
		words: (names, count) => `Stops the running ${count === 1 ? 'try' : 'tries'} of ${names}.`,
	},
	{ states: ['queued'], words: names => `Takes ${names} out of the queue.` },
	{ states: ['deferred'], words: names => `Ends the wait of ${names} for its trigger (deferred).` },
	{ states: ['up_for_reschedule'], words: names => `Ends the wait of ${names} for its next poke (rescheduled).` },
];
