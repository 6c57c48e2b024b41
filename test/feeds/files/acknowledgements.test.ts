import { expect, test } from 'vitest';
import { acknowledgementsInMemory } from '../../../source/clients/acknowledgement-file.ts';
import { messageOf } from '../../../source/diagnosis/messages/message.ts';
import { acknowledgementsOf } from '../../../source/feeds/files/acknowledgements.ts';
import type { Finding } from '../../../source/model/finding.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import type { StackState } from '../../../source/model/state.ts';
import { failed, now, stateOf } from '../../diagnosis/stack.ts';

const stack = { engine: 'unix:///a', project: 'mlops' };
const message = messageOf('checks.title');
const finding = (id: string): Finding => ({
	id,
	rule: id,
	subject: id,
	severity: 'critical',
	since: now,
	title: message,
	evidence: [],
	cause: message,
	reason: message,
	impact: [],
	fixes: [],
	explainedBy: null,
});
const findings = (...ids: string[]): Fact => ({ type: 'findings changed', findings: ids.map(finding) });
const of = (findingId: string) => ({ findingId, note: '', by: 'me', acknowledgedAt: now, until: null });
const exited = 'container exited airflow-redis';

/** A laketop on this host: acknowledgements go through the shared store. */
function laketop(store = acknowledgementsInMemory(), slowness = 1) {
	let state: StackState = stateOf({ type: 'checks complete', deep: false });
	let listeners: (() => void)[] = [];
	let at = now;
	let waiting: { at: number; go: () => void }[] = [];
	const observe = (fact: Fact) => {
		state = reduce(state, { ...fact, at });
		for (const listener of listeners) listener();
	};
	const stopping = new AbortController();
	const clock = {
		now: () => at,
		sleep: (ms: number, signal?: AbortSignal) =>
			new Promise<void>(resolve => {
				waiting.push({ at: at + ms, go: resolve });
				signal?.addEventListener('abort', () => resolve(), { once: true });
			}),
	};
	const feed = acknowledgementsOf(
		{ clock, observe, signal: stopping.signal },
		{
			store,
			stack: () => stack,
			quiet: { pauseMs: usual => usual * slowness },
			state: () => state,
			onChange: listener => {
				listeners.push(listener);
				return () => {
					listeners = listeners.filter(one => one !== listener);
				};
			},
		},
	);
	const settled = async () => {
		for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
	};
	const pass = async (ms: number) => {
		await settled();
		for (const end = at + ms; at < end; ) {
			at = Math.min(end, at + 1000);
			const due = waiting.filter(one => one.at <= at);
			waiting = waiting.filter(one => one.at > at);
			for (const { go } of due) go();
			await settled();
		}
	};
	const ended = feed.watch();
	const stop = () => {
		stopping.abort();
		return ended;
	};
	return { feed, store, observe, pass, stop, known: () => state.acknowledgements.map(({ findingId }) => findingId) };
}

test("another laketop's acknowledgement is seen within seconds, and that it was taken back", async () => {
	const one = laketop();
	const other = laketop(one.store);
	for (const each of [one, other]) each.observe(findings(exited));
	expect(await one.feed.add(of(exited))).toBeNull();
	expect(one.known()).toEqual([exited]);
	await other.pass(2000);
	expect(other.known()).toEqual([exited]);
	await other.feed.remove(exited);
	await one.pass(2000);
	expect(one.known()).toEqual([]);
	await Promise.all([one.stop(), other.stop()]);
});

test('at rest it looks at the file less often', async () => {
	const one = laketop();
	const quiet = laketop(one.store, 3);
	await quiet.pass(100);
	await one.feed.add(of(exited));
	await quiet.pass(2000);
	expect(quiet.known()).toEqual([]);
	await quiet.pass(2000);
	expect(quiet.known()).toEqual([exited]);
	await Promise.all([one.stop(), quiet.stop()]);
});

test('it ends with its finding, and stays ended when that returns; a short absence is none', async () => {
	const one = laketop();
	one.observe(findings(exited));
	await one.feed.add(of(exited));
	await one.pass(2000);
	one.observe(findings());
	await one.pass(5000);
	one.observe(findings(exited));
	await one.pass(30_000);
	expect(one.known()).toEqual([exited]);
	one.observe(findings());
	await one.pass(15_000);
	expect(one.known()).toEqual([]);
	one.observe(findings(exited));
	await one.pass(5000);
	expect(one.known()).toEqual([]);
	await one.stop();
});

test('what could not be looked at is not over', async () => {
	const one = laketop();
	one.observe(findings(exited));
	await one.feed.add(of(exited));
	await one.pass(2000);
	one.observe(failed('containers', 'unreachable', 'dead'));
	one.observe(findings());
	await one.pass(60_000);
	expect(one.known()).toEqual([exited]);
	await one.stop();
});

test('a command ends what is over at once; what only a deep check sees not without one', async () => {
	const one = laketop();
	await one.feed.add(of(exited));
	await one.feed.add(of('mlflow connection airflow-worker'));
	await one.feed.settle();
	expect(one.known()).toEqual(['mlflow connection airflow-worker']);
	one.observe({ type: 'checks complete', deep: true });
	await one.feed.settle();
	expect(one.known()).toEqual([]);
	await one.stop();
});
