import { lineHead } from '../../../model/logs/log-format.ts';
import { groupTitle } from '../../../model/logs/log-index.ts';
import type { LogLevel } from '../../../model/logs/log-level.ts';
import { matchesIn } from '../../../model/logs/log-pattern.ts';
import type { LogView, ViewLine } from '../../../model/logs/log-view.ts';
import { foldMarks, type Glyphs } from '../../../presentation/glyphs.ts';
import { fitLine, fitName, type Line, lineWidth, type Span } from '../../../presentation/text.ts';
import type { Language } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import { type Writer, writer } from '../../../words/write.ts';
import { Cells } from './cells.ts';
import type { LogsViewState } from './logs-state.ts';
import { prettyJson } from './pretty-json.ts';
import { omissions } from './short-line.ts';
import { timeText } from './time-column.ts';

export type LogRowsOptions = {
	readonly state: LogsViewState;
	readonly width: number;
	readonly wraps: boolean;
	readonly glyphs: Glyphs;
	/** ms since the epoch, for relative times. */
	readonly now: number;
	readonly language: Language;
};

const levelTones: Readonly<Record<LogLevel, Span['tone']>> = {
	debug: 'muted',
	info: undefined,
	warning: 'active',
	error: 'bad',
};
const levelWords: Readonly<Record<LogLevel, string>> = {
	debug: 'DEBUG',
	info: 'INFO ',
	warning: 'WARN ',
	error: 'ERROR',
};
const sourceTones = ['good', 'odd', 'accent', 'warning', 'active', 'waiting'] as const;

/** Width from which file, logger or process of a line are shown. */
const originFrom = 90;
/** Width from which a column of levels is shown. */
const levelFrom = 40;
const moreText = ['{n} more characters', '{n}자 더'] as const;
/** Limits for one line: rows when wrapped, and characters, as measuring takes time. */
const rowsOfLine = 300;
const charactersOfLine = 16_000;

/**
 * The rows of lines on the screen. The rows of a line are made once for a size and a style, however often it is drawn.
 */
export class LogRows {
	readonly #view: LogView;
	readonly #options: LogRowsOptions;
	readonly #names: readonly string[];
	readonly #nameWidth: number;
	readonly #hasLevels: boolean;
	readonly #search: string | undefined;
	readonly #say: Writer;
	readonly #made = new Map<number, { line: ViewLine; folded: boolean; rows: readonly Line[] }>();

	/**
	 * Whether the current line matches the search. The index found out within a time limit, because an expression may
	 * take very long on one line.
	 */
	#hasHits = false;

	constructor(view: LogView, options: LogRowsOptions) {
		this.#view = view;
		this.#options = options;
		this.#say = writer(options.language);
		this.#hasLevels = options.width >= levelFrom && view.hasLevels;
		this.#search = view.query.search?.typed;
		const names = view.sequence.sources.map(({ name }) => name);
		const most = Math.max(4, Math.floor(options.width / 5));
		this.#names = names.length > 1 ? names : [];
		this.#nameWidth = Math.min(most, Math.max(0, ...this.#names.map(name => name.length)));
	}

	/** Whether rows with these options would be the same. */
	isFor(view: LogView, { state, width, wraps, glyphs, now, language }: LogRowsOptions): boolean {
		const own = this.#options;
		return (
			view === this.#view &&
			this.#hasLevels === (width >= levelFrom && view.hasLevels) &&
			view.query.search?.typed === this.#search &&
			width === own.width &&
			wraps === own.wraps &&
			glyphs === own.glyphs &&
			language === own.language &&
			state.offset === own.state.offset &&
			state.times === own.state.times &&
			state.colours === own.state.colours &&
			state.opened === own.state.opened &&
			state.bookmarks === own.state.bookmarks &&
			(state.times !== 'relative' || Math.floor(now / 1000) === Math.floor(own.now / 1000))
		);
	}

