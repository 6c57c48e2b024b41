import type { ColumnStore } from '../../clients/column-file.ts';
import type { Message } from '../../words/message.ts';
import type { Stage } from './stage.ts';

type Options = {
	readonly stage: Pick<Stage, 'view' | 'set'>;
	readonly store: ColumnStore;
	readonly draw: () => void;
	readonly complain: (problem: Message) => void;
};

/** Columns that the user chose: read when the first list is opened that has them, and kept. */
export class ColumnKeeper {
	readonly #options: Options;
	#isRead = false;

	constructor(options: Options) {
		this.#options = options;
	}

	look(): void {
		const { stage, store, draw } = this.#options;
		if (this.#isRead || stage.view.browse?.kind !== 'mlflow-runs') return;
		this.#isRead = true;
		void store.read().then(known => {
			if (Object.keys(known).length === 0) return;
			// What was chosen meanwhile is newer.
			stage.set({ view: { ...stage.view, runColumns: { ...known, ...stage.view.runColumns } } });
			draw();
		});
	}

	/** Keeps columns of an experiment; null: the usual ones again. */
	choose(experiment: string, ids: readonly string[] | null): void {
		const { store, complain } = this.#options;
		void store.save(experiment, ids).then(problem => problem && complain(problem));
	}
}
