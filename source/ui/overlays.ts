import { maskParam, maskText } from '../model/secrets.ts';
import type { ActionState } from '../model/state.ts';
import { stopwatch } from '../presentation/format.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import { ellipsize, fit, type Line, lineWidth, oneLine, type Span, textWidth, wrapText } from '../presentation/text.ts';
import type { Action, ActionGroup, Place } from './actions/action.ts';
import { placeNames } from './actions/table.ts';
import type { FormOverlay, Overlay } from './conversation.ts';
import { boxed } from './frame.ts';
import { matchingChoices } from './fuzzy.ts';
import { keyTitle } from './keys.ts';
import type { Rectangle } from './layout.ts';
import { firstVisible } from './panes/view-context.ts';
import { fieldWindow, type TextField, textField } from './text-field.ts';

export type OverlayView = {
	readonly rectangle: Rectangle;
	readonly rows: readonly Line[];
	/** Rows of content that are seen at once, and how far the content can be scrolled. */
	readonly page: number;
	readonly limit: number;
	/** Of a question: whether its title, what it is about and the row of the answer are on the screen in full. */
	readonly isWhole: boolean;
	/** Choices that are not on the screen. */
	readonly hidden: number;
};

export type OverlayInput = {
	readonly overlay: Overlay;
	readonly actions: readonly Action[];
	/** Where the user is: its keys come first in the help. */
	readonly place: Place;
	/** What is under way, for its progress. */
	readonly running: readonly ActionState[];
	readonly now: number;
	/** Whether a key that is pressed now answers the question; the answers are shown from then on. */
	readonly isAnswerable: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly glyphs: Glyphs;
};

/** On a screen of fewer rows a question takes all of them. */
const smallRows = 14;
const tooSmall = 'Make the window larger to answer';

/** What lies over the panes: a question, a choice, a text; in the middle, as large as it needs to be. */
export function overlayView(input: OverlayInput): OverlayView {
	const { overlay, columns, rows, glyphs } = input;
	const widest = Math.max(10, columns - 4);
	const room = Math.max(1, rows - 4);
	const box = (title: string, width: number, lines: readonly Line[], page = lines.length, limit = 0): OverlayView => {
		const drawn = boxed(width, title, lines, glyphs);
		const height = Math.min(drawn.length, rows);
		const x = Math.max(0, Math.floor((columns - width) / 2));
		const y = Math.max(0, Math.floor((rows - height) / 2));
		const isWhole = drawn.length <= rows && width <= columns;
		return { rectangle: { x, y, width, height }, rows: drawn.slice(0, height), page, limit, isWhole, hidden: 0 };
	};
	switch (overlay.kind) {
		case 'confirm': {
			const width = Math.min(overlay.plan.asks.length > 4 ? 96 : 76, widest);
			const title = `${glyphs.fold(overlay.plan.title)}?`;
			const { lines, page, limit, isWhole } = confirmRows(
				overlay,
				titleRows(title, width - 4),
				width - 4,
				rows < smallRows ? rows : room,
				glyphs,
				input.isAnswerable,
			);
			const view = box(title, width, lines, page, limit);
			return { ...view, isWhole: view.isWhole && isWhole };
		}
		case 'choose': {
			const { filters } = overlay.question;
			const title = glyphs.fold(oneLine(overlay.question.title));
			const { lines, isWhole, hidden } = chooseRows(
				overlay,
				filters ? [] : titleRows(title, widest - 4),
				!filters && rows < smallRows ? rows - 1 : room - 1,
				widest - 4,
				glyphs,
				input.isAnswerable,
			);
			const least = filters ? Math.min(72, widest) : 34;
			const width = Math.min(widest, Math.max(least, textWidth(title) + 4, ...lines.map(line => lineWidth(line) + 4)));
			const view = box(title, width, lines, Math.max(1, room - 4));
			return { ...view, isWhole: view.isWhole && isWhole, hidden };
		}
		case 'input': {
			const width = Math.min(76, widest);
			const lines: Line[] = [
				...wrapped(overlay.question.hint, width - 4, glyphs, 'muted'),
				...fieldLines(maskedField(overlay.field, maskText), width - 4, glyphs),
				...(overlay.problem === null ? [] : wrapped(overlay.problem, width - 4, glyphs, 'bad')),
				[{ text: 'Enter goes on, Esc cancels', tone: 'muted' }],
			];
			return box(glyphs.fold(overlay.question.title), width, lines);
		}
		case 'form': {
			const width = Math.min(96, widest);
			return box(glyphs.fold(overlay.question.title), width, formRows(overlay, width - 4, room, glyphs));
		}
		case 'help': {
			const width = Math.min(84, widest);
			const { field } = overlay;
			const found = field ? input.actions.filter(action => isAbout(action, field.text)) : input.actions;
			const all = helpRows(found, input.place, width - 4, glyphs);
			if (all.length === 0) all.push([{ text: 'No key is about that', tone: 'muted' }]);
			const head: Line[] = field ? fieldLines(field, width - 4, glyphs) : [];
			const ways = field ? 'Esc shows all' : '/ finds, Esc closes';
			return scrolled(all, overlay.scroll, room - head.length, (lines, page, limit) =>
				box(
					`Keys ${glyphs.dot} ${limit > 0 ? 'Up/Down scroll, ' : ''}${ways}`,
					width,
					[...head, ...lines],
					page,
					limit,
				),
			);
		}
		case 'page': {
			const { page } = overlay;
			const width = Math.min(widest, Math.max(60, ...page.lines.map(line => textWidth(glyphs.fold(line.text)) + 4)));
			const all = page.lines.flatMap(line =>
				wrapText(glyphs.fold(line.text), width - 4).map((text): Line => [{ text, tone: line.tone, bold: line.bold }]),
			);
			const foot: Line[] = [
				[
					{
						text: fit(`${page.note ?? 'y copies it'}, Esc closes`, width - 4, glyphs.ellipsis),
						tone: 'muted',
					},
				],
			];
			return scrolled(all, overlay.scroll, room - 1, (lines, height, limit) =>
				box(
					`${glyphs.fold(page.title)}${limit > 0 ? ` ${glyphs.dot} ${Math.min(all.length, overlay.scroll + height)}/${all.length}` : ''}`,
					width,
					[...lines, ...foot],
					height,
					limit,
				),
			);
		}
		case 'progress': {
			const width = Math.min(100, widest);
			const action = input.running.findLast(one => one.title === overlay.title);
			const lines = progressRows(action, width - 4, room, input.now, glyphs);
			return box(glyphs.fold(overlay.title), width, lines);
		}
		case 'waiting':
			return box(glyphs.fold(overlay.title), Math.min(60, widest), [
				[
					{
						text: `${glyphs.state.running} waiting for the answer${glyphs.ellipsis} Esc does not wait`,
						tone: 'active',
					},
				],
			]);
	}
}

