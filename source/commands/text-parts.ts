import { isActiveRun } from '../model/pipeline.ts';
import { serviceLook } from '../model/service-state.ts';
import { dagRunStateLook, taskStateLook } from '../model/task-state.ts';
import { duration, metricValue, moment, stopwatch } from '../presentation/format.ts';
import type { Glyphs } from '../presentation/glyphs.ts';
import type { Line, Span } from '../presentation/text.ts';
import { textIn } from '../words/language.ts';
import type { MetricValuePart, RunPart, ServicePart } from './json/parts.ts';
import type { Style } from './style.ts';
import type { Cell } from './table-cells.ts';

/** The words of the text output, made from the documents of `--json`. */

/** A span of time without spaces, so that a column stays a column: 9s, 3m05s, 2h10m, 5d3h. */
export function span(ms: number): string {
	return duration(ms).replaceAll(' ', '');
}

/** How long ago, or nothing where it is not known. */
export function since(time: string | null, at: string): string {
	return time === null ? '' : span(Date.parse(at) - Date.parse(time));
}

/** A moment: for people in their own zone and short; in plain output RFC 3339. */
export function when(time: string | null, at: string, { isTerminal }: Style): string {
	if (time === null) return '';
	return isTerminal ? moment(Date.parse(time), Date.parse(at)) : time.replace(/\.\d+Z$/, 'Z');
}

export function clock(ms: number | null): string {
	return ms === null ? '' : stopwatch(ms);
}

export function metric(value: MetricValuePart, glyphs: Pick<Glyphs, 'infinity'>): string {
	return metricValue(Number(value), glyphs.infinity);
}

/** The change from the run before, with its sign. */
export function change(value: MetricValuePart | null, glyphs: Glyphs): string {
	const number = value === null ? Number.NaN : Number(value);
	if (!Number.isFinite(number)) return '';
	if (number === 0) return '=';
	return `${number > 0 ? '+' : glyphs.minus}${metricValue(Math.abs(number))}`;
}

/** State and health of a container. */
export function serviceCell(service: Pick<ServicePart, 'state' | 'health' | 'exit_code'>): Cell {
	const { state, health, exit_code } = service;
	const detail = exit_code === null ? null : { exitCode: exit_code };
	const look = serviceLook({ container: { state, health }, detail });
	return { text: textIn(look.word, 'en'), symbol: look.symbol, tone: look.tone };
}

export function runCell(run: Pick<RunPart, 'state'>): Cell {
	const look = dagRunStateLook(run.state);
	return { text: textIn(look.word, 'en'), symbol: look.symbol, tone: look.tone };
}

/** @param run the run that the task is of: what never came up in one that has ended waits for nothing */
export function taskCell(state: string | null, run: Pick<RunPart, 'state'> | null = null): Cell {
	const look = taskStateLook(state, run !== null && !isActiveRun(run));
	return { text: textIn(look.word, 'en'), symbol: look.symbol, tone: look.tone };
}

/** The same as a piece of a line: the symbol on a terminal, the word everywhere. */
export function cellSpan(cell: Cell, { glyphs, isTerminal }: Style): Span {
	const symbol = isTerminal && cell.symbol !== undefined ? `${glyphs.state[cell.symbol]} ` : '';
	return { text: `${symbol}${cell.text}`, tone: cell.tone };
}

export function heading(text: string, ...more: readonly Span[]): Line {
	return [{ text, bold: true }, ...more];
}
