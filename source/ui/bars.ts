import { type FailureKind, sourceNames } from '../model/source.ts';
import type { ActionState } from '../model/state.ts';
import type { StateSymbol, Tone } from '../model/task-state.ts';
import { severityLooks } from '../presentation/finding-text.ts';
import { duration, timeOfDay } from '../presentation/format.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import { cutInside, fitLine, type Line, lineWidth, type Span, textWidth } from '../presentation/text.ts';
import { serverState } from '../selectors/server-state.ts';
import { foreignStack, isAbsent, isGuessed } from '../selectors/stack.ts';
import { verdictOf } from '../selectors/verdict.ts';
import { type Text, textIn } from '../words/language.ts';
import { asHeading, render } from '../words/message.ts';
import type { Action, ActionContext } from './actions/action.ts';
import type { Hint } from './hint.ts';
import { type KeyHint, keyHints } from './key-hints.ts';
import { keyTitle } from './keys.ts';
import type { ViewContext } from './panes/view-context.ts';

/** Why a server has failed, short enough for the header. */
const failureWords: Readonly<Record<FailureKind, Text>> = {
	unreachable: ['unreachable', '연결할 수 없음'],
	lost: ['disconnected', '연결 끊김'],
	timeout: ['timed out', '시간 초과'],
	permission: ['no permission', '권한 없음'],
	unauthorised: ['unauthorised', '인증 실패'],
	busy: ['busy', '요청 과다'],
	'not-found': ['not found', '없음'],
	conflict: ['conflict', '충돌'],
	refused: ['refused', '거부됨'],
	protocol: ['unexpected answer', '예상 밖의 응답'],
	server: ['server error', '서버 오류'],
	unconfigured: ['no address', '주소 없음'],
};

export type HeaderInput = Pick<ViewContext, 'state' | 'now' | 'glyphs' | 'width' | 'language' | 'say'> & {
	readonly project: string | null;
	readonly host: string;
	readonly profile: string | null;
	/** The trail to the current place, outermost first. */
	readonly crumbs: readonly string[];
	readonly frozen: boolean;
	/** The key that unfreezes the screen; null if none is bound. */
	readonly unfreezeKey: string | null;
	/** The key that switches to another stack; null if none is bound. */
	readonly stackKey: string | null;
	readonly demo: boolean;
	readonly readOnly: boolean;
};

/** `3 findings (bad)`: their number and the worst severity. */
function badge({ state, now, glyphs, language, say }: HeaderInput): Span[] {
	const { findings: alarming, notices } = verdictOf(state, now);
	const findings = [...alarming, ...notices];
	const [worst] = findings;
	if (!worst) return [];
	const { symbol, word, tone } = severityLooks[worst.severity];
	const values = { n: findings.length, worst: textIn(word, language) };
	const count = say(['{n} {n|finding|findings} ({worst})', '문제 {n}건 ({worst})'], values);
	return [{ text: `${glyphs.state[symbol]} ${count}`, tone, bold: true }, { text: '  ' }];
}

/** The state of each server: with its version, with its name only, or only of those that are not live. */
function sourceSpans(
	{ state, now, glyphs, language, say }: HeaderInput,
	form: 'versions' | 'names' | 'not live',
): Span[] {
	return sourceNames.flatMap((source): Span[] => {
		const { status, since, failure } = serverState(state, source);
		const guessed = isGuessed(state, source);
		if (form === 'not live' && !guessed && (status === 'live' || isAbsent(state, source))) return [];
		const version = form === 'versions' ? state.sources[source]?.version : undefined;
		const name: Span = { text: `${source}${version ? ` ${shortVersion(glyphs.fold(version))}` : ''} ` };
		const end: Span = { text: '  ' };
		if (isAbsent(state, source)) return [name, { text: say(['none', '없음']), tone: 'muted' }, end];
		if (guessed)
			return [name, { text: `${glyphs.state.unknown} ${say(['guessed', '추정'])}`, tone: 'warning', bold: true }, end];
		if (status === 'live') return [name, { text: glyphs.state.success, tone: 'good' }, end];
		if (status === 'waiting') return [name, { text: glyphs.ellipsis, tone: 'muted' }, end];
		const reason = failure === null ? '' : `${textIn(failureWords[failure.kind], language)} `;
		const failed = `${glyphs.state.failed} ${reason}${duration(now - since, language)}`;
		return [name, { text: failed, tone: 'bad', bold: true }, end];
	});
}

/** Cells of the innermost place in a narrow header: run ids are longer. */
const crumbRoom = 20;