function scrolled(
	all: readonly Line[],
	scroll: number,
	room: number,
	draw: (lines: readonly Line[], page: number, limit: number) => OverlayView,
): OverlayView {
	const page = Math.max(1, room - 2);
	const limit = Math.max(0, all.length - page);
	const first = Math.max(0, Math.min(scroll, limit));
	return draw(all.slice(first, first + page), page, limit);
}

/** A title that its frame has no room for: it names what the answer is about, so all of it has to be read. */
function titleRows(title: string, width: number): Line[] {
	return textWidth(title) <= width ? [] : wrapText(title, width).map((text): Line => [{ text, bold: true }]);
}

function wrapped(text: string, width: number, glyphs: Glyphs, tone?: Span['tone']): Line[] {
	return wrapText(glyphs.fold(text), width).map((row): Line => [{ text: row, tone }]);
}

/** A typed text with its cursor, the rest of the row underlined by what the terminal has: reversed under the cursor. */
function fieldLine(field: TextField, width: number, glyphs: Glyphs, lead = '> '): Line {
	const { before, at, after } = fieldWindow(field, Math.max(2, width - textWidth(lead) - 1));
	return [
		{ text: lead, tone: 'accent', bold: true },
		{ text: glyphs.fold(before), inverse: field.isSelected },
		{ text: glyphs.fold(at), inverse: true },
		{ text: glyphs.fold(after) },
	];
}

/** The field, and a word where not all of what was pasted is in it. */
function fieldLines(field: TextField, width: number, glyphs: Glyphs): Line[] {
	return [fieldLine(field, width, glyphs), ...cutNote(field, width, glyphs)];
}

function cutNote({ isCut, limit }: TextField, width: number, glyphs: Glyphs): Line[] {
	return isCut ? wrapped(`Cut to ${limit} characters: this field takes no more`, width, glyphs, 'active') : [];
}

