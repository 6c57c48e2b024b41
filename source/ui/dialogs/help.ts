import { fit, type Line, wrapText } from '../../presentation/text.ts';
import type { Action, ActionGroup } from '../actions/action.ts';
import { exceptionsOf, keysIn } from '../actions/bindings.ts';
import { keyTitle } from '../keys.ts';
import { placesInShort, placesInWords } from '../places.ts';
import { type TextField, textField, typed } from '../text-field.ts';
import { closes, type DialogContract, type DrawContext, nameLimit, scrollingKeys, stays } from './dialog.ts';
import { boxed, fieldLines, roomOf, scrolled, widestOf } from './drawing.ts';

/** All keys; `field`: the words that are looked for among them, once `/` was pressed. */
export type HelpDialog = { readonly kind: 'help'; readonly scroll: number; readonly field: TextField | null };

export const helpDialog: HelpDialog = { kind: 'help', scroll: 0, field: null };

export const help: DialogContract<HelpDialog> = {
	keys(dialog, room) {
		if (dialog.field) {
			return [
				{ keys: ['esc'], turn: () => stays({ ...dialog, scroll: 0, field: null }) },
				scrollingKeys(dialog, room, false),
			];
		}
		return [
			{ keys: ['esc', 'q', '?', 'enter', 'left'], turn: () => closes() },
			{ keys: ['/'], turn: () => stays({ ...dialog, scroll: 0, field: textField('', nameLimit) }) },
			scrollingKeys(dialog, room),
		];
	},
	// Letters that mean something outside must not act from here.
	otherKey(dialog, key) {
		const field = dialog.field && typed(dialog.field, key);
		return stays(field ? { ...dialog, scroll: 0, field } : dialog);
	},
	isTypedIn: ({ field }) => field !== null,
	draw(dialog, context) {
		const { glyphs } = context;
		const width = Math.min(84, widestOf(context));
		const { field } = dialog;
		const found = field ? context.actions.filter(action => isAbout(action, field.text)) : context.actions;
		const all = helpRows(found, context, width - 4);
		if (all.length === 0) all.push([{ text: 'No key is about that', tone: 'muted' }]);
		const head: Line[] = field ? fieldLines(field, width - 4, glyphs) : [];
		const ways = field ? 'Esc shows all' : '/ finds, Esc closes';
		const seen = scrolled(all, dialog.scroll, roomOf(context) - head.length);
		const title = `Keys ${glyphs.dot} ${seen.limit > 0 ? 'Up/Down scroll, ' : ''}${ways}`;
		return boxed(context, title, width, [...head, ...seen.lines], seen);
	},
};

const groupTitles: Readonly<Record<ActionGroup, string>> = {
	change: 'Change (asks first)',
	look: 'Look',
	move: 'Move',
	program: 'Program',
};

/** Whether all words are in what the help says of an action. */
function isAbout({ id, keys, label, help: words }: Action, wanted: string): boolean {
	const text = [id, label, words, ...keys.map(keyTitle)].join(' ').toLowerCase();
	return wanted
		.toLowerCase()
		.split(/\s+/)
		.every(word => text.includes(word));
}

/** The keys that are at home where the user is, then all others by what they do. */
function helpRows(found: readonly Action[], { actions, place, glyphs }: DrawContext, width: number): Line[] {
	const isAtHome = ({ places }: Action) => places?.[0] === place;
	const sections = [
		{ title: `Here, in ${placesInWords([place])}`, of: found.filter(isAtHome), isHere: true },
		...Object.entries(groupTitles).map(([group, title]) => ({
			title,
			of: found.filter(action => action.group === group && !isAtHome(action)),
			isHere: false,
		})),
	];
	const rows: Line[] = [];
	for (const { title, of, isHere } of sections) {
		if (of.length === 0) continue;
		if (rows.length > 0) rows.push([{ text: '' }]);
		rows.push([{ text: title, bold: true, tone: 'accent' }]);
		for (const action of of) {
			const own = isHere ? keysIn(actions, action, place) : action.keys;
			const keys = own.map(keyTitle).join(', ') || 'palette';
			const asks = isHere && action.kind === 'change' && action.asksFirst ? ' (asks first)' : '';
			const words = action.help + (isHere ? asks : whereOf(actions, action));
			const [first = '', ...others] = wrapText(words, Math.max(10, width - 18));
			rows.push([{ text: `  ${fit(keys, 15, glyphs.ellipsis)} `, bold: true }, { text: first }]);
			for (const row of others) rows.push([{ text: ' '.repeat(18) }, { text: row }]);
		}
	}
	return rows;
}

/** Where the keys mean it: ` (in services and logs; Enter not in findings)`; nothing where they do everywhere. */
function whereOf(actions: readonly Action[], action: Action): string {
	const exceptions = exceptionsOf(actions, action);
	const nowhere = exceptions.flatMap(({ keys, places }) => (keys === null ? places : []));
	const inside = action.places?.filter(place => !nowhere.includes(place));
	const parts = [
		...(inside ? [`in ${placesInShort(inside)}`] : nowhere.length > 0 ? [`not in ${placesInShort(nowhere)}`] : []),
		...exceptions.flatMap(({ keys, places }) =>
			keys === null ? [] : [`${keys.map(keyTitle).join(', ')} not in ${placesInShort(places)}`],
		),
	];
	return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