	/** The rows of the line at a position; at least one. */
	of(position: number, folds = this.#options.state.folds): readonly Line[] {
		const line = this.#view.at(position);
		if (!line) return [[]];
		const below = this.#view.step(position, 1, folds);
		const fold = line.isGroup || line.isHead ? this.#view.foldOf(position) : null;
		const isFolded =
			fold !== null &&
			fold.id === line.id &&
			(fold.kind === 'group' ? !folds.changed.has(fold.id) : folds.records !== folds.changed.has(fold.id));
		const made = this.#made.get(line.id);
		const isSame =
			made &&
			made.folded === isFolded &&
			made.line.level === line.level &&
			made.line.isContext === line.isContext &&
			made.line.isHit === line.isHit;
		// A fold at the end of the log still grows, and shows its length: it is made again.
		if (isSame && !(isFolded && below === null)) return made.rows;
		if (this.#made.size > 2000) this.#made.clear();
		const rows = this.#rows(line, isFolded && fold ? fold.lines : 0);
		this.#made.set(line.id, { line, folded: isFolded, rows });
		return rows;
	}

	#rows(view: ViewLine, foldedLines: number): readonly Line[] {
		this.#hasHits = view.isHit;
		const { state, glyphs } = this.#options;
		const { line } = view;
		const time = timeText(line.loggedAt, state.times, this.#options);
		const lead: Span[] = [];
		if (time !== '') lead.push({ text: time, tone: 'muted' });
		if (state.bookmarks.has(view.id)) lead.push({ text: glyphs.selected, tone: 'accent', bold: true });
		else if (time !== '' || state.bookmarks.size > 0) lead.push({ text: ' ' });
		if (this.#names.length > 0) {
			const name = fitName(glyphs.fold(this.#names[view.source] ?? ''), this.#nameWidth, glyphs.ellipsis);
			lead.push({ text: `${name} `, tone: sourceTones[view.source % sourceTones.length] });
		}
		if (line.mark) {
			const notice = line.message ? render(line.message, this.#options.language) : line.text;
			const text = `--- ${glyphs.fold(notice)} ---`;
			return this.#laid(lead, [{ text, tone: 'active', bold: true }], new Cells(text), 0);
		}
		const head = lineHead(line.text);
		const hasLevels = this.#hasLevels;
		const level = view.isGroup && foldedLines > 0 ? this.#view.levelOfGroup(view.position) : view.level;
		if (hasLevels) {
			const word = level !== null && (view.isHead || view.isGroup) ? levelWords[level] : '     ';
			lead.push({ text: `${word} `, tone: level ? levelTones[level] : undefined, bold: level === 'error' });
		}
		if (view.isGroup) return this.#laid(lead, ...this.#groupSpans(line.text, foldedLines));
		if (state.opened.has(view.id)) {
			const pretty = prettyJson(line.text);
			if (pretty) return this.#block(lead, pretty);
		}
		return this.#message(lead, view, head, foldedLines);
	}

	#lines(n: number): string {
		return this.#say(['{n} {n|line|lines}', '{n}줄'], { n });
	}

	#groupSpans(text: string, foldedLines: number): [Span[], Cells, number] {
		const title = this.#options.glyphs.fold(render(groupTitle(text), this.#options.language));
		const words =
			foldedLines > 0 ? `${foldMarks.folded} ${title} (${this.#lines(foldedLines)})` : `${foldMarks.open} ${title}`;
		return [[{ text: words, tone: 'muted' }], new Cells(words), 0];
	}

	/** The line without the parts that have columns: time and level. */
	#message(lead: readonly Span[], view: ViewLine, head: ReturnType<typeof lineHead>, foldedLines: number): Line[] {
		const { state, glyphs, width } = this.#options;
		const { line } = view;
		// Without the columns, the line keeps its own time and level.
		const hidesHead =
			head !== null && (this.#hasLevels || head.level === null) && (head.level !== null || head.stamp !== null);
		const from = hidesHead ? head.body : 0;
		const origin = from > 0 && head?.origin && width >= originFrom ? line.text.slice(...head.origin) : '';
		const shown = line.text.slice(from, from + charactersOfLine);
		const rest = line.text.length - from - shown.length;
		const start = origin === '' ? '' : `${origin} `;
		const more = rest > 0 ? ` ${glyphs.ellipsis} ${this.#say(moreText, { n: rest })}` : '';
		const folded = foldedLines > 0 ? ` [+${this.#lines(foldedLines)}]` : '';
		const text = glyphs.fold(start + shown);
		const whole = text + more + folded;
		const tone = view.isContext ? 'muted' : view.level ? levelTones[view.level] : undefined;
		const spans: Span[] = [];
		const add = (end: number, span: Omit<Span, 'text'>) => {
			const begin = spans.reduce((sum, one) => sum + one.text.length, 0);
			if (end > begin) spans.push({ ...span, text: whole.slice(begin, end) });
		};
		add(start.length, { tone: 'muted' });
		// Where `fold` changes the length, colours would be in the wrong places.
		const styles = state.colours && text.length === start.length + shown.length ? line.styles : undefined;
		if (styles) {
			const at = (place: number) => Math.max(start.length, Math.min(text.length, place - from + start.length));
			add(at(styles[0] ?? text.length), { tone });
			for (let index = 0; index < styles.length; index += 2) {
				const style = styles[index + 1] ?? 0;
				add(at(styles[index + 2] ?? line.text.length), style === 0 ? { tone } : { style });
			}
		}
		add(text.length, { tone });
		add(whole.length, { tone: 'muted' });
		return this.#laid(lead, spans, new Cells(whole), 0);
	}

	/** A text of several rows, such as pretty JSON. */
	#block(lead: readonly Span[], texts: readonly string[]): Line[] {
		return texts.flatMap((text, index) => {
			const folded = this.#options.glyphs.fold(text);
			const before = index === 0 ? lead : [{ text: ' '.repeat(lineWidth(lead)) }];
			return this.#laid(before, [{ text: folded }], new Cells(folded), text.length - text.trimStart().length);
		});
	}

	/** Puts a message beside its lead, cut or wrapped, and highlights matches. */
	#laid(lead: readonly Span[], spans: readonly Span[], cells: Cells, indent: number): Line[] {
		const { width, wraps, glyphs, state } = this.#options;
		const query = this.#view.query.search;
		const hits = query && this.#hasHits ? matchesIn(query, cells.text) : [];
		const leadWidth = lineWidth(lead);
		const room = Math.max(8, width - leadWidth);
		// A line with matches, or moved to its right, shows its own text.
		if (!wraps && cells.width > room && hits.length === 0 && state.offset === 0) {
			const short = shortened(spans, cells.text, glyphs.ellipsis);
			if (short !== null) return [[...lead, ...fitLine(short, room, glyphs.ellipsis)]];
		}
		if (!wraps) {
			const { start, gap } = cells.at(state.offset);
			const isCut = cells.width - state.offset > room;
			const end = isCut ? cells.endOf(start, room - 1 - gap) : cells.text.length;
			const left: Span[] = gap > 0 ? [{ text: ' '.repeat(gap) }] : [];
			const right: Span[] = isCut ? [{ text: glyphs.ellipsis, tone: 'muted' }] : [];
			return [[...lead, ...left, ...part(spans, hits, start, end), ...right]];
		}
		const parts = cells.wrapped(room, rowsOfLine);
		return parts.map(([start, end], index): Line => {
			const row = part(spans, hits, start, end);
			return index === 0
				? [...lead, ...row]
				: [{ text: ' '.repeat(leadWidth + (indent > room / 2 ? 0 : indent)) }, ...row];
		});
	}
}

