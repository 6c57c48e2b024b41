import type { CutList } from '../model/cut-list.ts';
import type { Text } from '../words/language.ts';
import { phrase } from '../words/message.ts';

export type OnCut = (cut: CutList) => void;

/** Reports lists that were not read to their end, and those of them that later are. */
export class CutLists {
	readonly #server: CutList['server'];
	readonly #onCut: OnCut;
	readonly #cut = new Set<string>();

	constructor(server: CutList['server'], onCut: OnCut = () => undefined) {
		this.#server = server;
		this.#onCut = onCut;
	}

	/**
	 * @param total null: more than were read, the server does not tell how many
	 * @param newest only the newest were asked for
	 */
	note(what: Text, of: string | null, shown: number, total: number | null, newest = false): void {
		const name = `${what[0]}\n${of ?? ''}`;
		const isCut = total === null || shown < total;
		if (!isCut && !this.#cut.delete(name)) return;
		if (isCut) this.#cut.add(name);
		this.#onCut({ server: this.#server, what: phrase(what), of, shown, total, ...(newest ? { newest } : {}) });
	}
}
