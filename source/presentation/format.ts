import { duration, scaled } from '../words/amounts.ts';
import type { Language } from '../words/language.ts';
import { write } from '../words/write.ts';

export { duration, memory, precise } from '../words/amounts.ts';

/** A duration or age, from a minute on without seconds, so that the figure does not flicker: 9s, 5m, 2h 10m; 9초, 5분. */
export function age(ms: number, language: Language = 'en'): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60 || seconds >= 3600) return duration(ms, language);
	const minutes = Math.floor(seconds / 60);
	return language === 'ko' ? `${minutes}분` : `${minutes}m`;
}

/** A time in the future by more than this comes from another clock, ms: as the finding about clocks. */
const skewMs = 5000;

/** How long ago something was: `5m ago`. Of a time that has not come yet by this clock, by how much it is ahead. */
export function ago(ms: number, language: Language = 'en'): string {
	return ms < -skewMs
		? write(['{by} ahead of this clock', '이 시계보다 {by} 빠름'], { by: age(-ms, language) }, language)
		: write(['{age} ago', '{age} 전'], { age: age(ms, language) }, language);
}

/** A running time: 0:09, 12:05, 1:02:03. */
export function stopwatch(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const minutes = Math.floor(seconds / 60);
	return minutes < 60
		? `${minutes}:${two(seconds % 60)}`
		: `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Bytes with a decimal unit, as `docker stats` shows network traffic: 868 kB, 1.2 MB. */
export function traffic(bytes: number): string {
	return scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB'], ' ');
}

/** Percent of a core: one decimal below 100, none above. */
export function percent(value: number): string {
	return value < 99.95 ? `${value.toFixed(1)}%` : `${value.toFixed(0)}%`;
}

/** A metric's value with few digits; NaN and infinities by name. */
export function metricValue(value: number, infinity = '∞'): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? infinity : `-${infinity}`;
	const size = Math.abs(value);
	if (size >= 1e6 && size < 1e15) return `${value < 0 ? '-' : ''}${scaled(size, 1000, ['', 'k', 'M', 'G', 'T'], '')}`;
	if (Number.isInteger(value) && size < 1e6) return String(value);
	if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2);
	return size >= 1000 ? value.toFixed(1) : size >= 1 ? value.toFixed(3) : value.toFixed(4);
}

/** Local time of day, 14:03 or 14:03:21. */
export function timeOfDay(ms: number, withSeconds = false): string {
	const date = new Date(ms);
	const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
	return withSeconds ? `${minutes}:${two(date.getSeconds())}` : minutes;
}

/** A moment: 14:03 today, 11-24 14:03 this year, 2025-11-24 14:03 before. */
export function moment(ms: number, now: number): string {
	const [date, today] = [new Date(ms), new Date(now)];
	// Not by their texts, which take four times as long: a list of 10,000 rows asks for each.
	const isSameYear = date.getFullYear() === today.getFullYear();
	const isToday = isSameYear && date.getMonth() === today.getMonth() && date.getDate() === today.getDate();
	if (isToday) return timeOfDay(ms);
	const year = isSameYear ? '' : `${String(date.getFullYear()).padStart(4, '0')}-`;
	return `${year}${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOfDay(ms)}`;
}

/** A moment where there is little room: 14:03 today, 11-24 this year, 2025-11-24 before. */
export function shortMoment(ms: number, now: number): string {
	return moment(ms, now).replace(/ .*/, '');
}

/** A moment to the second: 14:03:21 today, else 11-24 14:03:21 or 2025-11-24 14:03:21. */
export function momentToSecond(ms: number, now: number): string {
	return `${moment(ms, now).slice(0, -5)}${timeOfDay(ms, true)}`;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
