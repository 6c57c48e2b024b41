import { isActiveRun } from '../../model/airflow/pipeline.ts';
import { dagRunStateLook, taskStateLook } from '../../model/airflow/task-state.ts';
import { serviceLook } from '../../model/engine/health-symbol.ts';
import { duration, metricValue, moment, stopwatch } from '../../presentation/format.ts';
import type { Glyphs } from '../../presentation/glyphs.ts';
import type { Line, Span } from '../../presentation/text.ts';
import { textIn } from '../../words/language.ts';
import type { RunPart } from '../json/airflow.ts';
import type { MetricValuePart } from '../json/mlflow.ts';
import type { ServicePart } from '../json/services.ts';
import type { Style } from './style.ts';
import type { Cell } from './table-cells.ts';

/** Parts of the text output, made from the documents of `--json`. */

/** Time since then; empty if unknown. */
export function since(time: string | null, at: string, style: Pick<Style, 'language'>): string {
	return time === null ? '' : duration(Date.parse(at) - Date.parse(time), style.language);
}

/** A time: short and local on a terminal, RFC 3339 in plain output. */
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

/** Signed change from the previous MLflow run. */
export function change(value: MetricValuePart | null, glyphs: Glyphs): string {
	const number = value === null ? Number.NaN : Number(value);
	if (!Number.isFinite(number)) return '';
	if (number === 0) return '=';
	return `${number > 0 ? '+' : glyphs.minus}${metricValue(Math.abs(number))}`;
}

/** State and health of a container. */
export function serviceCell(
	service: Pick<ServicePart, 'state' | 'health' | 'exit_code'> & Partial<Pick<ServicePart, 'verdict'>>,
	{ language }: Pick<Style, 'language'>,
): Cell {
	const { state, health, exit_code, verdict } = service;
	const detail = exit_code === null ? null : { exitCode: exit_code };
	const look = serviceLook({ container: { state, health }, detail, isJob: verdict === 'done' });
	return { text: textIn(look.word, language), symbol: look.symbol, tone: look.tone };
}

export function runCell(run: Pick<RunPart, 'state'>, { language }: Pick<Style, 'language'>): Cell {
	const look = dagRunStateLook(run.state);
	return { text: textIn(look.word, language), symbol: look.symbol, tone: look.tone };
}

/** @param run the DAG run of the task: once it has ended, a task that never started waits no longer */
export function taskCell(
	state: string | null,
	{ language }: Pick<Style, 'language'>,
	run: Pick<RunPart, 'state'> | null = null,
): Cell {
	const look = taskStateLook(state, run !== null && !isActiveRun(run));
	return { text: textIn(look.word, language), symbol: look.symbol, tone: look.tone };
}

/** A cell within a line: the symbol only on a terminal. */
export function cellSpan(cell: Cell, { glyphs, isTerminal }: Style): Span {
	const symbol = isTerminal && cell.symbol !== undefined ? `${glyphs.state[cell.symbol]} ` : '';
	return { text: `${symbol}${cell.text}`, tone: cell.tone };
}

export function heading(text: string, ...more: readonly Span[]): Line {
	return [{ text, bold: true }, ...more];
}