/** What it will touch, the command that does the same, the answer: the answer is always seen, the rest is scrolled. */
function confirmRows(
	{ plan, isYes, field, wrong, scroll }: Extract<Overlay, { kind: 'confirm' }>,
	head: readonly Line[],
	width: number,
	room: number,
	glyphs: Glyphs,
	isAnswerable: boolean,
): { lines: Line[]; page: number; limit: number; isWhole: boolean } {
	const button = (text: string, isChosen: boolean): Span => ({
		text: isChosen ? `[ ${text} ]` : `  ${text}  `,
		inverse: isChosen,
		bold: true,
	});
	const buttons: Line = [button('n Cancel', !isYes), { text: '   ' }, button('y Yes, do it', isYes)];
	const answer: Line[] =
		field === null
			? [
					!isAnswerable
						? [{ text: '  Esc cancels', tone: 'muted' }]
						: [...buttons, ...(width >= 60 ? [{ text: '   c copies the command', tone: 'muted' as const }] : [])],
				]
			: [
					...wrapped(`This cannot be undone. Type ${plan.typed} to confirm, Esc cancels:`, width, glyphs, 'bad'),
					...(isAnswerable ? fieldLines(field, width, glyphs) : [[{ text: '' }]]),
					...(wrong === null
						? []
						: wrapped(`"${wrong}" is not "${plan.typed}": nothing was done.`, width, glyphs, 'bad')),
				];
	const command = plan.command.split('\n').flatMap(line => wrapped(`$ ${line}`, width, glyphs, 'muted'));
	// Its frame, and an empty line around the command where there is room for that.
	const space = Math.max(0, room - 2 - head.length - answer.length);
	// Where c is typed and copies nothing, the command is read with the rest; so it is where there is no room for it.
	const isApart = field === null && space >= 3;
	const whole = isApart ? command : [];
	const asks = plan.asks.flatMap(sentence => wrapped(sentence, width, glyphs));
	if (!isApart) asks.push([{ text: '' }], ...command);
	const gap: Line[] = space > 8 ? [[{ text: '' }]] : [];
	const gaps = (whole.length > 0 ? 2 : 1) * gap.length;
	const fits = asks.length + whole.length + gaps <= space;
	// What it will touch comes before how.
	const least = fits ? whole.length : Math.min(whole.length, Math.max(1, Math.floor(space / 4)));
	const left = Math.max(0, space - least - gaps);
	const isCut = asks.length > left;
	// With a word on how far it goes, where that leaves room for what it goes through.
	const page = isCut ? Math.max(Math.min(1, left), left - 1) : asks.length;
	const commandRoom = isCut ? least : space - asks.length - gaps;
	const shown: Line[] =
		whole.length <= commandRoom
			? whole
			: [
					...whole.slice(0, commandRoom - 1),
					[{ text: `$ ${glyphs.ellipsis} ${whole.length - commandRoom + 1} lines more: c copies all`, tone: 'muted' }],
				];
	const limit = asks.length - page;
	const first = Math.min(scroll, limit);
	const told: Line[] = isCut
		? [
				...asks.slice(first, first + page),
				...(left > 1
					? [[{ text: `${first + page} of ${asks.length} lines; Up and Down show the rest`, tone: 'active' as const }]]
					: []),
			]
		: asks;
	const lines = [...head, ...told, ...(shown.length > 0 ? gap : []), ...shown, ...gap, ...answer];
	const isWhole = lines.length <= room - 2 && told.length > 0 && (field !== null || lineWidth(buttons) <= width);
	return {
		lines: isWhole
			? lines
			: [...wrapped(`${tooSmall}, Esc cancels`, width, glyphs, 'active'), ...head, ...asks].slice(
					0,
					Math.max(1, room - 2),
				),
		page: Math.max(1, page),
		limit,
		isWhole,
	};
}

