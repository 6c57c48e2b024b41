import { fit, type Line, wrapText } from '../../presentation/text.ts';
import { type Language, type Text, textIn } from '../../words/language.ts';
import { write } from '../../words/write.ts';
import type { Action, ActionGroup } from '../actions/action.ts';
import { exceptionsOf, keysIn } from '../actions/bindings.ts';
import { keyTitle } from '../keys.ts';
import type { Place } from '../place.ts';
import { placesInShort, placesInWords } from '../places.ts';
import { type TextField, textField, typed } from '../text-field.ts';
import { closes, type DialogContract, type DrawContext, nameLimit, scrollingKeys, stays } from './dialog.ts';
import { boxed, fieldLines, roomOf, scrolled, widestOf } from './drawing.ts';

/** `field`: the filter, once `/` was pressed. */
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
	// Other keys must not act from here.
	otherKey(dialog, key) {
		const field = dialog.field && typed(dialog.field, key);
		return stays(field ? { ...dialog, scroll: 0, field } : dialog);
	},
	isTypedIn: ({ field }) => field !== null,
	draw(dialog, context) {
		const { glyphs, say } = context;
		// On a large screen nearly every explanation fits one row; on others some of the panes stays visible.
		const width = Math.min(130, Math.max(84, context.columns - 40), widestOf(context));
		const { field } = dialog;
		const found = field ? context.actions.filter(action => isAbout(action, field.text)) : context.actions;
		const all = helpRows(found, context, width - 4);
		if (all.length === 0) all.push([{ text: say(['No key matches', '일치하는 키 없음']), tone: 'muted' }]);
		const head: Line[] = field ? fieldLines(field, width - 4, context) : [];
		const seen = scrolled(all, dialog.scroll, roomOf(context) - head.length);
		const ways = field ? 'field' : 'all';
		const title = say(titles[seen.limit > 0 ? 'scrolls' : 'fits'][ways], { dot: glyphs.dot });
		return boxed(context, title, width, [...head, ...seen.lines], seen);
	},
};

/** `fits`: no scrolling; `field`: filtered. */
const titles = {
	fits: {
		all: ['Keys {dot} / searches, Esc closes', '단축키 {dot} / 검색, Esc 닫기'],
		field: ['Keys {dot} Esc shows all', '단축키 {dot} Esc 전체 보기'],
	},
	scrolls: {
		all: ['Keys {dot} Up/Down scroll, / searches, Esc closes', '단축키 {dot} Up/Down 스크롤, / 검색, Esc 닫기'],
		field: ['Keys {dot} Up/Down scroll, Esc shows all', '단축키 {dot} Up/Down 스크롤, Esc 전체 보기'],
	},
} as const satisfies Record<string, Record<string, Text>>;

export const groupTitles: Readonly<Record<ActionGroup, Text>> = {
	change: ['Change', '변경'],
	look: ['View', '보기'],
	move: ['Move', '이동'],
	program: ['Program', '프로그램'],
};

const changeTitle: Text = ['Change (asks first)', '변경 (실행 전에 물음)'];

/** Whether all words are in the help of an action, in either language. */
function isAbout({ id, keys, label, help: words, words: others = ['', ''] }: Action, wanted: string): boolean {
	const text = [id, ...label, ...words, ...others, ...keys.map(keyTitle)].join(' ').toLowerCase();
	return wanted
		.toLowerCase()
		.split(/\s+/)
		.every(word => text.includes(word));
}

/** The keys of this place, then the others by group. */
function helpRows(
	found: readonly Action[],
	{ actions, place, glyphs, language, say }: DrawContext,
	width: number,
): Line[] {
	const isAtHome = ({ places }: Action) => places?.[0] === place;
	const sections = [
		{
			title: say(['Keys of {place}', '현재 위치: {place}'], { place: placesInWords([place], language) }),
			of: found.filter(isAtHome),
			isHere: true,
		},
		...Object.entries(groupTitles).map(([group, title]) => ({
			title: textIn(group === 'change' ? changeTitle : title, language),
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
			const keys = own.map(keyTitle).join(', ') || say(['palette', '팔레트']);
			const asks =
				isHere && action.kind === 'change' && action.asksFirst ? say([' (asks first)', ' (실행 전에 물음)']) : '';
			const words = textIn(action.help, language) + (isHere ? asks : whereOf(actions, action, language));
			const [first = '', ...others] = wrapText(words, Math.max(10, width - 18));
			rows.push([{ text: `  ${fit(keys, 15, glyphs.ellipsis)} `, bold: true }, { text: first }]);
			for (const row of others) rows.push([{ text: ' '.repeat(18) }, { text: row }]);
		}
	}
	return rows;
}

/** ` (in services and logs; Enter not in findings)`; empty for everywhere. */
function whereOf(actions: readonly Action[], action: Action, language: Language): string {
	const exceptions = exceptionsOf(actions, action);
	const nowhere = exceptions.flatMap(({ keys, places }) => (keys === null ? places : []));
	const inside = action.places?.filter(place => !nowhere.includes(place));
	const of = (text: Text, places: readonly Place[], keys: readonly string[] = []) =>
		write(text, { places: placesInShort(places, language), keys: keys.map(keyTitle).join(', ') }, language);
	const parts = [
		...(inside
			? [of(['in {places}', '{places}'], inside)]
			: nowhere.length > 0
				? [of(['not in {places}', '{places} 제외'], nowhere)]
				: []),
		...exceptions.flatMap(({ keys, places }) =>
			keys === null ? [] : [of(['{keys} not in {places}', '{keys}: {places} 제외'], places, keys)],
		),
	];
	return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}
