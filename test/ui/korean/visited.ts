/** What the walks of one test file have been to, by the names of `everything.ts`. */
import { afterAll, expect } from 'vitest';
import type { ViewState } from '../../../source/ui/conversation.ts';
import type { Dialog } from '../../../source/ui/dialogs/dialogs.ts';
import { placeOf } from '../../../source/ui/place.ts';
import { render } from '../../../source/words/message.ts';
import { everything, placeNamed, type WalkFile, walkedIn } from './everything.ts';

class Visited {
	/** Parts of the screen as they were read, and titles of dialogs, which may be cut on the screen. */
	readonly texts = new Set<string>();
	readonly names = new Set<string>();
	/** The action whose key was pressed last. */
	actionId: string | null = null;

	press(actionId: string): void {
		this.actionId = actionId;
		this.names.add(`action ${actionId}`);
	}

	see(view: ViewState, dialog: Dialog | null): void {
		this.names.add(placeNamed(placeOf(view), view.zoomed));
		if (view.zoomed && placeOf(view) === 'pipeline') this.names.add(`view ${view.pipelineView}`);
		if (!dialog) return;
		this.names.add(`dialog ${dialog.kind}`);
		if (dialog.kind === 'confirm' && this.actionId) this.names.add(`question of ${this.actionId}`);
		this.texts.add(titleOf(dialog));
	}
}

function titleOf(dialog: Dialog): string {
	switch (dialog.kind) {
		case 'confirm':
			return render(dialog.plan.title, 'ko');
		case 'choose':
		case 'input':
		case 'form':
			return dialog.question.title;
		case 'page':
			return dialog.page.title;
		default:
			return '';
	}
}

export const visited = new Visited();

/** After all tests of a file: it has been to everything that is its to visit. Not if a test was left out or has failed. */
export function demandVisited(file: WalkFile): void {
	// biome-ignore lint/correctness/noEmptyPattern: Vitest demands a pattern, from which it reads what is asked for.
	afterAll(({}, suite) => {
		if (suite.tasks.some(({ result }) => result?.state !== 'pass')) return;
		const seen = [...visited.texts].join('\n');
		const missing = everything()
			.filter(({ name }) => walkedIn(name) === file)
			.filter(({ name, title }) => !(title ? title.test(seen) : visited.names.has(name)));
		expect(missing.map(({ name }) => name)).toEqual([]);
	});
}
