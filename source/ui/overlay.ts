import type { Confirmation, Plan, ShellRequest } from '../operations/plan.ts';
import type {
	ChooseQuestion,
	Confirmed,
	FormOverlay,
	FormQuestion,
	InputQuestion,
	Overlay,
	ViewState,
} from './conversation.ts';
import { matchingChoices } from './fuzzy.ts';
import { inserted, selectedField, type TextField, textField, typed } from './text-field.ts';

type ConfirmOverlay = Extract<Overlay, { kind: 'confirm' }>;

/** Names of containers, DAGs and experiments have up to 250 characters. */
const nameLimit = 250;
/** The conf of a run as JSON. */
const confLimit = 20_000;

export function confirmOverlay(plan: Plan): ConfirmOverlay {
	return askingOverlay(plan, { kind: 'perform', plan });
}

export function shellOverlay(shell: ShellRequest): ConfirmOverlay {
	return askingOverlay(shell, { kind: 'open shell', shell });
}

function askingOverlay(plan: Confirmation, confirmed: Confirmed): ConfirmOverlay {
	const field = plan.typed === undefined ? null : textField('', nameLimit);
	return { kind: 'confirm', plan, confirmed, isYes: false, field, wrong: null, scroll: 0 };
}

/**
 * The question whose answer acts, as an object of its own: the same one as long as it is asked. null where a key that
 * was typed too early does no harm: what it leads to is looked at, typed, or asked again.
 */
export function questionOf(overlay: Overlay | null): object | null {
	if (overlay?.kind === 'confirm') return overlay.plan;
	return overlay?.kind === 'choose' && !overlay.question.filters ? overlay.question : null;
}

export function chooseOverlay(question: ChooseQuestion): Overlay {
	const index = question.choices.findIndex(choice => choice.id === question.selected);
	return { kind: 'choose', question, field: textField('', nameLimit), index: Math.max(0, index) };
}

export function inputOverlay(question: InputQuestion, before: ViewState): Overlay {
	const field = question.isReplaced ? selectedField(question.initial) : textField(question.initial);
	return { kind: 'input', question, field, problem: null, before };
}

export function formOverlay(question: FormQuestion): FormOverlay {
	const values = Object.fromEntries(question.fields.map(field => [field.name, field.initial]));
	const mode = question.fields.length > 0 ? 'fields' : 'json';
	const text = mode === 'fields' ? (question.fields[0]?.initial ?? '') : '{}';
	const field = mode === 'json' ? selectedField(text, confLimit) : selectedField(text);
	return { kind: 'form', question, mode, values, index: 0, field, problems: {}, recent: -1 };
}

/** What a key does in an overlay. */
export type OverlayEffect =
	| { readonly kind: 'show'; readonly overlay: Overlay | null }
	| Confirmed
	| { readonly kind: 'next'; readonly ask: () => ReturnType<ChooseQuestion['next']> }
	| { readonly kind: 'live'; readonly overlay: Overlay; readonly change: (view: ViewState) => ViewState }
	/** Closes, with the view of before. */
	| { readonly kind: 'restore'; readonly view: ViewState | null }
	| { readonly kind: 'copy'; readonly text: string; readonly what: string };

const show = (overlay: Overlay | null): OverlayEffect => ({ kind: 'show', overlay });

/** Rows that keys move by; 0 for other keys. Letters move where nothing is typed. */
function rowsOf(key: string, page: number, letters: boolean): number {
	const byKey: Readonly<Record<string, number>> = {
		up: -1,
		down: 1,
		'ctrl-p': -1,
		'ctrl-n': 1,
		pageup: -page,
		pagedown: page,
		...(letters ? { k: -1, j: 1, space: page, 'ctrl-b': -page, 'ctrl-f': page } : {}),
		...(letters ? { home: -1e9, g: -1e9, end: 1e9, G: 1e9 } : {}),
	};
	return byKey[key] ?? 0;
}

