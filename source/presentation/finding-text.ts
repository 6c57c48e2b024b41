import { type MessageKey, messageOf, say } from '../diagnosis/messages/message.ts';
import { type Acknowledgement, type AcknowledgementsProblem, acknowledgementOf } from '../model/acknowledgement.ts';
import type { StateSymbol, Tone } from '../model/airflow/task-state.ts';
import type { Finding, Severity } from '../model/finding.ts';
import { isChanging } from '../model/finding.ts';
import type { StackState } from '../model/state.ts';
import { commandOfFix } from '../selectors/printed-commands/fix-command.ts';
import type { Language, Text } from '../words/language.ts';
import { type Message, render } from '../words/message.ts';
import { moment } from './format.ts';
import type { Line } from './text.ts';

/** Symbol, word and colour of each severity. */
export const severityLooks: Readonly<Record<Severity, { word: Text; symbol: StateSymbol; tone: Tone }>> = {
	critical: { word: ['critical', '심각'], symbol: 'failed', tone: 'bad' },
	warning: { word: ['warning', '경고'], symbol: 'warning', tone: 'warning' },
	notice: { word: ['notice', '알림'], symbol: 'paused', tone: 'odd' },
};

/** A finding in one sentence: what is wrong, and why. */
export function findingSentence(finding: Finding, language: Language): string {
	return `${render(finding.title, language)}: ${render(finding.cause, language)}`;
}

/** Who acknowledged a finding, until when, and why. */
export function acknowledgementWords({ by, until, note }: Acknowledgement, language: Language): string {
	const words = until === null ? say('section.ack clears', { by }) : say('section.ack until', { by, at: until });
	return `${render(words, language)}${note === '' ? '' : `: ${note}`}`;
}

/** Confirms an acknowledgement and how long it is valid. */
export function acknowledgedWords(
	{ until, acknowledgedAt }: Pick<Acknowledgement, 'until' | 'acknowledgedAt'>,
	{ title }: Pick<Finding, 'title'>,
	language: Language,
): string {
	const named = { title: render(title, language) };
	const words =
		until === null
			? say('ack.clears', named)
			: say('ack.for', { ...named, for: until - acknowledgedAt, until: moment(until, acknowledgedAt) });
	return render(words, language);
}

/** Why acknowledgements were not read, or why one was not saved. */
export function acknowledgementsProblemMessage({ code, path, lines, detail }: AcknowledgementsProblem): Message {
	const key: MessageKey = code === 'garbled' && lines === 1 ? 'ack problem.garbled line' : `ack problem.${code}`;
	return messageOf(key, { path, lines, detail: detail ?? '' });
}

export type FindingTextInput = {
	readonly finding: Finding;
	/** The findings that follow from it. */
	readonly followers: readonly Finding[];
	readonly state: StackState;
	readonly now: number;
	readonly language: Language;
};

/**
 * The complete text of a finding, in lines that are not wrapped yet: evidence, cause, reason, impact, fixes with
 * numbers and commands. The screen and `laketop doctor` share it.
 */
export function findingText({ finding, followers, state, now, language }: FindingTextInput): Line[] {
	const words = (key: MessageKey, params: Record<string, number> = {}) => render(messageOf(key, params), language);
	const look = severityLooks[finding.severity];
	const heading = (key: MessageKey): Line => [{ text: words(key), tone: 'accent', bold: true }];
	const since =
		finding.since === null ? '' : `  ${words('section.since', { at: finding.since, age: now - finding.since })}`;
	const lines: Line[] = [
		[
			{ text: render(finding.title, language), tone: look.tone, bold: true },
			{ text: since, tone: 'muted' },
		],
		[
			{ text: `${words('section.cause')}: `, tone: 'accent', bold: true },
			{ text: render(finding.cause, language), bold: true },
		],
		[{ text: `${words('section.reason')}: `, tone: 'accent', bold: true }, { text: render(finding.reason, language) }],
	];
	const known = acknowledgementOf(state.acknowledgements, finding.id, now);
	if (known) {
		lines.push([
			{ text: `${words('section.acknowledged')}: `, tone: 'accent', bold: true },
			{ text: acknowledgementWords(known, language), tone: 'muted' },
		]);
	}
	if (finding.evidence.length > 0) lines.push(heading('section.evidence'));
	for (const { message, lines: quoted } of finding.evidence) {
		lines.push([{ text: `  ${render(message, language)}` }]);
		for (const line of quoted) lines.push([{ text: `    | ${line}`, tone: 'muted' }]);
	}
	if (finding.impact.length > 0) lines.push(heading('section.impact'));
	for (const impact of finding.impact) lines.push([{ text: `  ${render(impact, language)}` }]);
	if (followers.length > 0) lines.push(heading('section.follows'));
	for (const follower of followers) lines.push([{ text: `  ${render(follower.title, language)}` }]);
	if (finding.fixes.length > 0) lines.push(heading('section.fixes'));
	for (const [index, { message, action, interrupts = [] }] of finding.fixes.entries()) {
		lines.push([
			{ text: `  ${index + 1} `, bold: true, tone: isChanging(action) ? 'good' : undefined },
			{ text: render(message, language) },
		]);
		for (const one of interrupts) lines.push([{ text: `    ${render(one, language)}`, tone: 'warning' }]);
		const command = commandOfFix(action, { state });
		if (command !== null) lines.push([{ text: `    $ ${command}`, tone: 'muted' }]);
	}
	return lines;
}
