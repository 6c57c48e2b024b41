import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TerminalAnswers } from '../../source/ui/terminal-answers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const isComplete = (answer: string) => answer.endsWith('c');

test('before the first question the input is left as it is', () => {
	const answers = new TerminalAnswers();
	expect(answers.rest('a\x1b[?62c')).toBe('a\x1b[?62c');
});

test('answers are taken out of the keys, also where they are cut, and late ones', async () => {
	const answers = new TerminalAnswers();
	const written: string[] = [];
	const answer = answers.ask('question', text => written.push(text), isComplete);
	expect(written).toEqual(['question']);
	expect(answers.rest('j\x1b_Gi=31;O')).toBe('j');
	expect(answers.rest('K\x1b')).toBe('');
	expect(answers.rest('\\k\x1b[6;20')).toBe('k');
	// A key that begins like an answer is a key.
	expect(answers.rest(';10t\x1b[6~\x1b')).toBe('\x1b[6~\x1b');
	expect(answers.rest('\x1b[?62;4c')).toBe('');
	expect(await answer).toBe('\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;4c');
	expect(answers.rest('\x1b_Gi=31;OK\x1b\\q')).toBe('q');
	// Nothing is held back once nothing is awaited.
	expect(answers.rest('\x1b_G')).toBe('\x1b_G');
});

test('a terminal that does not answer is waited for one second', async () => {
	const answers = new TerminalAnswers();
	const answer = answers.ask('question', () => undefined, isComplete);
	answers.rest('\x1b[6;20;10t');
	await vi.advanceTimersByTimeAsync(1000);
	expect(await answer).toBe('\x1b[6;20;10t');
});
