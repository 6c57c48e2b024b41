/** The walk over the screen with `--lang ko`: a key is pressed, what it opens is awaited, and the words on the screen are read. */
import { expect, vi } from 'vitest';
import type { Config } from '../../../source/config/schema.ts';
import { type DemoStack, type Scenario, startDemo } from '../../../source/demo/index.ts';
import { type CatalogueDag, DAGS } from '../../../source/demo/world/dag-catalogue.ts';
import { LAKEHOUSE_CONTAINERS } from '../../../source/demo/world/lakehouse-containers.ts';
import { MLOPS_CONTAINERS } from '../../../source/demo/world/mlops-containers.ts';
import { type Clock, systemClock } from '../../../source/model/clock.ts';
import type { StackState } from '../../../source/model/state.ts';
import type { Action } from '../../../source/ui/actions/action.ts';
import { holdersOf, type Spot, spots } from '../../../source/ui/actions/bindings.ts';
import { actionsFor } from '../../../source/ui/actions/table.ts';
import { panes } from '../../../source/ui/panes/panes.ts';
import { englishIn, type Known, knownOf, stringsOf } from '../../given/english-words.ts';
import { soon } from '../../patience.ts';
import { controllerOnDemo, type OnDemo } from '../on-demo.ts';

/** Not pressed: what leaves the program, gives the terminal away or asks for another stack. */
const left = new Set(['quit', 'shell', 'pager', 'suspend']);

/** Texts of the demo that no state holds: descriptions of DAGs and params, their sources, commands of containers, `docker top`. */
const outside = [
	...stringsOf(DAGS),
	...[...MLOPS_CONTAINERS, ...LAKEHOUSE_CONTAINERS].map(({ entrypoint, command }) =>
		[...entrypoint, ...command].join(' '),
	),
	'ENOENT: no such file or directory, open',
	// What the servers answer in `outages.test.ts`.
	'all boom boom boom all',
	'USER PID PPID CPU MEM ELAPSED COMMAND',
];

/** Names that no state holds: of the host and the user, of params, profiles. */
const otherNames = ['test', 'admin', 'staging', 'production', ...DAGS.flatMap(({ params }) => Object.keys(params))];

/** How each list is opened from the overview. */
const waysToLists: Readonly<Record<string, readonly string[]>> = {
	dags: ['D'],
	runs: ['2', 'a'],
	timeline: ['H'],
	'mlflow-runs': ['4', 'a'],
};

export class Walk {
	readonly #demo: DemoStack;
	readonly #here: OnDemo;
	readonly #seen = new Map<string, string>();
	#known: { readonly state: StackState; readonly lines: number; readonly known: Known } | null = null;

	private constructor(demo: DemoStack, here: OnDemo) {
		this.#demo = demo;
		this.#here = here;
	}

	/**
	 * On a demo that nothing moves by itself, at a date of its own.
	 * @param prepare changes the demo before anything looks at it
	 */
	static async on({
		prepare,
		config,
		readOnly = false,
		dags = [],
	}: {
		readonly prepare?: (scenario: Scenario) => void | Promise<void>;
		readonly config?: Partial<Config>;
		readonly readOnly?: boolean;
		/** DAGs that Airflow has besides its usual ones. */
		readonly dags?: readonly CatalogueDag[];
	} = {}): Promise<Walk> {
		const clock = clockFrom(Date.UTC(2026, 10, 24, 14, 3, 21));
		const demo = await startDemo({
			autonomous: false,
			now: clock.now,
			dags,
		});
		await prepare?.(demo.scenario);
		return new Walk(demo, await controllerOnDemo({ demo, clock, readOnly, config: { language: 'ko', ...config } }));
	}

