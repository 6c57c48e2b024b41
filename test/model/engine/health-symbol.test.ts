import { expect, test } from 'vitest';
import type { Container } from '../../../source/model/engine/container.ts';
import { serviceLook } from '../../../source/model/engine/health-symbol.ts';
import { reduce } from '../../../source/model/reduce.ts';
import { detail } from '../../diagnosis/stack.ts';
import { listed, oneOff, replica } from '../../given/containers.ts';

const ended = { state: 'exited', health: 'none' } as const;

/** The shown state of a container that has exited with this code. */
function lookAfter(exitCode: number, first: Container, ...others: Container[]) {
	const fact = { type: 'container inspected' as const, at: 0, detail: detail(first.id, { state: 'exited', exitCode }) };
	const service = reduce(listed(first, ...others), fact).containers[first.id];
	if (!service) throw new Error('not listed');
	const { grade, word } = serviceLook(service);
	return [grade, word[0]];
}

test.each([
	['called init', replica('shop', 'airflow-init', 1, ended), 0, ['done', 'done']],
	['called init, and failed', replica('shop', 'airflow-init', 1, ended), 1, ['down', 'exited 1']],
	['one-off', oneOff('shop', 'api', 'shop-api-run-1', ended), 0, ['done', 'done']],
	['one-off that failed', oneOff('shop', 'api', 'shop-api-run-1', ended), 2, ['down', 'exited 2']],
	['service', replica('shop', 'api', 1, ended), 0, ['down', 'exited 0']],
	['named like init only in part', replica('shop', 'initiative', 1, ended), 0, ['down', 'exited 0']],
])('%s', (_name, one, exitCode, look) => {
	expect(lookAfter(exitCode, one)).toEqual(look);
});

test('a service is done where another one of its project waits for its end', () => {
	const seed = replica('shop', 'seed', 1, ended);
	const waits = { startsAfterEndOf: ['seed'] };
	expect(lookAfter(0, seed, replica('shop', 'api', 1, waits))).toEqual(['done', 'done']);
	expect(lookAfter(3, seed, replica('shop', 'api', 1, waits))).toEqual(['down', 'exited 3']);
	expect(lookAfter(0, seed, replica('other', 'api', 1, waits))).toEqual(['down', 'exited 0']);
});
