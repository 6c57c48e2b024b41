export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Nanoseconds since the epoch, as Docker counts. */
export function nanos(ms: number): bigint {
	const whole = Math.floor(ms);
	return BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1_000_000));
}

/** RFC 3339 with nine digits, as Docker's daemon writes log timestamps. */
export function rfc3339Nano(value: bigint): string {
	const seconds = new Date(Number(value / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
	return `${seconds}.${(value % 1_000_000_000n).toString().padStart(9, '0')}Z`;
}

/** Go's time in JSON: RFC 3339 without trailing zeros in the fraction. */
export function goTime(ms: number): string {
	return rfc3339Nano(nanos(ms)).replace(/\.?0+Z$/, 'Z');
}

/** Python's isoformat() of a UTC datetime: microseconds, or no fraction at all if they are zero. */
export function pythonTime(ms: number): string {
	const micros = Math.round(ms * 1000);
	const fraction = micros % 1_000_000;
	const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
	return `${seconds}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}+00:00`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Timestamps in the formats of the containers' programs. */
export const logTime = {
	/** 2026-11-24T08:02:47.282+0000 */
	airflow: (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}+0000`,
	/** 2026-11-24 08:02:47,875 */
	celery: (ms: number): string => new Date(ms).toISOString().slice(0, 23).replace('T', ' ').replace('.', ','),
	/** 2026-11-24 07:55:33 +0000 */
	gunicorn: (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} +0000`,
	/** 24/Nov/2026:08:02:47 +0000 */
	access(ms: number): string {
		const d = new Date(ms);
		return `${pad(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.toISOString().slice(0, 4)}:${d.toISOString().slice(11, 19)} +0000`;
	},
	/** 2026-11-24 07:55:30.850 UTC */
	postgres: (ms: number): string => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')} UTC`,
	/** 24 Nov 2026 07:55:29.922 */
	redis(ms: number): string {
		const d = new Date(ms);
		return `${pad(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.toISOString().slice(0, 4)} ${d.toISOString().slice(11, 23)}`;
	},
	/** 20261124T080256 */
	compact: (ms: number): string => new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, ''),
	/** 2026-11-24 00:00:00+00:00 */
	python: (ms: number): string => pythonTime(ms).replace('T', ' '),
};
