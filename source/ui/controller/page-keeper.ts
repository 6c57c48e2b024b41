import { failureOf } from '../../model/failures/failure.ts';
import type { Clock } from '../../model/time/clock.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import type { Page } from '../conversation.ts';
import { pageDialog } from '../dialogs/page.ts';
import type { Stage } from './stage.ts';

/** Shows pages, and refreshes those that ask for it while they are open. */
export class PageKeeper {
	readonly #stage: Pick<Stage, 'dialog' | 'show' | 'drawn'>;
	readonly #clock: Pick<Clock, 'sleep'>;
	readonly #signal: AbortSignal;
	readonly #language: Language;

	constructor(
		stage: Pick<Stage, 'dialog' | 'show' | 'drawn'>,
		clock: Pick<Clock, 'sleep'>,
		signal: AbortSignal,
		language: Language,
	) {
		this.#stage = stage;
		this.#clock = clock;
		this.#signal = signal;
		this.#language = language;
	}

	open(page: Page): void {
		this.#stage.show({ dialog: pageDialog(page, page.fromEnd ? this.#endOf(page) : 0) });
		void this.#keepFresh(page);
	}

	#endOf(page: Page): number {
		return this.#stage.drawn(pageDialog(page)).limit;
	}

	async #keepFresh(page: Page): Promise<void> {
		const { again } = page;
		if (!again) return;
		await this.#clock.sleep(again.everyMs, this.#signal);
		if (!this.#scrollOf(page)) return;
		let next: Page;
		try {
			next = await again.ask();
		} catch (error) {
			next = { ...page, note: render(failureOf(error).message, this.#language) };
		}
		const open = this.#scrollOf(page);
		if (!open) return;
		const follows = next.fromEnd && open.scroll >= this.#endOf(page);
		this.#stage.show({ dialog: pageDialog(next, follows ? this.#endOf(next) : open.scroll) });
		void this.#keepFresh(next);
	}

	/** null if the page is no longer open. */
	#scrollOf(page: Page): { readonly scroll: number } | null {
		const { dialog } = this.#stage;
		return dialog?.kind === 'page' && dialog.page === page ? dialog : null;
	}
}