/** The line without its uninformative parts; null if it has none. */
function shortened(spans: readonly Span[], text: string, ellipsis: string): Span[] | null {
	const parts = omissions(text);
	if (parts.length === 0) return null;
	const starts = [0, ...parts.map(([, end]) => end)];
	return starts.flatMap((start, index): Span[] => {
		const [end] = parts[index] ?? [text.length];
		const isLast = index === parts.length;
		return [...part(spans, [], start, end), ...(isLast ? [] : [{ text: ellipsis, tone: 'muted' as const }])];
	});
}

/** A part of styled text, with matches reversed. */
function part(spans: readonly Span[], hits: readonly [number, number][], start: number, end: number): Span[] {
	const cut: Span[] = [];
	let at = 0;
	for (const span of spans) {
		const from = Math.max(start, at);
		const to = Math.min(end, at + span.text.length);
		for (let place = from; place < to; ) {
			const hit = hits.find(([, hitEnd]) => hitEnd > place);
			const isHit = hit !== undefined && hit[0] <= place;
			const next = Math.min(to, hit === undefined ? to : isHit ? hit[1] : hit[0]);
			const text = span.text.slice(place - at, next - at);
			cut.push(isHit ? { ...span, text, inverse: true } : { ...span, text });
			place = next;
		}
		at += span.text.length;
	}
	return cut;
}