/** Stack and place, the state of each server, findings and the time. */
export function headerLine(input: HeaderInput): Line {
	const { state, now, glyphs, width, say } = input;
	const profile = input.profile === null ? '' : ` (${input.profile})`;
	const others = state.stack?.otherProjects.length ?? 0;
	const key = input.stackKey === null ? '' : ` (${input.stackKey})`;
	const beside = others === 0 ? '' : ` ${say(['+{n} {n|project|projects}', '외 프로젝트 {n}개'], { n: others })}${key}`;
	const whose = foreignStack(state) === null ? '' : ` ${say(['(other folder)', '(다른 폴더)'])}`;
	const project = glyphs.fold(`${input.project ?? say(['no stack', '스택 없음'])}${whose}`);
	const where = `${project} @ ${input.host}${profile}${beside}`;
	const demo: Span[] = input.demo
		? [{ text: ` ${say(['DEMO', '데모'])} `, inverse: true, bold: true }, { text: ' ' }]
		: [];
	const place: Line = [...demo, { text: 'laketop', bold: true }, { text: ` ${glyphs.dot} ${glyphs.fold(where)}` }];
	const left: Span[] = [...place];
	const crumb = (text: string): Span[] => [
		{ text: ` ${glyphs.selected} `, tone: 'muted' },
		{ text: glyphs.fold(text), tone: 'accent' },
	];
	const middle = sourceSpans(input, 'versions');
	const right: Span[] = [
		...badge(input),
		...(input.readOnly ? [{ text: `${say(['read-only', '읽기 전용'])} `, tone: 'active' as const }] : []),
		input.frozen
			? {
					text: `${say(['frozen', '화면 고정'])} ${timeOfDay(now, true)}${input.unfreezeKey ? ` (${input.unfreezeKey})` : ''}`,
					tone: 'active',
					inverse: true,
				}
			: { text: timeOfDay(now) },
	];
	const room = width - 2;
	// The end of the trail, where the user is, is kept longest.
	const spare = room - lineWidth(left) - lineWidth(middle) - lineWidth(right) - 4;
	let trail: Span[] = [];
	for (const text of input.crumbs.toReversed()) {
		const longer = [...crumb(text), ...trail];
		if (lineWidth(longer) > spare) break;
		trail = longer;
	}
	left.push(...trail);
	const gap = room - lineWidth(left) - lineWidth(middle) - lineWidth(right);
	if (gap < 4) {
		// DEMO, the place, the findings and the clock always stay. The project is cut last: every key acts on it.
		const whole: Line = [...demo, { text: `laketop ${glyphs.dot} ${project}` }];
		const bare: Line = [...demo, { text: project, bold: true }];
		const names = sourceSpans(input, 'names');
		const problems = sourceSpans(input, 'not live');
		const innermost = input.crumbs.at(-1);
		const here = innermost === undefined ? [] : crumb(cutInside(innermost, crumbRoom, glyphs.ellipsis));
		const forms = [
			{ least: whole, name: place, middle, end: right },
			{ least: whole, name: place, middle: names, end: right },
			{ least: bare, name: bare, middle: names, end: right },
			{ least: whole, name: place, middle: problems, end: right },
			{ least: bare, name: bare, middle: problems, end: right },
			// The smallest usual terminal has 80 columns; below that the project is worth more than the clock.
			...(width < 80 && !input.frozen ? [{ least: bare, name: bare, middle: problems, end: right.slice(0, -1) }] : []),
		];
		const spareOf = ({ middle, end }: (typeof forms)[number]) =>
			room - lineWidth(middle) - lineWidth(here) - lineWidth(end) - 1;
		const form = forms.find(one => spareOf(one) >= lineWidth(one.least)) ?? forms.at(-1);
		if (form) {
			// Cut directly after the project, the rest would read as part of its name.
			const isCut = form.name === place && spareOf(form) < lineWidth(whole) + 5 && spareOf(form) < lineWidth(place);
			const name = isCut ? whole : form.name;
			const cut =
				lineWidth(name) > spareOf(form)
					? fitLine(name, Math.max(spareOf(form), lineWidth(demo) + 8), glyphs.ellipsis)
					: name;
			const fill = ' '.repeat(Math.max(1, spareOf(form) - lineWidth(cut) + 1));
			return fitLine(
				[{ text: ' ' }, ...cut, ...here, { text: fill }, ...form.middle, ...form.end],
				width,
				glyphs.ellipsis,
			);
		}
	}
	const before = Math.min(3, gap - 1);
	return fitLine(
		[{ text: ' ' }, ...left, { text: ' '.repeat(before) }, ...middle, { text: ' '.repeat(gap - before) }, ...right],
		width,
		glyphs.ellipsis,
	);
}

/** `20.10.24+dfsg1` → `20.10.24` */
function shortVersion(version: string): string {
	return version.split(/[+~]/)[0] ?? version;
}

/** How long the outcome of an action stays on the key bar, ms; a failure stays until the next key. */
const outcomeShownMs = 6000;