	/** Resolves when the state is so. */
	async until(is: (state: StackState) => unknown): Promise<void> {
		await vi.waitFor(() => expect(is(this.#here.monitor.store.current())).toBeTruthy(), soon);
	}

	/** Resolves when every pane has its facts, and the first diagnosis is made. */
	async untilAllIsThere(): Promise<void> {
		await this.until(
			({ taskInstances, mlflowRuns, modelVersions, dags, containers, diagnosedAt, endpoints }) =>
				Object.keys(taskInstances).length > 0 &&
				mlflowRuns?.length &&
				modelVersions?.length &&
				dags?.length &&
				diagnosedAt !== null &&
				endpoints.every(({ check }) => check) &&
				Object.values(containers).every(({ detail }) => detail),
		);
	}

	/** Resolves when this is on the screen. */
	sees(words: RegExp): Promise<void> {
		return this.#here.sees(words);
	}

	get controls() {
		return this.#here.controls;
	}

	get scenario(): Scenario {
		return this.#demo.scenario;
	}

	/** Reads the screen as it is. Log lines of the logs pane are left out. */
	look(where: string): void {
		const { controls } = this.#here;
		this.#here.text();
		const { overlay, footer, header, browse, panes: parts } = controls.screen.getState();
		const texts = [
			header,
			footer,
			browse,
			overlay,
			...Object.entries(parts).map(([id, part]) => (id === 'logs' ? null : part)),
		];
		const known = this.#knownNow();
		for (const part of texts) {
			for (const word of englishIn(part?.text ?? '', known)) if (!this.#seen.has(word)) this.#seen.set(word, where);
		}
	}

	/** The same, and all of a dialog that is longer than the screen. */
	lookAtAll(where: string): void {
		const { controls } = this.#here;
		this.look(where);
		if (!['page', 'choose', 'form', 'help'].includes(controls.dialog()?.kind ?? '')) return;
		controls.resize(160, 500);
		this.look(where);
		controls.resize(120, 40);
	}

	/** Presses keys one after the other (`paste TEXT` pastes), and waits for what each has asked the servers. */
	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) {
			if (key.startsWith('paste ')) this.#here.controls.paste(key.slice(6));
			else this.#here.controls.press(key);
			await vi.waitFor(() => expect(this.#here.controls.dialog()?.kind).not.toBe('waiting'), { ...soon, interval: 2 });
		}
	}

	/** To a pane or list, from wherever the screen is. */
	async goTo({ place, zoomed }: Spot): Promise<void> {
		const { controls } = this.#here;
		if (controls.view().frozen && !controls.dialog()) await this.press('Z');
		const isAway = () => {
			const { browse, zoomed, marks, frozen } = controls.view();
			return controls.dialog() !== null || browse !== null || zoomed || marks.length > 0 || frozen;
		};
		// A dialog in a dialog, a list opened from a list, a filter and marks take an Esc each.
		for (let index = 0; index < 10 && isAway(); index++) await this.press('esc');
		if (controls.view().frozen) await this.press('Z');
		const pane = panes.findIndex(({ id }) => id === place);
		await this.press(...(pane >= 0 ? [String(pane + 1)] : (waysToLists[place] ?? [])));
		if (zoomed) await this.press('z');
		const { browse, focus, ...view } = controls.view();
		const at = { place: browse?.kind ?? focus, zoomed: view.zoomed && !browse };
		expect(at).toEqual({ place, zoomed });
	}

	/** Reads the overview, every pane in full screen, every list, and what is opened first in each. */
	async lookEverywhere(where: string): Promise<void> {
		for (const spot of spots) {
			await this.goTo(spot);
			this.look(`${where}, ${spot.place}`);
			await this.press('enter');
			this.lookAtAll(`${where}, ${spot.place}, opened`);
		}
	}

	/** Reads the screen after every fact that comes; returns how to stop. */
	lookAtEveryChange(): () => void {
		this.look('first frame');
		return this.#here.monitor.store.onChange(() => this.look('later frame'));
	}

	/** Answers the question with yes once it can be answered, and resolves when what follows has an outcome. */
	async confirm(where: string): Promise<void> {
		const { controls, monitor, shells } = this.#here;
		const count = () => monitor.store.current().actions.length + shells.length;
		const before = count();
		await this.#here.sees(/예, 실행/);
		this.look(`${where}, asked`);
		await this.press('y');
		const isOver = () => {
			this.look(`${where}, under way`);
			return count() > before && monitor.store.current().actions.every(({ outcome }) => outcome !== 'running');
		};
		await vi.waitFor(() => expect(isOver()).toBe(true), soon);
		this.look(`${where}, over`);
		if (controls.dialog()) await this.press('esc');
	}

	/**
	 * Presses every key that means something at a spot, and reads what comes.
	 * @param which only actions of these places; all where left out
	 */
	async pressAllAt(spot: Spot, which: 'all' | 'of the place' = 'all'): Promise<void> {
		const actions = actionsFor({});
		await this.goTo(spot);
		this.lookAtAll('place');
		for (const key of new Set(actions.flatMap(action => action.keys))) {
			const [action] = holdersOf(actions, key, spot);
			if (!action || left.has(action.id) || (which === 'of the place' && !action.places)) continue;
			await this.goTo(spot);
			await this.press(key);
			this.lookAtAll(`${action.id} (${key})`);
			if (action.kind === 'change') await this.#lookIntoChoices(spot, action, key);
		}
	}

	/** What each choice of a menu leads to: questions, inputs, refusals. */
	async #lookIntoChoices(spot: Spot, action: Action, key: string): Promise<void> {
		const dialog = this.#here.controls.dialog();
		if (dialog?.kind !== 'choose') return;
		for (const [index, choice] of dialog.question.choices.entries()) {
			await this.goTo(spot);
			await this.press(key, ...Array.from({ length: index }, () => 'down'), 'enter');
			this.lookAtAll(`${action.id} (${key}), ${choice.id}`);
		}
	}

	/** The English words that were seen, and where first. */
	found(): Readonly<Record<string, string>> {
		return Object.fromEntries(this.#seen);
	}

	/** Nothing English was seen since the last time. */
	check(): void {
		const found = this.found();
		this.#seen.clear();
		expect(found).toEqual({});
	}

	/** The same, at the end. */
	async close(): Promise<void> {
		await this.#here.close();
		await this.#demo.close();
		this.check();
	}

	/** The same, and nothing was changed. */
	async end(): Promise<void> {
		const changes = this.#here.changes();
		await this.close();
		expect(changes).toEqual([]);
	}

	#knownNow(): Known {
		const { store, logs } = this.#here.monitor;
		const state = store.current();
		// A line is copied from a log, and named as what was copied.
		const buffers = Object.keys(state.logStreams).map(stream => logs.buffer(stream));
		const lines = buffers.reduce((sum, buffer) => sum + buffer.version, 0);
		if (this.#known?.state !== state || this.#known.lines !== lines) {
			const texts = buffers.flatMap(buffer => buffer.tail(200).map(({ text }) => text));
			this.#known = { state, lines, known: knownOf(state, [...outside, ...texts], otherNames) };
		}
		return this.#known.known;
	}
}

/** The system's time, moved to a date. */
function clockFrom(start: number): Clock {
	const ahead = start - Date.now();
	return { now: () => Date.now() + ahead, sleep: systemClock.sleep };
}
