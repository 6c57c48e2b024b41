import { describe, expect, test } from 'vitest';
import { airflowProcessIn } from '../../../source/model/airflow/airflow-process.ts';
import { roleOf } from '../../../source/model/engine/role.ts';
import { container } from '../../diagnosis/stack.ts';
import { cpuMs } from '../../patience.ts';

describe('the process of Airflow that a command starts', () => {
	test.each<[string, ReturnType<typeof airflowProcessIn>]>([
		['/usr/bin/dumb-init -- /entrypoint webserver', 'webserver'],
		['/usr/bin/dumb-init -- /entrypoint api-server', 'api-server'],
		['/usr/bin/dumb-init -- /entrypoint dag-processor', 'dag-processor'],
		['/usr/bin/dumb-init -- /entrypoint celery worker', 'worker'],
		['/usr/bin/dumb-init -- /entrypoint airflow celery flower', 'flower'],
		['/entrypoint.sh scheduler', 'scheduler'],
		["bash -c 'airflow db migrate && exec airflow webserver --port 8080'", 'webserver'],
		["bash -c 'airflow scheduler & airflow webserver'", 'webserver'],
		['airflow standalone', 'standalone'],
		["/bin/bash -c 'mkdir -p /sources/logs\nexec /entrypoint version\n'", null],
		['/usr/bin/dumb-init -- /entrypoint bash -c airflow', null],
		['docker-entrypoint.sh postgres', null],
		['gunicorn worker', null],
		['airflow scheduler-health', null],
		['', null],
	])('%s', (command, process) => {
		expect(airflowProcessIn(command)).toBe(process);
	});

	test('a long command is read in linear time', () => {
		const command = `${'airflow  celery  '.repeat(100_000)}worker`;
		expect(airflowProcessIn(command)).toBe('worker');
		expect(cpuMs(() => airflowProcessIn(command))).toBeLessThan(1000);
	});
});

describe('the role', () => {
	const image = 'apache/airflow:2.8.0';
	test('is of the command, whatever the service is called', () => {
		const of = (service: string, airflowProcess: 'worker' | 'dag-processor' | 'api-server' | 'flower') =>
			roleOf(container(service, { image: 'registry.example.com/etl:7', airflowProcess }));
		expect(of('default-queue', 'worker')).toBe('worker');
		expect(of('files', 'dag-processor')).toBe('processor');
		expect(of('ui', 'api-server')).toBe('webserver');
		expect(of('airflow-worker-monitor', 'flower')).toBeNull();
	});

	test('is else of service and image, as in the guide', () => {
		expect(roleOf(container('airflow-apiserver', { image }))).toBe('webserver');
		expect(roleOf(container('airflow-triggerer', { image }))).toBe('triggerer');
		expect(roleOf(container('postgres', { image: 'postgres:13' }))).toBe('database');
		expect(roleOf(container('redis', { image: 'redis:latest' }))).toBe('broker');
	});

	test('is none for an initialisation, a command line or a name by itself', () => {
		expect(roleOf(container('airflow-init', { image }))).toBeNull();
		expect(roleOf(container('airflow-scheduler-migrate', { image }))).toBeNull();
		expect(roleOf(container('airflow-cli', { image }))).toBeNull();
		// The service counts, not the container's name.
		expect(roleOf(container('proxy', { name: 'airflow-webserver', image: 'nginx' }))).toBeNull();
	});
});
