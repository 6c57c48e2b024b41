/** The walk over the screen with `--lang ko`: a key is pressed, what it opens is awaited, and the words on the screen are read. */
import { expect, vi } from 'vitest';
import { type DemoOptions, type DemoStack, type Scenario, startDemo } from '../../../source/demo/index.ts';
import type { StackState } from '../../../source/model/state.ts';
import type { Action } from '../../../source/ui/actions/action.ts';
import { holdersOf, type Spot, spots } from '../../../source/ui/actions/bindings.ts';
import { actionsFor } from '../../../source/ui/actions/table.ts';
import type { ChooseQuestion } from '../../../source/ui/conversation.ts';
import { questionOf } from '../../../source/ui/dialogs/dialogs.ts';
import { panes, panesOf } from '../../../source/ui/panes/panes.ts';
import { placeOf } from '../../../source/ui/place.ts';
import { namesIn, sentencesIn } from '../../given/demo-words.ts';
import { englishIn, type Known, knownOf } from '../../given/english-words.ts';
import { soon } from '../../patience.ts';
import { controllerOnDemo, type OnDemo } from '../on-demo.ts';
import { clockFrom, type Ground, keysOfKeyless } from './ground.ts';
import { visited } from './visited.ts';
import { left, rowsOf, seriesMarks, surelyShown, waysOn, waysToLists } from './ways.ts';

/** Whether the stack has an MLflow, and the shown DAG any runs. */
type Has = { readonly hasMlflow: boolean; readonly hasRuns: boolean };

export class Walk {
	readonly #demo: DemoStack;
	readonly #here: OnDemo;
	readonly #others: DemoOptions;
	readonly #seen = new Map<string, string>();
	/** Menus whose choices were tried, in any walk of a file: the same menu of the same Airflow leads to the same places. */
	static readonly #triedMenus = new Set<string>();
	/** Other dialogs that were looked into. */
	readonly #lookedInto = new Set<string>();
	/** Texts that were read: the same text has the same words. */
	readonly #read = new Set<string>();
	/** Dialogs all of whose rows were read. */
	readonly #readWhole = new Set<string>();
	readonly #mappedTask: string | null;
	readonly #goesDeep: boolean;
	#known: { readonly state: StackState; readonly lines: number; readonly known: Known } | null = null;

	private constructor(demo: DemoStack, here: OnDemo, others: DemoOptions, more: Ground) {
		this.#demo = demo;
		this.#here = here;
		this.#others = others;
		this.#mappedTask = more.mappedTask ?? null;
		this.#goesDeep = more.goesDeep ?? false;
	}

	/** At a date of its own. */
	static async on(ground: Ground = {}): Promise<Walk> {
		const { prepare, config, demo: options = {}, mappedTask: _, goesDeep: __, ...more } = ground;
		const clock = clockFrom(Date.UTC(2026, 10, 24, 14, 3, 21));
		const demo = await startDemo({ autonomous: false, now: clock.now, ...options });
		await prepare?.(demo.scenario);
		const differs = typeof config === 'function' ? await config(demo) : config;
		const settings = { language: 'ko', keys: keysOfKeyless, ...differs } as const;
		const here = await controllerOnDemo({ demo, clock, config: settings, ...more });
		return new Walk(demo, here, options, ground);
	}

