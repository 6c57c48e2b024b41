import type { LogSource } from '../../../model/log-sequence.ts';
import type { LogStore } from '../../../model/log-store.ts';
import { LogView } from '../../../model/log-view.ts';
import { LogRows, type LogRowsOptions } from './log-rows.ts';
import { isSameQuery, type LogsViewState, queryOf } from './logs-state.ts';

/** A stream that is read, with the name by which it is told from others. */
export type NamedStream = { readonly name: string; readonly stream: string };

/**
 * Keeps what was found out about the log on the screen from one drawing to the next: its index and its rows. The same
 * log and state give the same picture with or without it.
 */
export class LogReader {
	readonly store: LogStore;
	#view: LogView | null = null;
	#rows: LogRows | null = null;

	constructor(store: LogStore) {
		this.store = store;
	}

	/** The log of these streams, with the query of that state. It is not read on: `advance` does. */
	view(streams: readonly NamedStream[], state: LogsViewState): LogView {
		const sources = streams.map(({ name, stream }): LogSource => ({ name, buffer: this.store.buffer(stream) }));
		const before = this.#view?.sequence.sources ?? [];
		const isSame =
			before.length === sources.length &&
			sources.every(({ name, buffer }, index) => before[index]?.buffer === buffer && before[index]?.name === name);
		if (!this.#view || !isSame) {
			this.#view = new LogView(sources);
			this.#rows = null;
		}
		const query = queryOf(state);
		if (!isSameQuery(query, this.#view.asked)) this.#view.setQuery(query);
		return this.#view;
	}

	/** Whether the log on the screen is all read. */
	get isDone(): boolean {
		return this.#view?.isDone ?? true;
	}

	/** Reads on for so many ms. */
	advance(ms: number): void {
		this.#view?.advance(ms);
	}

	rows(view: LogView, options: LogRowsOptions): LogRows {
		if (!this.#rows?.isFor(view, options)) this.#rows = new LogRows(view, options);
		return this.#rows;
	}
}
