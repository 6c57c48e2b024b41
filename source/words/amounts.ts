/**
 * Durations and sizes as people write and read them, on the screen, in tables and in sentences. They are written and
 * parsed here only.
 */

/** A span of time in whole seconds: 9s, 3m 05s, 2h 10m, 5d 3h, 2h; in Korean 9초, 3분 5초. */
export function duration(ms: number, language: 'en' | 'ko' = 'en'): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const days = Math.floor(hours / 24);
	const isKorean = language === 'ko';
	if (seconds < 60) return isKorean ? `${seconds}초` : `${seconds}s`;
	if (minutes < 60)
		return isKorean ? parts(minutes, '분', seconds % 60, '초') : parts(minutes, 'm', two(seconds % 60), 's');
	if (hours < 24)
		return isKorean ? parts(hours, '시간', minutes % 60, '분') : parts(hours, 'h', two(minutes % 60), 'm');
	return isKorean ? parts(days, '일', hours % 24, '시간') : parts(days, 'd', hours % 24, 'h');
}

function parts(large: number, largeUnit: string, small: number | string, smallUnit: string): string {
	return Number(small) === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}

/** A limit or a measured time: 250ms, 1.5s, 5s, in Korean 1.5초; from a minute on as a duration. */
export function precise(ms: number, language: 'en' | 'ko' = 'en'): string {
	const rounded = Math.max(0, Math.round(ms));
	if (rounded < 1000) return `${rounded}ms`;
	const tenths = Math.round(rounded / 100) / 10;
	if (tenths >= 60) return duration(tenths * 1000, language);
	return language === 'ko' ? `${tenths}초` : `${tenths}s`;
}

/** `90`, `90s`, `5m`, `1h30m`, `1h 30m`, `1.5h` as ms; null for anything else. */
export function durationMs(text: string): number | null {
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	if (!/^\d+(\.\d+)?(ms|[smhd])( ?\d+(\.\d+)?(ms|[smhd]))*$/.test(text)) return null;
	const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
	return [...text.matchAll(/(?<![\d.])(\d+(?:\.\d+)?)(ms|[smhd])/g)].reduce(
		(sum, [, number, unit]) => sum + Number(number) * (unitMs[unit ?? ''] ?? 0),
		0,
	);
}

/** A hundred years: longer is a typing mistake, and much longer is no valid date. */
const maxAgoMs = 36_525 * 86_400_000;

/** The moment that long before now, never before the epoch; null for more than a hundred years. */
export function momentBefore(agoMs: number, now: number): number | null {
	return agoMs <= maxAgoMs ? Math.max(0, now - agoMs) : null;
}

/** Bytes with three digits and a binary unit, as `docker stats` shows memory: 347 MiB, 1.9 GiB. */
export function memory(bytes: number): string {
	return scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB'], ' ');
}

/** An amount with three digits and the largest unit that leaves at least one before the point. */
export function scaled(value: number, base: number, units: readonly string[], gap: string): string {
	let amount = Math.max(0, value);
	let unit = 0;
	while (amount >= base * 0.9995 && unit < units.length - 1) {
		amount /= base;
		unit++;
	}
	const digits = unit > 0 && amount < 9.95 ? amount.toFixed(1) : amount.toFixed(0);
	return `${digits}${gap}${units[unit]}`;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
