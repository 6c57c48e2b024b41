import type { LogLine } from '../../source/model/logs/log-line.ts';
import { LogStore } from '../../source/model/logs/log-store.ts';
import { containerStream } from '../../source/model/logs/log-watch.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { plainTheme } from '../../source/presentation/theme.ts';
import type { StepContext } from '../../source/ui/actions/action.ts';
import { actionForKey, actionsFor } from '../../source/ui/actions/table.ts';
import type { Effect, ViewState } from '../../source/ui/conversation.ts';
import { LogReader } from '../../source/ui/panes/logs/log-reader.ts';
import { actionContext, type PresentInput, present } from '../../source/ui/presenter.ts';
import { initialView } from '../../source/ui/view-state.ts';
import { english } from '../english.ts';
import { engine, now } from './screens.tsx';

const actions = actionsFor({});

/** The opened logs pane, with keys to press: the real actions on the real screen, without a terminal. */
export class LogsPane {
	readonly store = new LogStore({ lines: 2000, bytes: 1e7 });
	readonly #reader = new LogReader(this.store);
	state: StackState;
	view: ViewState;
	columns: number;
	rows: number;

	constructor({ columns = 80, rows = 14, seen = [] as readonly Observation[] } = {}) {
		this.state = [...engine(), ...seen].reduce(reduce, initialState);
		this.view = { ...initialView('ml_pipeline_end_to_end'), focus: 'logs', zoomed: true };
		this.columns = columns;
		this.rows = rows;
	}

	say(texts: readonly (string | Partial<LogLine>)[], stream = containerStream('airflow-worker')): this {
		const from = this.store.buffer(stream).next;
		this.store.push(
			stream,
			texts.map((one, index): LogLine => {
				const loggedAt = now - 600_000 + (from + index) * 1000;
				const more = typeof one === 'string' ? { text: one } : one;
				return { stamp: new Date(loggedAt).toISOString(), loggedAt, channel: 'stdout', text: '', ...more };
			}),
		);
		return this;
	}

	#input(): PresentInput {
		return {
			state: this.state,
			reader: this.#reader,
			view: this.view,
			dialog: null,
			config: {
				discovery: { project: 'mlops' },
				experiment: 'lakehouse_ml_pipeline',
				readOnly: false,
				demo: false,
				profile: null,
				language: 'en',
			},
			host: 'db-host',
			actions,
			now,
			keyPressedAt: 0,
			isAnswerable: true,
			columns: this.columns,
			rows: this.rows,
			glyphs: glyphSets.unicode,
			theme: plainTheme,
		};
	}

	/** Presses keys one after the other; a question is answered with `answer`. */
	async press(keys: string, answer?: string): Promise<this> {
		for (const key of keys.split(' ')) {
			const action = actionForKey(actions, key, this.view);
			if (!action) throw new Error(`no action for ${key}`);
			this.#readAll();
			const context = actionContext(this.#input());
			this.view = { ...this.view, hint: '' };
			if (action.kind === 'view') this.view = action.apply({ ...context, view: this.view });
			else if (action.kind === 'look') await this.#take(action.begin({ ...context, actions } as StepContext), answer);
			else throw new Error(`${key} is ${action.kind}`);
		}
		this.#readAll();
		return this;
	}

	/** The effect of a key, including live typing. */
	asks(key: string): Effect {
		const action = actionForKey(actions, key, this.view);
		if (action?.kind !== 'look') throw new Error(`${key} asks nothing`);
		return action.begin({ ...actionContext(this.#input()), actions } as StepContext);
	}

	async #take(effect: Effect, answer: string | undefined): Promise<void> {
		switch (effect.kind) {
			case 'wait':
				return this.#take(await effect.until, answer);
			case 'view':
				this.view = effect.change(this.view);
				return;
			case 'input':
			case 'choose':
				if (answer === undefined) throw new Error(`${effect.question.title} wants an answer`);
				if (effect.kind === 'input' && effect.question.live) {
					this.view = effect.question.live(this.view, answer);
					this.#readAll();
				}
				return this.#take(effect.question.next(answer), answer);
			case 'refusal':
				this.view = { ...this.view, hint: english(effect.refusal.refused) };
				return;
			case 'nothing':
				this.view = { ...this.view, hint: effect.hint ?? '' };
				return;
			case 'copy':
			case 'pager':
				this.taken = effect.text;
				return;
			default:
				throw new Error(`a ${effect.kind} was not expected`);
		}
	}

	taken = '';

	/** The controller reads meanwhile what is not read at once. */
	#readAll(): void {
		const { view } = actionContext(this.#input()).log;
		while (!view.advance(100));
	}

	/** The rows of the pane: its title first, without borders. */
	text(): string[] {
		this.#readAll();
		const { text } = present(this.#input()).panes.logs ?? { text: '' };
		return text.split('\n').map(row =>
			row
				.replaceAll(/\u001B\[[0-9;]*m/g, '')
				.replaceAll(/^│ | *│$/g, '')
				.trimEnd(),
		);
	}

	/** The same with the current row marked: it is reversed. */
	chosen(): string {
		this.#readAll();
		const { text } = present(this.#input()).panes.logs ?? { text: '' };
		// Matches are reversed as well, but further to the right.
		const row = text.split('\n').find(one => /^│ \u001B\[(?:\d+;)*7[;m]/.test(one));
		return (row ?? '')
			.replaceAll(/\u001B\[[0-9;]*m/g, '')
			.replaceAll(/^│ | *│$/g, '')
			.trimEnd();
	}

	title(): string {
		return this.text()[0] ?? '';
	}

	lines(): string[] {
		return this.text()
			.slice(1)
			.filter(row => row !== '');
	}
}
