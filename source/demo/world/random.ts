/** Random numbers that depend only on the seed, in independent streams. */
export type Random = {
	/** In [0, 1). */
	next(): number;
	between(low: number, high: number): number;
	/** Both ends included. */
	integer(low: number, high: number): number;
	pick<T>(choices: readonly T[]): T;
	hex(length: number): string;
	/** A separate stream for `label`: what one part of the scenario draws never shifts what another part gets. */
	fork(label: string): Random;
};

export function createRandom(seed: number): Random {
	// mulberry32
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	return {
		next,
		between: (low, high) => low + next() * (high - low),
		integer,
		pick: choices => {
			const chosen = choices[integer(0, choices.length - 1)];
			if (chosen === undefined) throw new RangeError('nothing to pick from');
			return chosen;
		},
		hex: length => Array.from({ length }, () => integer(0, 15).toString(16)).join(''),
		fork: label => createRandom(hash(`${seed}/${label}`)),
	};
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	return value >>> 0;
}

/** Smooth noise in [-1, 1] over `x`, for load curves: without jumps, and without memory. */
export function smoothNoise(seed: number, x: number): number {
	const whole = Math.floor(x);
	const at = (index: number): number => (hash(`${seed}:${index}`) / 4294967295) * 2 - 1;
	const fraction = x - whole;
	const ease = fraction * fraction * (3 - 2 * fraction);
	return at(whole) * (1 - ease) + at(whole + 1) * ease;
}
