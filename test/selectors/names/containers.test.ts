import { describe, expect, test } from 'vitest';
import { displayName, qualifiedName } from '../../../source/model/engine/container.ts';
import { exactName, ownNames, resolveContainer, resolveServices } from '../../../source/selectors/names/containers.ts';
import { type Unresolved, unresolvedWords } from '../../../source/selectors/names/resolution.ts';
import { render } from '../../../source/words/message.ts';
import { container } from '../../diagnosis/stack.ts';
import { idOf, listed, loose, oneOff, replica } from '../../given/containers.ts';

function refusal(unresolved: Unresolved): string {
	const { message, fix } = unresolvedWords(unresolved);
	return [message, ...(fix ? [fix] : [])].map(one => render(one, 'en')).join('. ');
}

const stack = listed(
	container('airflow-worker', { id: idOf('worker'), replica: 1 }),
	oneOff('mlops', 'airflow-worker', 'aaa-worker-run', { state: 'exited' }),
	replica('mlops', 'api', 1),
	replica('mlops', 'api', 2),
	replica('mlops', 'web', 1),
	replica('shop', 'airflow-worker', 1),
	replica('shop', 'airflow-triggerer', 1),
	replica('lab', 'airflow-triggerer', 1),
	loose('registry'),
);
const all = (word: string, own: string | null = 'mlops') => {
	const resolution = resolveServices(stack, own, word);
	return resolution.kind === 'found' ? resolution.items.map(one => one.container.name) : refusal(resolution);
};
const one = (word: string) => {
	const resolution = resolveContainer(stack, 'mlops', word);
	return resolution.kind === 'found' ? resolution.items.map(({ container: { name } }) => name) : refusal(resolution);
};

test('a service is its replicas, and a one-off is none of them', () => {
	expect(all('airflow-worker')).toEqual(['airflow-worker']);
	expect(all('api')).toEqual(['mlops-api-1', 'mlops-api-2']);
	expect(all('aaa-worker-run')).toEqual(['aaa-worker-run']);
	expect(one('airflow-worker')).toEqual(['airflow-worker']);
	const only = listed(oneOff('mlops', 'airflow-init', 'mlops-airflow-init-run-1'));
	expect(resolveServices(only, 'mlops', 'airflow-init').kind).toBe('none');
	expect(resolveContainer(only, 'mlops', 'airflow-init').kind).toBe('none');
});

test.each([
	['a replica as it is shown', 'api-2', ['mlops-api-2']],
	['the only replica by its number', 'web-1', ['mlops-web-1']],
	['the only replica of a service whose container has a name of its own', 'airflow-worker-1', ['airflow-worker']],
	['the only replica in another project', 'shop/airflow-worker-1', ['shop-airflow-worker-1']],
	['the name of a container', 'mlops-api-1', ['mlops-api-1']],
	['a qualified service of the own project', 'mlops/api', ['mlops-api-1', 'mlops-api-2']],
	['a qualified service of another project', 'shop/airflow-worker', ['shop-airflow-worker-1']],
	['a qualified container', 'shop/shop-airflow-triggerer-1', ['shop-airflow-triggerer-1']],
	['the beginning of an id', idOf('mlops-web-1').slice(0, 64), ['mlops-web-1']],
	['a container that Compose did not start', 'registry', ['registry']],
])('%s: %s', (_what, word, names) => {
	expect(all(word)).toEqual(names);
});

test('a service or container that is called as a replica would be goes before the replica', () => {
	const both = listed(replica('mlops', 'web', 1), container('web-1', { id: idOf('named'), service: 'web-1' }));
	const found = resolveServices(both, 'mlops', 'web-1');
	expect(found.kind === 'found' && found.items.map(({ container }) => container.id)).toEqual([idOf('named')]);
	expect(resolveServices(both, 'mlops', 'web-2').kind).toBe('none');
});

