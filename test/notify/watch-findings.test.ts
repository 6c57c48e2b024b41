import { expect, test } from 'vitest';
import { messageOf } from '../../source/diagnosis/messages/message.ts';
import type { Finding } from '../../source/model/finding.ts';
import type { StackState } from '../../source/model/state.ts';
import { watchFindings } from '../../source/notify/watch-findings.ts';
import { demoConfig } from '../demo-config.ts';
import { now, stateOf } from '../diagnosis/stack.ts';

const message = messageOf('checks.title');
const finding: Finding = {
	id: 'a',
	rule: 'a',
	subject: 'a',
	severity: 'critical',
	since: now,
	title: message,
	evidence: [],
	cause: message,
	reason: message,
	impact: [],
	fixes: [],
	explainedBy: null,
};

/** A clock that the test moves, and a store with the given facts. */
function watched() {
	let at = now;
	let state: StackState = stateOf({ type: 'checks complete', deep: false });
	let notify: (state: StackState) => void = () => undefined;
	let waiting: { at: number; go: () => void }[] = [];
	let bells = 0;
	const stop = watchFindings({
		monitor: {
			store: {
				current: () => state,
				onChange: (listener: (state: StackState) => void) => {
					notify = listener;
					return () => undefined;
				},
			} as never,
			clock: {
				now: () => at,
				sleep: (ms: number) =>
					new Promise<void>(resolve => {
						waiting.push({ at: at + ms, go: resolve });
					}),
			},
		},
		notify: { ...demoConfig({ dockerHost: 'unix:///x' }).notify, bell: true, everyMs: 0 },
		language: 'en',
		host: 'host',
		project: () => null,
		write: sequence => {
			if (sequence.includes('\u0007')) bells++;
		},
		complain: problem => expect(problem).toBe(''),
	});
	return {
		stop,
		bells: () => bells,
		change: (more: Partial<StackState>) => {
			state = { ...state, ...more };
			notify(state);
		},
		pass: async (ms: number) => {
			at += ms;
			const due = waiting.filter(one => one.at <= at);
			waiting = waiting.filter(one => one.at > at);
			for (const { go } of due) go();
			for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
		},
	};
}

test('an acknowledged finding rings no bell; when the acknowledgement runs out, it does', async () => {
	const { stop, bells, change, pass } = watched();
	change({ findings: [] });
	const until = now + 60_000;
	const acknowledgements = [{ findingId: 'a', note: '', by: 'me', acknowledgedAt: now, until }];
	change({ findings: [finding], acknowledgements });
	await pass(30_000);
	expect(bells()).toBe(0);
	await pass(31_000);
	await pass(5000);
	expect(bells()).toBe(1);
	stop();
});