/** What the key bar shows instead of keys: a hint, else the running or just finished action; null for neither. */
export function message(
	actions: readonly ActionState[],
	hint: Hint,
	seenUntil: number,
	{ now, glyphs, width, language, say }: Pick<ViewContext, 'now' | 'glyphs' | 'width' | 'language' | 'say'>,
): Line | null {
	if (hint) {
		const { words, tone } = typeof hint === 'string' ? { words: hint, tone: 'active' as const } : hint;
		const symbol = tone === 'good' ? glyphs.state.success : glyphs.state.warning;
		return [{ text: `${symbol} ${glyphs.fold(words)}`, tone, bold: true }];
	}
	const last = actions.at(-1);
	if (!last) return null;
	if (last.outcome === 'running') {
		return [
			{
				text: `${glyphs.state.running} ${glyphs.fold(render(asHeading(last.title), language))} ${glyphs.ellipsis} ${duration(now - last.startedAt, language)}`,
				tone: 'active',
				bold: true,
			},
		];
	}
	const finishedAt = last.finishedAt ?? 0;
	const fades = last.outcome === 'done' && now - finishedAt > outcomeShownMs;
	// A failure stays until a key is pressed after it, so that nobody misses it by looking away.
	if (fades || seenUntil > finishedAt + 500) return null;
	const { symbol, tone, text } = outcomeLooks[last.outcome];
	const outcome = (title: string) => say(text, { title, message: last.message ?? '' });
	// The outcome matters most: if not all of it fits, ids are shortened, then the title is cut to its verb.
	const title = render(asHeading(last.title), language);
	const whole = outcome(title);
	// The verb comes first in English and last in Korean.
	const verb = title.split(' ').at(language === 'ko' ? -1 : 0) ?? '';
	const texts = [whole, shortIds(whole), shortIds(outcome(verb))];
	const room = width - 6;
	const fitting = texts.find(one => textWidth(glyphs.fold(one)) <= room) ?? texts.at(-1) ?? '';
	return [{ text: `${glyphs.state[symbol]} ${glyphs.fold(fitting)}`, tone, bold: true }];
}

const outcomeLooks = {
	done: { symbol: 'success', tone: 'good', text: ['{title}: {message}', '{title}: {message}'] },
	failed: { symbol: 'failed', tone: 'bad', text: ['{title}: failed: {message}', '{title} 실패: {message}'] },
	unknown: {
		symbol: 'unknown',
		tone: 'warning',
		text: ['{title}: outcome unknown: {message}', '{title} 결과를 알 수 없음: {message}'],
	},
} as const satisfies Record<string, { symbol: StateSymbol; tone: Tone; text: Text }>;

/** Run ids that Airflow derives from a time, without year, seconds and zone: `scheduled__11-18T02:00`. */
function shortIds(text: string): string {
	return text.replaceAll(
		/\b(scheduled|manual|backfill|dataset_triggered)__\d{4}-(\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)(?:_[a-z]{3})?/g,
		'$1__$2',
	);
}

/** Cells kept free so that hints can step around the foot of the border above. */
const spansAside = 12;

/** The lowest row: the lower border of the frame with the keys of the place, or a message. */
export function footerLine(
	actions: readonly Action[],
	context: Pick<ActionContext, 'view' | 'language'>,
	message: Line | null,
	width: number,
	glyphs: Glyphs,
	teeAt: number | null,
): Line {
	const { line } = glyphs;
	const room = width - 2;
	const words: Span[] = [{ text: ' ' }];
	if (message) words.push(...message, { text: ' ' });
	else {
		const { first, always } = keyHints(actions, context.view, context.language);
		const spansOf = ({ key, label }: KeyHint): Span[] => [
			{ text: keyTitle(key), bold: true, tone: 'accent' },
			{ text: ` ${label}  ` },
		];
		// These hints stay at the right end, whatever is cut.
		const lastSpans = always.flatMap(spansOf);
		// The border between the panes above ends in the key bar: a hint that would cover its foot moves behind it.
		const foot = teeAt === null ? room : teeAt - 1;
		const add = (spans: readonly Span[]) => {
			const used = lineWidth(words);
			if (used <= foot && used + lineWidth(spans) > foot && foot < room) {
				words.push(
					{ text: line.horizontal.repeat(foot - used), tone: 'muted' },
					{ text: line.teeUp, tone: 'muted' },
					{ text: ' ' },
				);
			}
			words.push(...spans);
		};
		for (const hint of first) {
			const spans = spansOf(hint);
			if (lineWidth(words) + lineWidth(spans) + lineWidth(lastSpans) + spansAside > room) break;
			add(spans);
		}
		for (const hint of always) add(spansOf(hint));
	}
	const fitted = lineWidth(words) > room ? fitLine(words, room, glyphs.ellipsis) : words;
	const used = lineWidth(fitted);
	let rest = line.horizontal.repeat(Math.max(0, room - used));
	const tee = teeAt === null ? -1 : teeAt - 1 - used;
	if (tee >= 0 && tee < room - used) rest = rest.slice(0, tee) + line.teeUp + rest.slice(tee + 1);
	return [{ text: line.bottomLeft, tone: 'muted' }, ...fitted, { text: rest + line.bottomRight, tone: 'muted' }];
}