describe('refused, with what could have been meant', () => {
	test('a name that is only in other projects', () => {
		expect(all('airflow-triggerer')).toBe(
			'airflow-triggerer is not in project mlops, but in lab, shop. Name it in full: lab/airflow-triggerer, shop/airflow-triggerer',
		);
		expect(all('shop-airflow-worker-1')).toBe(
			'shop-airflow-worker-1 is not in project mlops, but in shop. Name it shop/shop-airflow-worker-1, or pass --project shop',
		);
		expect(all(idOf('shop-airflow-worker-1'))).toMatch(/is not in project mlops, but in shop/);
		expect(all('airflow-worker', null)).toMatch(/is not in the stack, but in mlops, shop/);
		expect(all('airflow-triggerer', 'shop')).toEqual(['shop-airflow-triggerer-1']);
	});

	test('several replicas, where one container has to be meant', () => {
		expect(one('api')).toBe('api has 2 replicas. Name one of them: api-1, api-2');
		expect(one('mlops/api')).toBe('mlops/api has 2 replicas. Name one of them: mlops/api-1, mlops/api-2');
		expect(one('web')).toEqual(['mlops-web-1']);
	});

	test('a name that means containers of several services', () => {
		const odd = listed(
			replica('mlops', 'web', 1),
			replica('mlops', 'web', 2),
			// Compose names its container mlops-web-2-1.
			replica('mlops', 'web-2', 1),
		);
		const resolution = resolveServices(odd, 'mlops', 'web-2');
		expect(resolution).toMatchObject({ kind: 'ambiguous', candidates: ['mlops-web-2', 'mlops-web-2-1'] });
		for (const name of ['mlops-web-2', 'mlops-web-2-1'])
			expect(resolveServices(odd, 'mlops', name)).toMatchObject({ items: [{ container: { name } }] });
	});

	test('unknown names', () => {
		expect(all('airflow-wroker')).toBe(
			'The stack has no service airflow-wroker; did you mean airflow-worker?. Run laketop services --all to list the services',
		);
		expect(all('shp/api')).toBe('The engine has no project shp; did you mean shop?. Projects found: mlops, lab, shop');
		expect(all('shop/airflow-wroker')).toMatch(/did you mean shop\/airflow-worker\?/);
		expect(resolveServices(listed(), 'mlops', 'x')).toMatchObject({ kind: 'none', suggestions: [] });
	});
});

test('replicas are numbered where there are several, and rows of other projects show theirs', () => {
	const names = Object.values(stack.containers).map(named => [displayName(named), qualifiedName(named, 'mlops')]);
	expect(names).toEqual([
		['airflow-worker', 'airflow-worker'],
		['aaa-worker-run', 'aaa-worker-run'],
		['api-1', 'api-1'],
		['api-2', 'api-2'],
		['web', 'web'],
		['airflow-worker', 'shop/airflow-worker'],
		['airflow-triggerer', 'shop/airflow-triggerer'],
		['airflow-triggerer', 'lab/airflow-triggerer'],
		['registry', 'registry'],
	]);
	expect(new Set(names.map(([, name]) => name)).size).toBe(names.length);
});

test('every container has a unique name, and completion offers names that are accepted', () => {
	for (const service of Object.values(stack.containers)) {
		const resolution = resolveContainer(stack, 'mlops', exactName(stack, 'mlops', service));
		expect(resolution).toMatchObject({ kind: 'found', items: [{ container: { id: service.container.id } }] });
	}
	expect(ownNames(stack, 'mlops')).toEqual(['airflow-worker', 'api', 'web', 'api-1', 'api-2', 'aaa-worker-run']);
});

test('the number of replicas follows what the engine lists', () => {
	expect(Object.values(stack.containers).map(({ replicas }) => replicas)).toEqual([1, 1, 2, 2, 1, 1, 1, 1, 1]);
	// While Compose replaces a container, the old one has the new name behind its id.
	const replaced = listed(
		replica('mlops', 'web', 1),
		replica('mlops', 'web', 1, { id: 'f'.repeat(64), name: 'ffffffffffff_mlops-web-1', state: 'exited' }),
	);
	expect(Object.values(replaced.containers).map(one => displayName(one))).toEqual(['web', 'ffffffffffff_mlops-web-1']);
});
