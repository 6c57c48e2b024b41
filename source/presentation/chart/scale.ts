/** The range of an axis and where it is marked. */
export type Scale = {
	readonly low: number;
	readonly high: number;
	readonly isLog: boolean;
	/** Ascending, within the range. */
	readonly ticks: readonly number[];
	/** Decimals, or digits of the mantissa, that tell the ticks apart. */
	readonly label: (value: number) => string;
};

/** Values closer than this share of their size count as equal: a double has no ticks between them. */
const leastSpan = 1e-12;
/** Below this, powers of ten lose digits (subnormal doubles). */
const leastRange = 1e-290;

/** A number of 1, 2 or 5 times a power of ten near `range`: Heckbert, "Nice Numbers for Graph Labels", Graphics Gems, 1990. */
export function niceNumber(range: number): number {
	const power = 10 ** Math.floor(Math.log10(range));
	const fraction = range / power;
	const nice = power * (fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10);
	// 2e308 is infinite.
	return Number.isFinite(nice) ? nice : power;
}

const clamped = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** A range around values that are all (nearly) equal. */
function widened(low: number, high: number): readonly [number, number] {
	const size = Math.max(Math.abs(low), Math.abs(high));
	// Halves, because the difference of two large numbers may be infinite.
	const isApart = high / 2 - low / 2 > Math.max(size * leastSpan, leastRange);
	if (isApart) return [low, high];
	const margin = size > leastRange ? size / 10 : 1;
	return [clamped(low - margin), clamped(high + margin)];
}

/**
 * A linear axis of about `count` ticks.
 * @param isTight the range ends at the values; otherwise at ticks
 */
export function linearScale(lowest: number, highest: number, count: number, isTight = false): Scale {
	const [low, high] = widened(lowest, highest);
	const parts = Math.max(1, count - 1);
	const step = niceNumber(parts === 1 ? Math.max(high / 2 - low / 2, leastRange) : high / parts - low / parts);
	const first = isTight ? Math.ceil(low / step) : Math.floor(low / step);
	const last = isTight ? Math.floor(high / step) : Math.ceil(high / step);
	const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
	// A product such as 3 * 0.1 has digits that no tick shows; so has the range, where it ends at a tick.
	const at = (index: number) =>
		clamped(decimals > 0 && decimals <= 100 ? Number((index * step).toFixed(decimals)) : index * step);
	const length = Math.min(3 * parts + 3, last - first + 1);
	const ticks = Array.from({ length: Math.max(0, length) }, (_, index) => at(first + index));
	return {
		isLog: false,
		low: isTight ? low : Math.min(low, at(first)),
		high: isTight ? high : Math.max(high, at(last)),
		ticks: [...new Set(ticks)],
		label: value => numberLabel(value, step, Math.max(Math.abs(low), Math.abs(high))),
	};
}

/** A logarithmic axis (base 10) of about `count` ticks. The values are positive. */
export function logScale(lowest: number, highest: number, count: number): Scale {
	// 1e-324 is zero, and 1e309 infinite.
	const first = Math.max(-323, Math.floor(Math.log10(lowest)));
	const last = Math.max(first + 1, Math.ceil(Math.log10(highest)));
	const stride = Math.max(1, Math.ceil((last - first) / Math.max(1, count - 1)));
	const ticks: number[] = [];
	const isFine = (last - first) * 3 <= count;
	for (let power = first; power <= last; power += stride) {
		const one = 10 ** power;
		for (const tick of isFine && power < last ? [one, 2 * one, 5 * one] : [one])
			if (Number.isFinite(tick)) ticks.push(tick);
	}
	return { isLog: true, low: 10 ** first, high: clamped(10 ** last), ticks, label: logLabel };
}

function logLabel(value: number): string {
	const text = String(Number(value.toPrecision(3)));
	return text.length <= 6 ? text.replace('e+', 'e') : value.toExponential(0).replace('e+', 'e');
}

/** A number with the digits that tell two ticks apart. */
function numberLabel(value: number, step: number, size: number): string {
	const stepPower = Math.floor(Math.log10(step) + 1e-9);
	if (value === 0) return '0';
	if (size >= 1e6 || size < 1e-3) {
		const digits = Math.max(0, Math.min(12, Math.floor(Math.log10(Math.abs(value))) - stepPower));
		return value.toExponential(digits).replace('e+', 'e');
	}
	return value.toFixed(Math.max(0, Math.min(12, -stepPower)));
}

/** Where a value is on the axis: 0 at its low end, 1 at its high end, beyond outside. Grows with the value. */
export function projection({ low, high, isLog }: Pick<Scale, 'low' | 'high' | 'isLog'>): (value: number) => number {
	if (isLog) {
		const start = Math.log10(low);
		const span = Math.log10(high) - start;
		return value => (Math.log10(value) - start) / span;
	}
	const span = high - low;
	if (Number.isFinite(span)) return value => (value - low) / span;
	const half = high / 2 - low / 2;
	return value => (value / 2 - low / 2) / half;
}
