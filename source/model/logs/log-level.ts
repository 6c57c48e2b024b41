import { ownValue } from '../text/own-value.ts';

export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The level of a word in a log; null for any other word. */
export function levelOfWord(word: string): LogLevel | null {
	return ownValue(words, word.toLowerCase()) ?? null;
}

const words: Readonly<Record<string, LogLevel>> = {
	trace: 'debug',
	verbose: 'debug',
	debug: 'debug',
	debug1: 'debug',
	debug2: 'debug',
	debug3: 'debug',
	debug4: 'debug',
	debug5: 'debug',
	info: 'info',
	information: 'info',
	notice: 'info',
	log: 'info',
	warn: 'warning',
	warni: 'warning',
	warning: 'warning',
	err: 'error',
	error: 'error',
	severe: 'error',
	crit: 'error',
	criti: 'error',
	critical: 'error',
	alert: 'error',
	emerg: 'error',
	fatal: 'error',
	panic: 'error',
};
