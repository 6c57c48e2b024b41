import { expect, test } from 'vitest';
import type { ListId } from '../../../source/ui/place.ts';
import { applied } from '../../given/step-context.ts';

const lists: readonly (readonly [action: string, kind: ListId, first: string])[] = [
	['dag-state', 'dags', 'failed'],
	['run-state', 'runs', 'failed'],
	['instance-state', 'task-instances', 'failed'],
	['mlflow-run-status', 'mlflow-runs', 'FAILED'],
];

test.each(lists)('one press of %s shows what failed', (action, kind, first) => {
	const view = { browse: { kind, filter: '', sort: null, state: null, selected: null, back: null } };
	expect(applied(action, { view }).browse?.state).toBe(first);
});

test('one press in the services pane shows what is not up', () => {
	expect(applied('service-state').services.state).toBe('not up');
});
