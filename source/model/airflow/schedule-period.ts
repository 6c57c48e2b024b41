import { ownValue } from '../text/own-value.ts';
import type { Dag } from './pipeline.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Airflow's presets (airflow/timetables/base.py and utils/dates.py, `cron_presets`) that have a fixed period. */
const presets: Readonly<Record<string, number>> = { '@hourly': hour, '@daily': day, '@weekly': 7 * day };

/** Time between two scheduled runs, ms: of a duration, a preset or a cron expression. null: none, or not always the same. */
export function schedulePeriodMs({ schedule, periodMs }: Pick<Dag, 'schedule' | 'periodMs'>): number | null {
	return periodMs ?? cronPeriodMs(schedule ?? '');
}

/**
 * Time between two runs of a preset or a cron expression, ms. null: none, or one whose runs are unevenly spaced (weekdays,
 * months), for which a gap says nothing.
 */
export function cronPeriodMs(expression: string): number | null {
	return ownValue(presets, expression) ?? fieldsPeriodMs(expression);
}

/** Of expressions whose times are evenly spaced. */
function fieldsPeriodMs(expression: string): number | null {
	const fields = expression.trim().split(/\s+/);
	if (fields.length !== 5) return null;
	const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields;
	if (days !== '*' || months !== '*') return null;
	const isNumber = (field: string) => /^\d{1,2}$/.test(field);
	if (weekdays !== '*') return isNumber(weekdays) && isNumber(minutes) && isNumber(hours) ? 7 * day : null;
	if (isNumber(minutes) && isNumber(hours)) return day;
	if (isNumber(minutes)) return evenStep(hours, 24, hour);
	return hours === '*' ? evenStep(minutes, 60, minute) : null;
}

/** `*`, or a step that divides the range, so that the last gap is as long as the others. */
function evenStep(field: string, range: number, unit: number): number | null {
	if (field === '*') return unit;
	const step = Number(/^(?:\*|0)\/(\d{1,2})$/.exec(field)?.[1] ?? 0);
	return step > 0 && range % step === 0 ? step * unit : null;
}
