import { pythonTime } from '../time.ts';

/**
 * Lines of Airflow 3.3.2's components: structlog's ConsoleRenderer without colours, as it prints to anything but a
 * terminal (structlog/dev.py; recorded in test/fixtures/recorded/airflow-3.3.2/component-logs).
 */

export type StructuredLine = {
	readonly event: string;
	readonly logger: string;
	readonly level?: 'info' | 'warning' | 'error';
	/** `file.py:12`. */
	readonly loc: string;
	/** Beside `loc`, in Python's notation. */
	readonly fields?: Readonly<Record<string, string | number>>;
};

/** @param time ms since the epoch */
export function structuredLine(
	time: number,
	{ event, logger, level = 'info', loc, fields = {} }: StructuredLine,
): string {
	const all = Object.entries({ ...fields, loc }).toSorted(([a], [b]) => (a < b ? -1 : 1));
	const stamp = pythonTime(time).replace(/(?:\.(\d+))?\+00:00$/, (_, micros = '000000') => `.${micros}Z`);
	return `${stamp} [${level.padEnd(9)}] ${event.padEnd(30)} [${logger}] ${all.map(([key, value]) => `${key}=${value}`).join(' ')}`;
}
