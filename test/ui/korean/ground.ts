/** What a walk of `walk.ts` is on: a demo, its settings, its keys and its time. */
import type { Config, KeyBinding } from '../../../source/config/schema.ts';
import type { DemoOptions, DemoStack, Scenario } from '../../../source/demo/index.ts';
import { type Clock, systemClock } from '../../../source/model/time/clock.ts';
import { readingMs } from '../../../source/operations/plan/answer-gate.ts';
import { actionsFor } from '../../../source/ui/actions/table.ts';

/** What a walk is on. */
export type Ground = {
	/** Changes the demo before anything looks at it. */
	readonly prepare?: (scenario: Scenario) => void | Promise<void>;
	/** What differs from a demo that nothing moves by itself. */
	readonly demo?: DemoOptions;
	/** Settings; they may depend on the demo. */
	readonly config?: Partial<Config> | ((demo: DemoStack) => Partial<Config> | Promise<Partial<Config>>);
	readonly environment?: Readonly<Record<string, string>>;
	readonly readOnly?: boolean;
	/** A mapped task of the shown DAG run: its list of instances is a place too. */
	readonly mappedTask?: string;
	/** Also presses the keys of pages and charts: one walk for all, because they cost as much as the rest. */
	readonly goesDeep?: boolean;
};

/** Actions without keys get one each, so that the walk presses them as all others. */
const keyless = actionsFor({}).filter(({ keys }) => keys.length === 0);
export const keysOfKeyless: readonly KeyBinding[] = keyless.map(({ id }, index) => ({
	actionId: id,
	keys: [String.fromCodePoint('α'.charCodeAt(0) + index)],
	where: 'here',
}));

/** The key of an action in a walk. */
export function keyOf(actionId: string): string {
	const action = actionsFor({}, keysOfKeyless).find(({ id }) => id === actionId);
	if (action?.keys[0] === undefined) throw new Error(`there is no action ${actionId}`);
	return action.keys[0];
}

/** The system's time, moved to a date. Questions are read at once: a walk opens hundreds of them. */
export function clockFrom(start: number): Clock {
	const ahead = start - Date.now();
	return {
		now: () => Date.now() + ahead,
		sleep: (ms, signal) => systemClock.sleep(ms === readingMs ? 0 : ms, signal),
	};
}