	/** Resolves when the state is so. */
	async until(is: (state: StackState) => unknown): Promise<void> {
		await vi.waitFor(() => expect(is(this.#here.monitor.store.current())).toBeTruthy(), soon);
	}

	/** Resolves when every pane has its facts, and the first diagnosis is made. */
	async untilAllIsThere({ hasMlflow = true, hasRuns = true }: Partial<Has> = {}): Promise<void> {
		await this.until(
			({ taskInstances, mlflowRuns, modelVersions, dags, containers, diagnosedAt, endpoints }) =>
				(!hasRuns || Object.keys(taskInstances).length > 0) &&
				(!hasMlflow || (mlflowRuns?.length && modelVersions?.length)) &&
				dags?.length &&
				diagnosedAt !== null &&
				endpoints.every(({ check }) => check) &&
				Object.values(containers).every(({ detail }) => detail),
		);
	}

	/** Resolves when every task of a shown DAG run waits for an answer. */
	async untilTasksAsk(): Promise<void> {
		await this.until(({ taskInstances }) =>
			Object.values(taskInstances).some(tasks => tasks.every(({ state }) => state === 'awaiting_input')),
		);
	}

	/** Resolves when this is on the screen. */
	sees(words: RegExp): Promise<void> {
		return this.#here.sees(words);
	}

	get controls() {
		return this.#here.controls;
	}

	/** The places that this stack has. */
	get spots(): readonly Spot[] {
		const shown = panesOf(this.#here.monitor.store.current());
		return spots
			.filter(({ place }) => place !== 'task-instances' || this.#mappedTask !== null)
			.filter(({ place }) => !panes.some(({ id }) => id === place) || shown.some(({ id }) => id === place));
	}

	get #actions(): readonly Action[] {
		return actionsFor({ hasEngine: this.#here.monitor.store.current().hasEngine }, this.#here.monitor.config.keys);
	}

	get scenario(): Scenario {
		return this.#demo.scenario;
	}

	/** Reads the screen as it is. Log lines of the logs pane are left out. */
	look(where: string): void {
		const { controls } = this.#here;
		this.#here.text();
		visited.see(controls.view(), controls.dialog());
		const { overlay, footer, header, browse, panes: parts } = controls.screen.getState();
		const isChart = controls.dialog()?.kind === 'chart';
		const texts = [
			header,
			footer,
			browse,
			overlay,
			...Object.entries(parts).map(([id, part]) => (id === 'logs' ? null : part)),
		];
		for (const part of texts) {
			const text = part?.text ?? '';
			visited.texts.add(text);
			if (this.#read.size === this.#read.add(text).size) continue;
			for (const word of englishIn(text, this.#knownNow()))
				if (!this.#seen.has(word) && !(isChart && seriesMarks.test(word))) {
					const line = text.split('\n').find(one => new RegExp(`\\b${word}\\b`).test(one));
					this.#seen.set(word, `${where}: ${line?.trim()}`);
				}
		}
	}

	/** The same, and all of a dialog that is longer than the screen, once. */
	lookAtAll(where: string): void {
		const { controls } = this.#here;
		this.look(where);
		const dialog = controls.dialog();
		if (rowsOf(dialog) < surelyShown) return;
		// The rows of the help depend on the place.
		const { browse, focus, zoomed } = controls.view();
		const what = JSON.stringify([browse?.kind ?? focus, zoomed, dialog]);
		if (this.#readWhole.size === this.#readWhole.add(what).size) return;
		controls.resize(160, 500);
		this.look(where);
		controls.resize(120, 40);
	}

	/** Presses keys one after the other (`paste TEXT` pastes), and waits for what each has asked the servers. */
	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) {
			if (key !== 'esc') await this.#untilReadable();
			this.#note(key);
			if (key.startsWith('paste ')) this.#here.controls.paste(key.slice(6));
			else this.#here.controls.press(key);
			if (this.#here.controls.dialog()?.kind === 'waiting') this.look(`${key} waits`);
			await vi.waitFor(() => expect(this.#here.controls.dialog()?.kind).not.toBe('waiting'), { ...soon, interval: 2 });
		}
	}

	/** Whose key it is, if it is not for a dialog. */
	#note(key: string): void {
		const { controls } = this.#here;
		if (controls.dialog()) return;
		const view = controls.view();
		const [action] = holdersOf(this.#actions, key, { place: placeOf(view), zoomed: view.zoomed });
		if (action) visited.press(action.id);
	}

	/** A menu takes keys once it could be read: earlier ones choose nothing. */
	async #untilReadable(): Promise<void> {
		const dialog = this.#here.controls.dialog();
		if (dialog?.kind !== 'choose' || questionOf(dialog) === null) return;
		await vi.waitFor(() => expect(this.#here.text()).toMatch(/Enter 선택/), { ...soon, interval: 2 });
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
		if (place === 'task-instances') await this.#toInstances();
		else await this.press(...(pane >= 0 ? [String(pane + 1)] : (waysToLists[place] ?? [])));
		if (zoomed) await this.press('z');
		const { browse, focus, ...view } = controls.view();
		const at = { place: browse?.kind ?? focus, zoomed: view.zoomed && !browse };
		expect(at).toEqual({ place, zoomed });
	}

	/** Selects the mapped task, from whichever is selected, and opens it. */
	async #toInstances(): Promise<void> {
		const { controls } = this.#here;
		await this.press('2');
		for (const key of ['right', 'left'])
			for (let index = 0; index < 5 && controls.view().taskId !== this.#mappedTask; index++) await this.press(key);
		await this.press('enter');
	}

	/** Reads the overview, every pane in full screen, every list, and what is opened first in each. */
	async lookEverywhere(where: string): Promise<void> {
		for (const spot of this.spots) {
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

	/** Presses a key of every action that is there at a spot, and reads what comes. */
	async pressAllAt(spot: Spot): Promise<void> {
		await this.#pressAt(spot, '', () => true);
	}

	/** The same everywhere, each action at the first place that has it. */
	async pressAll(where: string): Promise<void> {
		const pressed = new Set<string>();
		for (const spot of this.spots) await this.#pressAt(spot, where, ({ id }) => pressed.size < pressed.add(id).size);
	}

	async #pressAt(spot: Spot, where: string, isWanted: (action: Action) => boolean): Promise<void> {
		const actions = this.#actions;
		const pressed = new Set<string>();
		await this.goTo(spot);
		this.lookAtAll(`${where} ${spot.place}`);
		for (const key of new Set(actions.flatMap(action => action.keys))) {
			const [action] = holdersOf(actions, key, spot);
			if (!action || left.has(action.id) || pressed.has(action.id) || !isWanted(action)) continue;
			pressed.add(action.id);
			await this.goTo(spot);
			await this.press(key);
			this.lookAtAll(`${where} ${spot.place}: ${action.id} (${key})`);
			const dialog = this.#here.controls.dialog();
			// A long list of what to look at is read as it is.
			const isList = dialog?.kind === 'choose' && dialog.question.filters && action.kind !== 'change';
			if (!isList) await this.#lookInto(spot, [key], `${where} ${spot.place}: ${action.id}`);
		}
	}

	/**
	 * What each choice of a menu, each key of a page or a chart, and a form as it is, lead to: questions, inputs,
	 * refusals, other pages. Each is looked into once.
	 */
	async #lookInto(spot: Spot, keys: readonly string[], where: string): Promise<void> {
		const dialog = this.#here.controls.dialog();
		const what = JSON.stringify(dialog);
		if (this.#lookedInto.size === this.#lookedInto.add(what).size) return;
		if (dialog?.kind === 'choose' && !this.#isNewMenu(dialog.question)) return;
		for (const { name, keys: more } of waysOn(dialog, this.#goesDeep)) {
			await this.goTo(spot);
			const there = `${where}, ${name}`;
			await this.press(...keys);
			for (const key of more) {
				await this.press(key);
				if (dialog?.kind === 'chart') this.look(there);
			}
			this.lookAtAll(there);
			if (keys.length < 2 && dialog?.kind !== 'chart') await this.#lookInto(spot, [...keys, ...more], there);
		}
	}

	#isNewMenu({ choices }: ChooseQuestion): boolean {
		const menu = JSON.stringify([this.#others.airflow, visited.actionId, choices.map(({ id }) => id)]);
		return Walk.#triedMenus.size < Walk.#triedMenus.add(menu).size;
	}

	/** The English words that were seen, and where first. */
	found(): Readonly<Record<string, string>> {
		return Object.fromEntries(this.#seen);
	}

	/** Nothing English was seen since the last time. */
	check(): void {
		const found = this.found();
		this.#seen.clear();
		// Another try of the test has to see them again.
		if (Object.keys(found).length > 0)
			for (const known of [this.#read, this.#readWhole, this.#lookedInto, Walk.#triedMenus]) known.clear();
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
			const sentences = [...sentencesIn(this.#others), ...texts];
			this.#known = { state, lines, known: knownOf(state, sentences, namesIn(this.#others)) };
		}
		return this.#known.known;
	}
}
