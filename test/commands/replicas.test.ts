import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { oneOffs, replicas } from '../given/neighbours.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false, containers: [...oneOffs, ...replicas] });
});
afterAll(() => demo.close());

const laketop = (...argv: string[]) => runLaketop([...addressesOf(demo), ...argv], { compose: demo.compose });

test('logs of a service are those of all its replicas, each line with the name of its own', async () => {
	for (const [name, line] of [
		['mlops-api-1', 'one'],
		['mlops-api-2', 'two'],
		['aaa-airflow-worker-run', 'no'],
	] as const)
		demo.scenario.emitLog(name, `from ${line}`);
	const { stdout } = await laketop('logs', 'api', '--grep', '^from');
	expect(stdout.split('\n').filter(Boolean).toSorted()).toEqual(['api-1 | from one', 'api-2 | from two']);
	const { stdout: json } = await laketop('logs', 'api-2', '--tail', '1', '--json');
	expect(documentOf(documents['log-line'], json)).toMatchObject({
		container: 'mlops-api-2',
		service: 'api-2',
		project: 'mlops',
		text: 'from two',
	});
	expect((await laketop('logs', 'airflow-worker')).stdout).not.toContain('from no');
});

test('a change of a service is one of all its replicas, and each is named', async () => {
	const { stdout, stderr } = await laketop('restart', 'api', '--yes', '--wait', '--json');
	const { title, targets, effects, outcome } = documentOf(documents.change, stdout);
	expect([title, outcome]).toEqual(['restart api (2 replicas)', 'done']);
	expect(targets).toEqual(['container mlops-api-1', 'container mlops-api-2']);
	expect(effects.filter(text => /^Stops container mlops-api-[12] /.test(text))).toHaveLength(2);
	for (const name of ['api-1', 'api-2']) expect(stderr).toContain(`${name}: healthy`);
	const one = await laketop('restart', 'api-2', '--dry-run');
	expect(one.stdout).toMatch(/^Restart api-2\n/);
});

/** Commands that were run in a container, by its name. */
async function executedIn(name: string): Promise<number> {
	const { services } = documentOf(documents.services, (await laketop('services', '--all', '--json')).stdout);
	const { id = '-' } = services.find(({ container }) => container === name) ?? {};
	const counts = Object.entries(demo.scenario.requestCounts('docker'));
	return counts.reduce((sum, [request, count]) => {
		const isHere = [id, name].some(key => request.includes(`/containers/${key}/exec`));
		return isHere && request.startsWith('POST') ? sum + count : sum;
	}, 0);
}

test.each([
	['airflow-worker', 'aaa-airflow-worker-run'],
	['airflow-scheduler', 'aaa-airflow-scheduler-run'],
])(
	'exec, top and inspect of %s mean its container, and never the one-off that comes first',
	async (service, oneOff) => {
		const [own, other] = [await executedIn(service), await executedIn(oneOff)];
		await laketop('exec', service, 'ls');
		expect([(await executedIn(service)) - own, (await executedIn(oneOff)) - other]).toEqual([1, 0]);
		const inspected = await laketop('inspect', service, '--json');
		expect(inspected.stdout).toMatch(new RegExp(`"container": ?"${service}"`));
		for (const command of ['inspect', 'top']) expect((await laketop(command, service)).stdout).not.toContain(oneOff);
	},
);

test.each([['inspect'], ['top'], ['exec']])('%s wants one of the replicas', async command => {
	const { exitCode, stderr } = await laketop(command, 'api');
	expect([exitCode, stderr]).toEqual([2, 'laketop: api has 2 replicas. Name one of them: api-1, api-2.\n']);
	expect((await laketop(command, 'api-1', ...(command === 'exec' ? ['true'] : []))).exitCode).not.toBe(2);
});

test('one-offs are listed apart, and count neither for the status nor for the exit code', async () => {
	const all = await laketop('services', '--all', '--json');
	const { services } = documentOf(documents.services, all.stdout);
	const named = (name: string) => services.find(({ container }) => container === name);
	expect(named('aaa-airflow-worker-run')).toMatchObject({ is_one_off: true, state: 'exited', exit_code: 1 });
	expect(named('mlops-api-2')).toMatchObject({ is_one_off: false, replica: 2, name: 'api-2', service: 'api' });
	expect(all.exitCode).toBe(0);
	const usual = documentOf(documents.services, (await laketop('services', '--json')).stdout);
	expect(usual.services.map(({ name }) => name)).not.toContain('aaa-airflow-worker-run');
	const status = documentOf(documents.status, (await laketop('status', '--json')).stdout);
	expect(status.services.some(one => one.is_one_off)).toBe(false);
	expect(status.problems.filter(problem => /aaa-/.test(problem))).toEqual([]);
});

test('a service of several replicas is one row; --containers and --json have each of them', async () => {
	const rows = async (...argv: string[]) =>
		(await laketop('services', ...argv)).stdout
			.split('\n')
			.slice(1)
			.flatMap(line => line.split(/ {2,}/)[0] || []);
	expect(await rows()).toContain('api 2/2');
	expect((await rows()).filter(name => /^api/.test(name))).toEqual(['api 2/2']);
	expect(await rows('api')).toEqual(['api 2/2']);
	expect(await rows('api-2')).toEqual(['api-2']);
	expect(await rows('api', '--containers')).toEqual(['api-1', 'api-2']);
	const { services } = documentOf(documents.services, (await laketop('services', 'api', '--json')).stdout);
	expect(services.map(({ container }) => container)).toEqual(['mlops-api-1', 'mlops-api-2']);
	expect((await laketop('status')).stdout).toMatch(/^api 2\/2 /m);
});

test('up keeps the number of replicas, and down leaves one-offs and says so', async () => {
	const up = await laketop('up', 'api', '--dry-run');
	expect(up.stdout).toContain('--scale api=2');
	expect(up.stdout).toContain('api keeps its 2 replicas.');
	const down = documentOf(documents.change, (await laketop('down', '--dry-run', '--json')).stdout);
	expect(down.effects).toContain('api has 2 replicas. up starts as many as the Compose file says.');
	expect(down.effects.join(' ')).toMatch(/Keeps 3 one-off containers, and the network while they run/);
	expect(down.targets.filter(target => /aaa-/.test(target))).toEqual([]);
});
