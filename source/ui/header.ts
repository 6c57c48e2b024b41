import { severityLooks } from '../presentation/finding-text.ts';
import { timeOfDay } from '../presentation/format.ts';
import { cutInside, fitLine, type Line, lineWidth, type Span } from '../presentation/text.ts';
import { verdictOf } from '../selectors/findings/verdict.ts';
import { foreignStack, managedServer } from '../selectors/servers/stack.ts';
import { textIn } from '../words/language.ts';
import type { ViewContext } from './panes/view-context.ts';
import { sourceSpans } from './source-spans.ts';

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

/** `3 findings (critical)`: their number and the worst severity; `no findings` once the first checks are done. */
function badge({ state, now, glyphs, language, say }: HeaderInput): Span[] {
	const { findings: alarming, notices, notChecked } = verdictOf(state, now);
	const findings = [...alarming, ...notices];
	const [worst] = findings;
	if (!worst) {
		const isEarly = state.diagnosedAt === null || notChecked.some(({ name }) => name === 'checks');
		if (isEarly) return [];
		const words = say(['no findings', '문제 없음']);
		// Something that could not be checked may hide one.
		return notChecked.length === 0
			? [{ text: `${glyphs.state.success} ${words}`, tone: 'good' }, { text: '  ' }]
			: [{ text: `${glyphs.state.unknown} ${words}`, tone: 'warning' }, { text: '  ' }];
	}
	const { symbol, word, tone } = severityLooks[worst.severity];
	const values = { n: findings.length, worst: textIn(word, language) };
	const count = say(['{n} {n|finding|findings} ({worst})', '문제 {n}건 ({worst})'], values);
	return [{ text: `${glyphs.state[symbol]} ${count}`, tone, bold: true }, { text: '  ' }];
}

/** Cells of the innermost place in a narrow header: run ids are longer. */
const crumbRoom = 20;

/** Stack and place, the state of each server, findings and the time. */
export function headerLine(input: HeaderInput): Line {
	const { glyphs, width } = input;
	const parts = partsOf(input);
	const { place, middle, right } = parts;
	const room = width - 2;
	// The end of the trail, where the user is, is kept longest.
	const spare = room - lineWidth(place) - lineWidth(middle) - lineWidth(right) - 4;
	let trail: Span[] = [];
	for (const text of input.crumbs.toReversed()) {
		const longer = [...crumb(text, input), ...trail];
		if (lineWidth(longer) > spare) break;
		trail = longer;
	}
	const left = [...place, ...trail];
	const gap = room - lineWidth(left) - lineWidth(middle) - lineWidth(right);
	if (gap < 4 || (input.crumbs.length > 0 && trail.length === 0)) return narrowHeader(input, parts);
	const before = Math.min(3, gap - 1);
	return fitLine(
		[{ text: ' ' }, ...left, { text: ' '.repeat(before) }, ...middle, { text: ' '.repeat(gap - before) }, ...right],
		width,
		glyphs.ellipsis,
	);
}

type HeaderParts = {
	readonly demo: readonly Span[];
	/** Name of the stack. */
	readonly project: string;
	/** The program, the stack and its host. */
	readonly place: Line;
	/** The state of each server, with its version. */
	readonly middle: Line;
	/** Findings, modes and the clock. */
	readonly right: Line;
};

