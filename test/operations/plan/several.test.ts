import { test } from 'vitest';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Outcome, Plan, Planned, Tools } from '../../../source/operations/plan/plan.ts';
import { eachOf } from '../../../source/operations/plan/several.ts';
import { together } from '../../../source/operations/plan/together.ts';
import { type Message, phrase, quoted, render } from '../../../source/words/message.ts';
import { expect } from '../../english.ts';
import { stubOf } from '../../given/stub.ts';

/** Several changes at once: what was done, what failed and what was not started is told apart. */

const done = (text: string): Outcome => ({ outcome: 'done', message: quoted(text) });

function toolsWith(signal: AbortSignal) {
	const lines: string[] = [];
	const tools = stubOf<Tools>({ signal, progress: (line: Message) => void lines.push(render(line, 'en')) });
	return { tools, lines };
}

test('one that fails does not keep the others from being done, and is named', async () => {
	const { tools, lines } = toolsWith(new AbortController().signal);
	const outcome = await eachOf(tools, ['a', 'b', 'c'], async name => {
		if (name === 'b') throw new ClientError('permission', quoted('b is protected'), null);
		return done(`${name} is paused`);
	});
	expect(outcome).toMatchObject({
		outcome: 'failed',
		message: '2 of 3 done; b: b is protected',
		failure: 'unauthorised',
	});
	expect(lines).toContain('2 of 3: b: b is protected');
});

test('an answer that was lost leaves the outcome of all unknown', async () => {
	const { tools } = toolsWith(new AbortController().signal);
	const outcome = await eachOf(tools, ['a', 'b', 'c'], async name => {
		if (name === 'b') throw new ClientError('permission', quoted('b is protected'), null);
		return name === 'a' ? { outcome: 'unknown', message: quoted('the response was lost') } : done('c is paused');
	});
	expect(outcome).toMatchObject({
		outcome: 'unknown',
		message: '1 of 3 done; a: unknown: the response was lost; b: b is protected',
	});
});

test('after an interruption nothing more is started, and the rest is counted', async () => {
	const stop = new AbortController();
	const { tools } = toolsWith(stop.signal);
	const started: string[] = [];
	const outcome = await eachOf(tools, ['a', 'b', 'c'], async name => {
		started.push(name);
		stop.abort();
		return done(`${name} is paused`);
	});
	expect(started).toEqual(['a']);
	expect(outcome).toMatchObject({ outcome: 'unknown', message: '1 of 3 done; 2 not started' });
});

const plan = (name: string): Plan => ({
	...{
		actionId: 'pause',
		title: phrase(['pause {name}', '{name} 일시 중지'], { name }),
		effects: [quoted(`Pauses ${name}.`)],
	},
	...{ command: `pause ${name}`, targets: [name], perform: async () => done(name) },
});
const refusal = (text: string): Planned => ({ refused: quoted(text), kind: 'already' });

test('the question names what is left out; without anything to do, the answer is the first reason', () => {
	const title = quoted('pause 3 DAGs');
	expect(together(title, [plan('a'), refusal('b: already paused'), plan('c')])).toMatchObject({
		effects: ['Pause a:', '  Pauses a.', 'Pause c:', '  Pauses c.', 'Left out: b: already paused'],
		targets: ['a', 'c'],
	});
	expect(together(title, [])).toEqual({ kind: 'nothing', refused: 'Nothing to do' });
	expect(together(title, [refusal('already paused'), refusal('already paused')])).toEqual({
		kind: 'already',
		refused: 'already paused',
	});
	expect(together(title, [refusal('a: already paused'), refusal('b: no such DAG'), refusal('c: gone')])).toEqual({
		kind: 'already',
		refused: 'a: already paused; none of the 2 others is possible either',
	});
});
