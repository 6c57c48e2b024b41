import type { LogSource } from '../../../model/logs/log-sequence.ts';
import type { LogStore } from '../../../model/logs/log-store.ts';
import { LogView } from '../../../model/logs/log-view.ts';
import { LogRows, type LogRowsOptions } from './log-rows.ts';
import { isSameQuery, type LogsViewState, queryOf } from './logs-state.ts';

/** A stream with the name shown beside its lines. */
export type NamedStream = { readonly name: string; readonly stream: string };

/**
 * A cache of the index and the rows of the shown log between drawings. It does not change what is drawn.
 */
export class LogReader {
	readonly store: LogStore;
	#view: LogView | null = null;
	#rows: LogRows | null = null;

	constructor(store: LogStore) {
		this.store = store;
	}

	/** The index of these streams with the query of that state. `advance` reads new lines into it. */
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

	/** Whether all lines of the shown log are indexed. */
	get isDone(): boolean {
		return this.#view?.isDone ?? true;
	}

	/** Indexes lines for at most this time, ms. */
	advance(ms: number): void {
		this.#view?.advance(ms);
	}

	rows(view: LogView, options: LogRowsOptions): LogRows {
		if (!this.#rows?.isFor(view, options)) this.#rows = new LogRows(view, options);
		return this.#rows;
	}
}
