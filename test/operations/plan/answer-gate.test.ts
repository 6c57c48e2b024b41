import { expect, test } from 'vitest';
import { AnswerGate, readingMs } from '../../../source/operations/plan/answer-gate.ts';

/** A gate whose terminal and clock the test moves. */
function gateOf() {
	let draw = () => {};
	let wake = () => {};
	const slept: number[] = [];
	let arrivals = 0;
	let opened = 0;
	const gate = new AnswerGate({
		drawn: () => new Promise(resolve => (draw = resolve)),
		sleep: ms => {
			slept.push(ms);
			return new Promise(resolve => (wake = resolve));
		},
		lastArrival: () => arrivals,
		onOpen: () => opened++,
	});
	const settle = () => new Promise(resolve => setTimeout(resolve, 5));
	return {
		gate,
		slept,
		opened: () => opened,
		type: () => ++arrivals,
		drawn: () => {
			draw();
			return settle();
		},
		sleepEnds: () => {
			wake();
			return settle();
		},
	};
}

test('a key is an answer only when it came after the question was drawn and could be read', async () => {
	const { gate, slept, type, drawn, sleepEnds, opened } = gateOf();
	const question = {};
	gate.asked(question);
	const beforeDrawn = type();
	expect(gate.isOpen(question, beforeDrawn)).toBe(false);
	// A terminal that nobody reads shows nothing: time does not count there.
	expect(slept).toEqual([]);
	await drawn();
	expect(slept).toEqual([readingMs]);
	expect(readingMs).toBeGreaterThanOrEqual(300);
	const tooEarly = type();
	expect(gate.isOpen(question, tooEarly)).toBe(false);
	await sleepEnds();
	expect(opened()).toBe(1);
	// A key that waited in the queue meanwhile is still no answer.
	expect(gate.isOpen(question, tooEarly)).toBe(false);
	expect(gate.isOpen(question, type())).toBe(true);
	expect(gate.isOpen({}, type())).toBe(false);
});

test('a question that is drawn again has to be read again, also while it was being read', async () => {
	const { gate, type, drawn, sleepEnds, slept } = gateOf();
	const question = {};
	gate.asked(question);
	await drawn();
	gate.askAgain();
	await sleepEnds();
	expect(gate.isOpen(question, type())).toBe(false);
	gate.asked(question);
	await drawn();
	await sleepEnds();
	expect(gate.isOpen(question, type())).toBe(true);
	gate.askAgain();
	expect(gate.isOpen(question, type())).toBe(false);
	expect(slept).toEqual([readingMs, readingMs]);
});

test('another question starts again, and the time of the previous one does not open it', async () => {
	const { gate, type, drawn, sleepEnds } = gateOf();
	const [first, second] = [{}, {}];
	gate.asked(first);
	await drawn();
	gate.asked(second);
	await sleepEnds();
	expect(gate.isOpen(second, type())).toBe(false);
	gate.asked(null);
	expect(gate.isOpen(first, type())).toBe(false);
});
