import { expect, test } from 'vitest';
import type { Container } from '../../../source/model/engine/container.ts';
import { impactOfStopping } from '../../../source/operations/containers/container-impacts.ts';
import { container, stateOf } from '../../diagnosis/stack.ts';
import { english } from '../../english.ts';

const impact = (service: string, more: Partial<Container>): string => {
	const state = stateOf({ type: 'containers listed', containers: [container(service, more)] });
	const [one] = Object.values(state.containers);
	if (!one) throw new Error('no container');
	return impactOfStopping(one, [one], 'mlops', state)
		.map(message => english(message))
		.join();
};

test('the impact follows from what a service does, whatever it is called', () => {
	expect(impact('default-queue', { airflowProcess: 'worker' })).toMatch(/^Interrupts tasks that run on default-queue/);
	expect(impact('ui', { airflowProcess: 'api-server' })).toMatch(/page and API are unavailable/);
	expect(impact('files', { airflowProcess: 'dag-processor' })).toMatch(/^No DAG file is parsed/);
	expect(impact('db', { image: 'postgres:15' })).toMatch(/metadata database/);
	// The database of MLflow is not Airflow's.
	expect(impact('mlflow-postgres', { image: 'postgres:15' })).toBe('');
});