function chooseRows(
	{ question, field, index }: Extract<Overlay, { kind: 'choose' }>,
	title: readonly Line[],
	room: number,
	width: number,
	glyphs: Glyphs,
	isAnswerable: boolean,
): { lines: Line[]; isWhole: boolean; hidden: number } {
	const choices = question.filters ? matchingChoices(question.choices, field.text) : question.choices;
	const head: Line[] = question.filters ? fieldLines(field, width, glyphs) : [...title];
	const height = Math.max(1, room - 2 - head.length);
	const first = firstVisible(choices.length, index, height);
	const labels = question.choices.map(choice => textWidth(glyphs.fold(oneLine(choice.label))));
	const labelWidth = Math.min(Math.floor(width * 0.65), Math.max(1, ...labels));
	const keyWidth = Math.max(0, ...question.choices.map(choice => (choice.key ? keyTitle(choice.key).length + 1 : 0)));
	const rows = choices.slice(first, first + height).map((choice, offset): Line => {
		const isChosen = first + offset === index;
		const words = oneLine(choice.refused ?? choice.hint);
		const line: Line = [
			{ text: isChosen ? `${glyphs.selected} ` : '  ', tone: 'accent' },
			...(keyWidth > 0 ? [{ text: fit(choice.key ? keyTitle(choice.key) : '', keyWidth, ''), bold: true }] : []),
			{
				text: fit(glyphs.fold(oneLine(choice.label)), labelWidth, glyphs.ellipsis),
				tone: choice.refused === undefined ? undefined : ('muted' as const),
			},
			{
				text: `  ${ellipsize(glyphs.fold(words), Math.max(0, width - labelWidth - keyWidth - 4), glyphs.ellipsis)}`,
				tone: 'muted',
			},
		];
		return isChosen ? line.map(span => ({ ...span, inverse: true })) : line;
	});
	if (rows.length === 0) rows.push([{ text: '  nothing matches', tone: 'muted' }]);
	const more = choices.length > height ? `${choices.length} in all, ` : '';
	const answer = `${more}Enter chooses, Esc closes`;
	const isWhole = head.length + rows.length + 1 <= room - 1 && textWidth(answer) <= width;
	const foot: Line[] =
		isWhole || question.filters
			? [[{ text: isAnswerable ? answer : `${more}Esc closes`, tone: 'muted' }]]
			: wrapped(`${tooSmall}, Esc closes`, width, glyphs, 'active');
	return {
		lines: isWhole || question.filters ? [...head, ...rows, ...foot] : [...foot, ...head, ...rows].slice(0, room),
		isWhole,
		hidden: Math.max(0, choices.length - height),
	};
}

/** The field as it may be shown: a secret is seen neither as it was offered nor while it is typed. */
function maskedField(field: TextField, masked: (text: string) => string): TextField {
	const shown = masked(field.text);
	if (shown === field.text) return field;
	const { cursor, ...rest } = textField(shown, Math.max(field.limit, shown.length));
	return { ...rest, cursor, ...(field.isSelected ? { isSelected: true } : {}) };
}

function formRows(overlay: FormOverlay, width: number, room: number, glyphs: Glyphs): Line[] {
	const { question, mode, values, index, field, problems } = overlay;
	const rows: Line[] = [];
	const recent = question.recent.length > 0 ? `, Ctrl-R recent (${question.recent.length})` : '';
	if (mode === 'json') {
		rows.push(...wrapped('The conf of the run, as a JSON object:', width, glyphs, 'muted'));
		rows.push(...fieldLines(maskedField(field, maskText), width, glyphs));
		if (problems['']) rows.push(...wrapped(problems[''], width, glyphs, 'bad'));
		const fields = question.fields.length > 0 ? ', Tab fields' : '';
		rows.push([{ text: '' }], ...wrapped(`Enter goes on${fields}${recent}, Esc cancels`, width, glyphs, 'muted'));
		return rows;
	}
	const nameWidth = Math.min(28, Math.max(...question.fields.map(one => textWidth(one.name))));
	const valueWidth = Math.max(10, Math.min(28, Math.floor((width - nameWidth) / 2.5)));
	const height = Math.max(1, room - 9);
	const first = firstVisible(question.fields.length, index, height);
	for (const [offset, one] of question.fields.slice(first, first + height).entries()) {
		const isHere = first + offset === index;
		const shown = (text: string) => maskParam(one.name, text);
		const value = values[one.name] ?? '';
		const changed = value !== one.initial;
		const problem = problems[one.name];
		const cell: Line =
			isHere && one.values.length === 0
				? fitSpans(fieldLine(maskedField(field, shown), valueWidth, glyphs, ''), valueWidth)
				: [
						{
							text: fit(glyphs.fold(value === '' ? '-' : shown(value)), valueWidth, glyphs.ellipsis),
							bold: changed,
							inverse: isHere,
						},
					];
		rows.push([
			{ text: isHere ? `${glyphs.selected} ` : '  ', tone: 'accent' },
			{ text: `${fit(glyphs.fold(one.name), nameWidth, glyphs.ellipsis)} `, bold: isHere },
			...cell,
			{ text: changed ? ' * ' : '   ', tone: 'active' },
			{ text: glyphs.fold(problem ?? one.wanted), tone: problem ? 'bad' : 'muted' },
		]);
	}
	const here = question.fields[index];
	rows.push([{ text: '' }]);
	const problem = here && problems[here.name];
	// What stands beside the field may be cut there.
	const said = problem ?? [here?.description, here && `Wants ${here.wanted}.`].filter(Boolean).join(' ');
	for (const line of wrapped(said, width, glyphs, problem ? 'bad' : undefined).slice(0, 3)) rows.push(line);
	rows.push(...cutNote(field, width, glyphs));
	const made = question.conf(values);
	if ('conf' in made) rows.push(...wrapped(`conf ${maskText(made.conf)}`, width, glyphs, 'accent').slice(0, 2));
	if (problems['']) rows.push(...wrapped(problems[''], width, glyphs, 'bad'));
	const turn = (here?.values.length ?? 0) > 0 ? 'Left/Right change, ' : '';
	rows.push(...wrapped(`${turn}Up/Down field, Tab JSON${recent}, Enter goes on, Esc cancels`, width, glyphs, 'muted'));
	return rows;
}

