import type { ChartDialog } from '../chart-state.ts';
import { chart } from './chart.ts';
import { type ChooseDialog, choose } from './choose.ts';
import { type ConfirmDialog, confirm } from './confirm.ts';
import type { DialogContract, DialogView, DrawContext, Room, Turn } from './dialog.ts';
import { type FormDialog, form } from './form.ts';
import { type HelpDialog, help } from './help.ts';
import { type InputDialog, input } from './input.ts';
import { type PageDialog, page } from './page.ts';
import { type ProgressDialog, progress } from './progress.ts';
import { type WaitingDialog, waiting } from './waiting.ts';

type States = {
	readonly confirm: ConfirmDialog;
	readonly choose: ChooseDialog;
	readonly input: InputDialog;
	readonly form: FormDialog;
	readonly page: PageDialog;
	readonly chart: ChartDialog;
	readonly help: HelpDialog;
	readonly progress: ProgressDialog;
	readonly waiting: WaitingDialog;
};
export type DialogKind = keyof States;
type DialogOf<Kind extends DialogKind> = { readonly [K in Kind]: { readonly kind: K } & States[K] }[Kind];

/** The dialog over the panes; it takes all keys. */
export type Dialog = DialogOf<DialogKind>;

export const dialogs: { readonly [Kind in DialogKind]: DialogContract<DialogOf<Kind>> } = {
	confirm,
	choose,
	input,
	form,
	page,
	chart,
	help,
	progress,
	waiting,
};

export function pressInDialog<Kind extends DialogKind>(dialog: DialogOf<Kind>, key: string, room: Room): Turn<Dialog> {
	const contract = dialogs[dialog.kind];
	const meaning = contract.keys(dialog, room).find(({ keys }) => keys.includes(key));
	return meaning ? meaning.turn(key) : contract.otherKey(dialog, key);
}

export function pasteIntoDialog<Kind extends DialogKind>(dialog: DialogOf<Kind>, text: string): Turn<Dialog> {
	return dialogs[dialog.kind].paste?.(dialog, text) ?? { dialog };
}

export function drawDialog<Kind extends DialogKind>(dialog: DialogOf<Kind>, context: DrawContext): DialogView {
	return dialogs[dialog.kind].draw(dialog, context);
}

/** Whether letters are text there: in a search, an input or a form. */
export function isTypedIn<Kind extends DialogKind>(dialog: DialogOf<Kind>): boolean {
	return dialogs[dialog.kind].isTypedIn?.(dialog) ?? false;
}

export function questionOf<Kind extends DialogKind>(dialog: DialogOf<Kind> | null): object | null {
	return dialog === null ? null : (dialogs[dialog.kind].question?.(dialog) ?? null);
}
