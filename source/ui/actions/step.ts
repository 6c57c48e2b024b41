import { isRefusal, type Plan, type Refusal, type ShellRequest } from '../../operations/plan.ts';
import type { ViewState } from '../view-state.ts';

/**
 * What comes next after a key: a look, a question, a plan. A question holds what comes after its answer, so that an
 * action is written down as the conversation that it is. Promises are waited for with a word on the screen.
 */
export type Step =
	| { readonly kind: 'view'; readonly view: ViewState }
	/** Changes the view as it is by then, for what was waited for. */
	| { readonly kind: 'change view'; readonly change: (view: ViewState) => ViewState }
	| { readonly kind: 'plan'; readonly plan: Plan }
	| { readonly kind: 'refusal'; readonly refusal: Refusal }
	| { readonly kind: 'choose'; readonly question: ChooseQuestion }
	| { readonly kind: 'input'; readonly question: InputQuestion }
	| { readonly kind: 'form'; readonly question: FormQuestion }
	| { readonly kind: 'page'; readonly page: Page }
	/** Puts text on the clipboard of the terminal. */
	| { readonly kind: 'copy'; readonly text: string; readonly what: string }
	/** Opens an address in the browser of this machine, where there is one. */
	| { readonly kind: 'open address'; readonly url: string }
	/** Asks, then gives the terminal to a shell until that ends. */
	| { readonly kind: 'shell'; readonly shell: ShellRequest }
	/** The terminal is given to the user's pager, with this text to read. */
	| { readonly kind: 'pager'; readonly text: string }
	/** Leaves this stack for that of another profile. */
	| { readonly kind: 'profile'; readonly profile: string }
	/** Leaves this stack for that of another Compose project of the same engine. */
	| { readonly kind: 'project'; readonly project: string }
	| { readonly kind: 'nothing'; readonly hint?: string };

export type Next = Step | Promise<Step>;

export type Choice = {
	readonly id: string;
	readonly label: string;
	readonly hint: string;
	/** What is shown at the right, for example the key that does the same. */
	readonly key?: string;
	/** What chooses nothing but says why it cannot be chosen. */
	readonly refused?: string;
};

export type ChooseQuestion = {
	readonly title: string;
	readonly choices: readonly Choice[];
	/** The one that is chosen at first. */
	readonly selected?: string | undefined;
	/** Typing filters: for long lists. Without it, letters that are keys of choices choose. */
	readonly filters: boolean;
	readonly next: (id: string) => Next;
};

export type InputQuestion = {
	readonly title: string;
	/** What is wanted, a sentence. */
	readonly hint: string;
	readonly initial: string;
	/** The initial text is selected: typing takes its place, as `/` of less and vim begins anew; Up brings it back. */
	readonly isReplaced?: boolean;
	/** Why the text cannot be taken, or null. */
	readonly problem: (text: string) => string | null;
	readonly next: (text: string) => Next;
	/** Called at every change, for what shows its effect at once (a filter); Esc gives the initial text. */
	readonly live?: ((view: ViewState, text: string) => ViewState) | undefined;
};

export type FormField = {
	readonly name: string;
	/** Type and bounds in words. */
	readonly wanted: string;
	readonly description: string;
	readonly initial: string;
	/** The values there are, where they are few: Left and Right go through them. */
	readonly values: readonly string[];
};

export type FormQuestion = {
	readonly title: string;
	readonly fields: readonly FormField[];
	/** Texts of the free field that were used before, offered again. */
	readonly recent: readonly string[];
	/** The conf that the fields make, as JSON text; or what is wrong, by the name of the field. */
	readonly conf: (
		values: Readonly<Record<string, string>>,
	) => { readonly conf: string } | { readonly problems: Problems };
	/** The values of the fields for a conf written as JSON, or what is wrong with it. */
	readonly values: (
		conf: string,
	) => { readonly values: Readonly<Record<string, string>> } | { readonly problem: string };
	readonly next: (conf: string) => Next;
};
export type Problems = Readonly<Record<string, string>>;

/** A text to be read: the source of a DAG, an inspection, what a command would run. */
export type Page = {
	readonly title: string;
	readonly lines: readonly PageLine[];
	/** What `y` copies; the lines where left out. */
	readonly copies?: string | undefined;
	/** What that is, for the word after it was copied. */
	readonly copiesWhat?: string | undefined;
	/** What other keys copy. */
	readonly also?: readonly { readonly key: string; readonly what: string; readonly text: string }[];
	/** A line below: where it is from, what keys do. */
	readonly note?: string | undefined;
	/** It is read from its end, which stays in sight while it grows. */
	readonly fromEnd?: boolean | undefined;
	/** Asks for it anew, every so many ms. */
	readonly again?: { readonly everyMs: number; readonly ask: () => Promise<Page> } | undefined;
};
export type PageLine = {
	readonly text: string;
	readonly tone?: 'muted' | 'accent' | 'bad' | 'good' | 'active' | undefined;
	readonly bold?: boolean;
};

export function planned(answer: Plan | Refusal): Step {
	return isRefusal(answer) ? { kind: 'refusal', refusal: answer } : { kind: 'plan', plan: answer };
}

/** Why it cannot be done, as a step. */
export function cannot(refused: string, kind: Refusal['kind'] = 'nothing'): Step {
	return { kind: 'refusal', refusal: { refused, kind } };
}