function fitSpans(line: Line, width: number): Line {
	return [...line, { text: ' '.repeat(Math.max(0, width - lineWidth(line))) }];
}

function progressRows(
	action: ActionState | undefined,
	width: number,
	room: number,
	now: number,
	glyphs: Glyphs,
): Line[] {
	const height = Math.max(1, room - 3);
	const said = (action?.progress ?? []).slice(-height);
	const rows = said.map((text): Line => [{ text: ellipsize(glyphs.fold(text), width, glyphs.ellipsis) }]);
	if (!action || action.outcome === 'running') {
		rows.push([
			{
				text: `${glyphs.state.running} under way ${stopwatch(now - (action?.startedAt ?? now))}. Esc hides this; it goes on`,
				tone: 'active',
			},
		]);
		return rows;
	}
	const tone = action.outcome === 'done' ? 'good' : action.outcome === 'failed' ? 'bad' : 'warning';
	const symbol = { done: glyphs.state.success, failed: glyphs.state.failed, unknown: glyphs.state.unknown }[
		action.outcome
	];
	rows.push(...wrapped(`${symbol} ${action.outcome}: ${action.message}`, width, glyphs, tone));
	rows.push([{ text: 'Esc closes', tone: 'muted' }]);
	return rows;
}

const groupTitles: Readonly<Record<ActionGroup, string>> = {
	change: 'Change (asks first)',
	look: 'Look',
	move: 'Move',
	program: 'Program',
};

/** Whether all words are in what the help says of an action. */
function isAbout({ id, keys, label, help }: Action, wanted: string): boolean {
	const text = [id, label, help, ...keys.map(keyTitle)].join(' ').toLowerCase();
	return wanted
		.toLowerCase()
		.split(/\s+/)
		.every(word => text.includes(word));
}

/** The keys that are at home where the user is, then all others by what they do. */
function helpRows(actions: readonly Action[], place: Place, width: number, glyphs: Glyphs): Line[] {
	const isAtHome = ({ places }: Action) => places?.[0] === place;
	const sections = [
		{ title: `Here, in the ${placeNames[place]}`, of: actions.filter(isAtHome), isHere: true },
		...Object.entries(groupTitles).map(([group, title]) => ({
			title,
			of: actions.filter(action => action.group === group && !isAtHome(action)),
			isHere: false,
		})),
	];
	const rows: Line[] = [];
	for (const { title, of, isHere } of sections) {
		if (of.length === 0) continue;
		if (rows.length > 0) rows.push([{ text: '' }]);
		rows.push([{ text: title, bold: true, tone: 'accent' }]);
		for (const action of of) {
			const keys = action.keys.map(keyTitle).join(', ') || 'palette';
			const where = action.places && !isHere ? ` (in ${listed(action.places)})` : '';
			const asks = isHere && action.kind === 'change' && action.asksFirst ? ' (asks first)' : '';
			const [first = '', ...others] = wrapText(action.help + where + asks, Math.max(10, width - 18));
			rows.push([{ text: `  ${fit(keys, 15, glyphs.ellipsis)} `, bold: true }, { text: first }]);
			for (const row of others) rows.push([{ text: ' '.repeat(18) }, { text: row }]);
		}
	}
	return rows;
}

function listed(places: readonly string[]): string {
	const names: Readonly<Record<string, string>> = {
		mlflow: 'MLflow',
		dags: 'the list of DAGs',
		runs: 'the list of runs',
	};
	return places
		.map(place => names[place] ?? place)
		.join(', ')
		.replace(/, ([^,]+)$/, ' and $1');
}