/** Pure: what the key does. `limit` is how far the overlay can be scrolled, `page` the rows that it shows. */
export function pressOverlay(overlay: Overlay, key: string, page: number, limit: number): OverlayEffect {
	switch (overlay.kind) {
		case 'help': {
			const { field } = overlay;
			const by = rowsOf(key, page, !field);
			// Letters that mean something outside must not act from here.
			if (by !== 0) return show({ ...overlay, scroll: Math.max(0, Math.min(limit, overlay.scroll + by)) });
			if (field) {
				if (key === 'esc') return show({ ...overlay, scroll: 0, field: null });
				const next = key === 'enter' ? null : typed(field, key);
				return show(next === null ? overlay : { ...overlay, scroll: 0, field: next });
			}
			if (key === '/') return show({ ...overlay, scroll: 0, field: textField('', nameLimit) });
			return show(['esc', 'q', '?', 'enter', 'left'].includes(key) ? null : overlay);
		}
		case 'confirm':
			return pressConfirm(overlay, key, page, limit);
		case 'choose':
			return pressChoose(overlay, key, page);
		case 'input':
			return pressInput(overlay, key);
		case 'form':
			return pressForm(overlay, key);
		case 'page': {
			const by = rowsOf(key, page, true);
			if (by !== 0) return show({ ...overlay, scroll: Math.max(0, Math.min(limit, overlay.scroll + by)) });
			const also = overlay.page.also?.find(one => one.key === key);
			if (also) return { kind: 'copy', text: also.text, what: also.what };
			if (key === 'y') {
				const text = overlay.page.copies ?? overlay.page.lines.map(line => line.text).join('\n');
				return {
					kind: 'copy',
					text,
					what: overlay.page.copies === undefined ? 'the page' : (overlay.page.copiesWhat ?? 'it'),
				};
			}
			return ['esc', 'q', 'enter', 'left'].includes(key) ? show(null) : show(overlay);
		}
		case 'waiting':
			// What is typed ahead is meant for the dialog to come.
			return show(key === 'esc' ? null : overlay);
		case 'progress':
			return ['esc', 'q', 'enter'].includes(key) ? show(null) : show(overlay);
	}
}

function pressConfirm(overlay: ConfirmOverlay, key: string, page: number, limit: number): OverlayEffect {
	const { plan, confirmed, field, isYes } = overlay;
	if (key === 'esc') return show(null);
	const by = rowsOf(key, page, field === null);
	if (by !== 0 && limit > 0)
		return show({ ...overlay, scroll: Math.max(0, Math.min(limit, Math.min(limit, overlay.scroll) + by)) });
	// Who turns pages reads: the question stays, where all of it is seen already.
	if (by !== 0 && !['up', 'down', 'space', 'g', 'G'].includes(key)) return show(overlay);
	if (field !== null) {
		if (key === 'enter') {
			return field.text === plan.typed ? confirmed : show({ ...overlay, wrong: field.text });
		}
		const next = typed(field, key);
		return show(next === null ? overlay : { ...overlay, field: next, wrong: null });
	}
	if (key === 'y' || (key === 'enter' && isYes)) return confirmed;
	if (key === 'n' || key === 'q' || key === 'enter') return show(null);
	if (key === 'c') return { kind: 'copy', text: plan.command, what: 'the command' };
	const turns = ['left', 'right', 'tab', 'shift-tab', 'up', 'down', 'h', 'l'].includes(key);
	// Whoever types on did not see the question: it is taken back.
	return show(turns ? { ...overlay, isYes: !isYes } : null);
}

function pressChoose(overlay: Extract<Overlay, { kind: 'choose' }>, key: string, page: number): OverlayEffect {
	const { question, field } = overlay;
	// Found when it is needed: most keys only add to what is looked for.
	const matching = () => (question.filters ? matchingChoices(question.choices, field.text) : question.choices);
	const take = (index: number): OverlayEffect => {
		const chosen = matching()[index];
		// Its row says why.
		if (!chosen || chosen.refused !== undefined) return show(chosen ? { ...overlay, index } : overlay);
		return { kind: 'next', ask: () => question.next(chosen.id) };
	};
	if (key === 'esc') return show(null);
	if (key === 'enter') return take(overlay.index);
	const by = rowsOf(key, page, !question.filters);
	if (by !== 0) return show({ ...overlay, index: Math.max(0, Math.min(matching().length - 1, overlay.index + by)) });
	if (!question.filters) {
		if (key === 'q') return show(null);
		const index = matching().findIndex(choice => choice.key === key);
		return index === -1 ? show(overlay) : take(index);
	}
	const next = typed(field, key);
	if (next === null) return show(overlay);
	return show({ ...overlay, field: next, index: next.text === field.text ? overlay.index : 0 });
}

function pressInput(overlay: Extract<Overlay, { kind: 'input' }>, key: string): OverlayEffect {
	const { question, field } = overlay;
	if (key === 'esc') return { kind: 'restore', view: overlay.before };
	if (key === 'enter') {
		const problem = question.problem(field.text);
		return problem === null ? { kind: 'next', ask: () => question.next(field.text) } : show({ ...overlay, problem });
	}
	if (question.isReplaced && (key === 'up' || key === 'ctrl-p')) return withInput(overlay, textField(question.initial));
	const next = typed(field, key);
	return next === null ? show(overlay) : withInput(overlay, next);
}

function withInput(overlay: Extract<Overlay, { kind: 'input' }>, field: TextField): OverlayEffect {
	const { live } = overlay.question;
	const changed = { ...overlay, field, problem: null };
	if (!live || field.text === overlay.field.text) return show(changed);
	return { kind: 'live', overlay: changed, change: view => live(view, field.text) };
}

