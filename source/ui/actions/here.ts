import type { ViewState } from '../conversation.ts';
import type { Copyable } from '../panes/pane.ts';
import { placeAt } from '../places.ts';
import type { ActionContext } from './action.ts';
import { type Address, tunnelCommand } from './addresses.ts';

/** What the keys that work everywhere do in the current place. */

export function addressOf(context: ActionContext): Address | null {
	return placeAt(context.view).address(context);
}

/** The most likely first. */
export function copyables(
	context: ActionContext,
	environment: Readonly<Record<string, string | undefined>> = {},
): Copyable[] {
	const address = addressOf(context)?.url;
	const tunnel = address && tunnelCommand(address, environment);
	return [
		...placeAt(context.view).copy(context),
		...(address ? [{ what: context.say(['page address', '페이지 주소']), text: address }] : []),
		...(tunnel ? [{ what: context.say(['tunnel command', '터널 명령']), text: tunnel }] : []),
	];
}

export function moved(context: ActionContext, by: number): ViewState {
	return placeAt(context.view).move(context, by);
}

export function movedByPage(context: ActionContext, by: 1 | -1): ViewState {
	const { move, movePage } = placeAt(context.view);
	return movePage ? movePage(context, by) : move(context, by * Math.max(1, context.page - 1));
}

/** Marks or unmarks the selection, and selects the next row. */
export function marked(context: ActionContext): ViewState {
	const { view } = context;
	const found = placeAt(view).mark?.(context);
	if (!found) return view;
	if ('hint' in found) return { ...view, hint: found.hint };
	const { name, view: next } = found;
	const has = view.marks.includes(name);
	return { ...next, marks: has ? view.marks.filter(one => one !== name) : [...view.marks, name] };
}
