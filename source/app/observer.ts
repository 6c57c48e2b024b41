import { LogErrors } from '../feeds/logs/log-errors.ts';
import type { Quiet } from '../feeds/quiet.ts';
import type { LogStore } from '../model/logs/log-store.ts';
import type { Fact, Observation } from '../model/observation.ts';
import type { Clock } from '../model/time/clock.ts';
import type { StackStore } from './store.ts';

/** Adds facts, with the current time, to the logs or to the state. */
export function observerOf({
	store,
	logs,
	clock,
	signal,
	quiet,
	onObservation,
}: {
	readonly store: StackStore;
	readonly logs: LogStore;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly quiet: Quiet;
	readonly onObservation: ((observation: Observation) => void) | undefined;
}): (fact: Fact) => void {
	const logErrors = new LogErrors();
	const observe = (fact: Fact) => {
		if (signal.aborted) return;
		const observation: Observation = { ...fact, at: clock.now() };
		quiet.see(fact);
		onObservation?.(observation);
		if (observation.type === 'log lines') {
			logs.push(observation.stream, observation.lines, observation.at);
			const errors = logErrors.factOf(observation.stream, observation.lines);
			if (errors) observe(errors);
		} else if (observation.type === 'log cleared' && !observation.forgotten) logs.clear(observation.stream);
		else {
			if (observation.type === 'log cleared') logs.forget(observation.stream);
			store.observe(observation);
		}
	};
	return observe;
}