function pressForm(overlay: FormOverlay, key: string): OverlayEffect {
	const { question, mode, index } = overlay;
	switch (key) {
		case 'esc':
			return show(null);
		case 'enter':
			return submitForm(overlay);
		case 'tab':
		case 'shift-tab':
			return show(otherMode(overlay));
		case 'ctrl-r': {
			if (question.recent.length === 0) return show(overlay);
			const recent = (overlay.recent + 1) % question.recent.length;
			const conf = question.recent[recent] ?? '{}';
			return show({ ...withConf(overlay, conf), recent });
		}
	}
	const here = question.fields[index];
	if (mode === 'fields' && here) {
		const by = rowsOf(key, question.fields.length, false);
		if (by !== 0) return show(atField(overlay, Math.max(0, Math.min(question.fields.length - 1, index + by))));
		if (here.values.length > 0) {
			const turn = { left: -1, right: 1, space: 1 }[key];
			if (turn === undefined) return show(overlay);
			const now = here.values.indexOf(overlay.values[here.name] ?? '');
			const value = here.values[(now + turn + here.values.length) % here.values.length] ?? '';
			return show(withValue(overlay, here.name, textField(value)));
		}
	}
	const next = typed(overlay.field, key);
	return next === null ? show(overlay) : show(withTyped(overlay, next));
}

function withTyped(overlay: FormOverlay, field: TextField): FormOverlay {
	const here = overlay.question.fields[overlay.index];
	if (overlay.mode === 'json' || !here) return { ...overlay, field, problems: {} };
	return withValue(overlay, here.name, field);
}

function withValue(overlay: FormOverlay, name: string, field: TextField): FormOverlay {
	const { [name]: _mended, ...problems } = overlay.problems;
	return { ...overlay, field, values: { ...overlay.values, [name]: field.text }, problems };
}

function atField(overlay: FormOverlay, index: number): FormOverlay {
	const name = overlay.question.fields[index]?.name ?? '';
	return { ...overlay, index, field: selectedField(overlay.values[name] ?? '') };
}

/** The same conf in the other form; where one cannot be made of the other, what is wrong is said and nothing is lost. */
function otherMode(overlay: FormOverlay): FormOverlay {
	const { question, mode } = overlay;
	if (question.fields.length === 0) return overlay;
	if (mode === 'fields') {
		const made = question.conf(overlay.values);
		if ('problems' in made) return { ...overlay, problems: made.problems };
		return { ...overlay, mode: 'json', field: textField(made.conf, confLimit), problems: {} };
	}
	const made = question.values(overlay.field.text);
	if ('problem' in made) return { ...overlay, problems: { '': made.problem } };
	return atField({ ...overlay, mode: 'fields', values: made.values, problems: {} }, overlay.index);
}

/** The form filled with a conf. One that does not fit the fields is shown as JSON. */
function withConf(overlay: FormOverlay, conf: string): FormOverlay {
	const made = overlay.question.values(conf);
	if (overlay.mode === 'json' || 'problem' in made) {
		return { ...overlay, mode: 'json', field: textField(conf, confLimit), problems: {} };
	}
	return atField({ ...overlay, values: made.values, problems: {} }, overlay.index);
}

function submitForm(overlay: FormOverlay): OverlayEffect {
	const { question, mode } = overlay;
	let { values } = overlay;
	if (mode === 'json') {
		const read = question.values(overlay.field.text);
		if ('problem' in read) return show({ ...overlay, problems: { '': read.problem } });
		values = read.values;
		const made = question.conf(values);
		if ('problems' in made) {
			const words = Object.entries(made.problems).map(([name, problem]) => (name ? `${name}: ${problem}` : problem));
			return show({ ...overlay, problems: { '': words.join('; ') } });
		}
		return { kind: 'next', ask: () => question.next(made.conf) };
	}
	const made = question.conf(values);
	if (!('problems' in made)) return { kind: 'next', ask: () => question.next(made.conf) };
	// To the first field that has to be mended.
	const wrong = question.fields.findIndex(field => made.problems[field.name] !== undefined);
	return show({ ...(wrong === -1 ? overlay : atField(overlay, wrong)), problems: made.problems });
}

/** A pasted text goes where something is typed, and nowhere else: a paste into the wrong window must not do anything. */
export function pasteInto(overlay: Overlay, text: string): OverlayEffect {
	switch (overlay.kind) {
		case 'choose':
			return overlay.question.filters
				? show({ ...overlay, field: inserted(overlay.field, text), index: 0 })
				: show(overlay);
		case 'input':
			return withInput(overlay, inserted(overlay.field, text));
		case 'form':
			return show(
				overlay.mode === 'fields' && (overlay.question.fields[overlay.index]?.values.length ?? 0) > 0
					? overlay
					: withTyped(overlay, inserted(overlay.field, text)),
			);
		default:
			// Also where typing confirms: that is meant to be typed.
			return show(overlay);
	}
}

/** Whether letters are text there: in a search, an input or a form. */
export function isTypedIn(overlay: Overlay): boolean {
	switch (overlay.kind) {
		case 'choose':
			return overlay.question.filters === true;
		case 'input':
		case 'form':
			return true;
		case 'help':
			return overlay.field != null;
		default:
			return false;
	}
}