function partsOf(input: HeaderInput): HeaderParts {
	const { state, now, glyphs, say } = input;
	const profile = input.profile === null ? '' : ` (${input.profile})`;
	const others = state.stack?.otherProjects.length ?? 0;
	const key = input.stackKey === null ? '' : ` (${input.stackKey})`;
	const beside = others === 0 ? '' : ` ${say(['+{n} {n|project|projects}', '외 프로젝트 {n}개'], { n: others })}${key}`;
	const whose = foreignStack(state) === null ? '' : ` ${say(['(other folder)', '(다른 폴더)'])}`;
	const server = managedServer(state);
	const isAsked = state.hasEngine && state.feeds.containers.status === 'waiting';
	const nothing = isAsked ? glyphs.ellipsis : say(['no stack', '스택 없음']);
	const project = glyphs.fold(`${input.project ?? server ?? nothing}${whose}`);
	// Without an engine nothing of the stack is on a host that is known here.
	const where = server === null ? `${project} @ ${input.host}${profile}${beside}` : `${project}${profile}`;
	const demo: Span[] = input.demo
		? [{ text: ` ${say(['DEMO', '데모'])} `, inverse: true, bold: true }, { text: ' ' }]
		: [];
	const place: Line = [...demo, { text: 'laketop', bold: true }, { text: ` ${glyphs.dot} ${glyphs.fold(where)}` }];
	const right: Span[] = [
		...badge(input),
		...(input.readOnly ? [{ text: `${say(['read-only', '읽기 전용'])} `, tone: 'active' as const }] : []),
		input.frozen
			? {
					text: `${say(['frozen', '화면 고정됨'])} ${timeOfDay(now, true)}${input.unfreezeKey ? ` (${input.unfreezeKey})` : ''}`,
					tone: 'active',
					inverse: true,
				}
			: { text: timeOfDay(now) },
	];
	return { demo, project, place, middle: sourceSpans(input, 'versions', { isAll: true }), right };
}

function crumb(text: string, { glyphs }: HeaderInput): Span[] {
	return [
		{ text: ` ${glyphs.selected} `, tone: 'muted' },
		{ text: glyphs.fold(text), tone: 'accent' },
	];
}

/** A way to shorten the header. `least`: what of the name must fit. */
type HeaderForm = { readonly least: Line; readonly name: Line; readonly middle: Line; readonly end: Line };

/**
 * The header where not everything fits. DEMO, the place, the findings and the clock always stay. The project is cut last:
 * every key acts on it.
 */
function narrowHeader(input: HeaderInput, { demo, project, place, middle, right }: HeaderParts): Line {
	const { glyphs, width } = input;
	const room = width - 2;
	const whole: Line = [...demo, { text: `laketop ${glyphs.dot} ${project}` }];
	const bare: Line = [...demo, { text: project, bold: true }];
	const problems = (form: 'names' | 'reasons' | 'symbols') => sourceSpans(input, form, { isAll: false });
	const both = (middle: Line): HeaderForm[] => [
		{ least: whole, name: place, middle, end: right },
		{ least: bare, name: bare, middle, end: right },
	];
	const innermost = input.crumbs.at(-1);
	const here = innermost === undefined ? [] : crumb(cutInside(innermost, crumbRoom, glyphs.ellipsis), input);
	const shortest = { least: bare, name: bare, middle: problems('symbols'), end: right };
	const forms: HeaderForm[] = [
		{ least: whole, name: place, middle, end: right },
		...both(sourceSpans(input, 'names', { isAll: true })),
		...both(problems('names')),
		...both(problems('reasons')),
		...both(problems('symbols')),
		// The smallest usual terminal has 80 columns; below that the project is worth more than the clock.
		...(width < 80 && !input.frozen ? [{ ...shortest, end: right.slice(0, -1) }] : []),
	];
	const spareOf = ({ middle, end }: HeaderForm) => room - lineWidth(middle) - lineWidth(here) - lineWidth(end) - 1;
	const form = forms.find(one => spareOf(one) >= lineWidth(one.least)) ?? forms.at(-1) ?? shortest;
	const spare = spareOf(form);
	// Cut directly after the project, the rest would read as part of its name.
	const isCut = form.name === place && spare < lineWidth(whole) + 5 && spare < lineWidth(place);
	const name = isCut ? whole : form.name;
	const cut = lineWidth(name) > spare ? fitLine(name, Math.max(spare, lineWidth(demo) + 8), glyphs.ellipsis) : name;
	const fill = ' '.repeat(Math.max(1, spare - lineWidth(cut) + 1));
	return fitLine([{ text: ' ' }, ...cut, ...here, { text: fill }, ...form.middle, ...form.end], width, glyphs.ellipsis);
}
