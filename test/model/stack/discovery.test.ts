import { describe, expect, test } from 'vitest';
import type { Container } from '../../../source/model/engine/container.ts';
import { discoverStack } from '../../../source/model/stack/discover-stack.ts';
import type { DiscoveryOptions, Stack } from '../../../source/model/stack/discovery.ts';
import type { FolderProject } from '../../../source/model/stack/folder-project.ts';
import { container } from '../../diagnosis/stack.ts';

const options: DiscoveryOptions = { publishedHost: 'localhost', engine: 'listed', before: null };
const port = (publicPort: number, privatePort: number) => ({
	address: '0.0.0.0',
	privatePort,
	publicPort,
	protocol: 'tcp',
});

/** Airflow's webserver and MLflow of a project, published at these ports. */
function stackOf(project: string, airflow: number, mlflow: number, more: Partial<Container> = {}): Container[] {
	return [
		container('airflow-webserver', {
			id: `${project}-webserver`,
			name: `${project}-airflow-webserver-1`,
			project,
			workingDirectory: `/srv/${project}`,
			ports: [port(airflow, 8080)],
			...more,
		}),
		container('mlflow', {
			id: `${project}-mlflow`,
			name: `${project}-mlflow-1`,
			project,
			workingDirectory: `/srv/${project}`,
			ports: [port(mlflow, 5000)],
			...more,
		}),
	];
}

const stopped = (containers: readonly Container[]): Container[] =>
	containers.map(one => ({ ...one, state: 'exited', ports: [] }));
const addresses = ({ servers }: Stack) => [servers.airflow.url, servers.mlflow.url];
const origins = ({ servers }: Stack) => [servers.airflow.origin, servers.mlflow.origin];
const gaps = ({ servers }: Stack) => [servers.airflow.gap, servers.mlflow.gap];

describe('which project', () => {
	const two = [...stackOf('one', 9001, 9002), ...stackOf('two', 9003, 9004)];

	test('the one that was asked for, even where it is absent', () => {
		expect(discoverStack(two, { ...options, project: 'two' })).toMatchObject({
			project: 'two',
			projectOrigin: 'given',
			otherProjects: ['one'],
		});
		expect(discoverStack(two, { ...options, project: 'nosuch' })).toMatchObject({ project: 'nosuch' });
	});

	test('else the one of the current folder, before a better one elsewhere', () => {
		const found = discoverStack([...two.slice(0, 2), ...two.slice(3)], { ...options, currentFolders: ['/srv/two'] });
		expect(found).toMatchObject({ project: 'two', projectOrigin: 'folder', otherProjects: ['one'] });
	});

	test('of two projects of the current folder, the one that runs Airflow', () => {
		const lakehouse = container('trino', { project: 'a-lakehouse', workingDirectory: '/srv/one' });
		expect(discoverStack([lakehouse, ...two], { ...options, currentFolders: ['/srv/one'] }).project).toBe('one');
	});

	test('else the only one with Airflow or MLflow, else the best one', () => {
		const other = container('web', { project: 'shop', image: 'nginx' });
		expect(discoverStack([other, ...two.slice(3)], options)).toMatchObject({ project: 'two', projectOrigin: 'only' });
		expect(discoverStack(two.slice(1), options)).toMatchObject({
			project: 'two',
			projectOrigin: 'best',
			otherProjects: ['one'],
		});
	});

	describe('the best one', () => {
		const chosen = (...projects: Container[][]) => discoverStack(projects.flat(), options);
		const service = (project: string, name: string, more: Partial<Container> = {}) =>
			container(name, { id: `${project}-${name}`, name: `${project}-${name}-1`, project, ...more });
		const airflowAlone = [
			...stackOf('a', 9003, 9004).slice(0, 1),
			...['airflow-scheduler', 'airflow-triggerer', 'airflow-dag-processor'].map(name => service('a', name)),
			...[1, 2, 3, 4].map(replica =>
				service('a', 'airflow-worker', { id: `a-worker-${replica}`, name: `a-airflow-worker-${replica}` }),
			),
		];

		test('has Airflow and MLflow, however many containers of Airflow another one has', () => {
			expect(chosen(airflowAlone, stackOf('mlops', 9001, 9002))).toMatchObject({
				...{ project: 'mlops', projectOrigin: 'best', otherProjects: ['a'] },
			});
		});

		test('runs, before a larger one that is stopped', () => {
			const [webserver] = stackOf('one', 9001, 9002);
			expect(chosen(stopped([...airflowAlone, service('a', 'mlflow')]), webserver ? [webserver] : [])).toMatchObject({
				...{ project: 'one', otherProjects: ['a'] },
			});
		});

		test('stays the best while one of its services is down', () => {
			const [webserver, mlflow] = stackOf('one', 9001, 9002);
			if (!webserver || !mlflow) throw new Error('no stack');
			const down = [webserver, ...stopped([mlflow])];
			expect(chosen(down, airflowAlone).project).toBe('one');
			expect(chosen(stackOf('b', 9003, 9004), [...down, service('one', 'airflow-worker')]).project).toBe('one');
		});

		test('has more services, not more replicas', () => {
			const replicas = [1, 2, 3].map(replica => service('a', 'airflow-worker', { id: `a-worker-${replica}` }));
			const one = [
				...stackOf('one', 9001, 9002),
				service('one', 'airflow-scheduler'),
				service('one', 'airflow-worker'),
			];
			expect(chosen([...stackOf('a', 9003, 9004), ...replicas], one).project).toBe('one');
		});

		test('may have MLflow under another name', () => {
			const tracking = service('own', 'tracking', { image: 'ghcr.io/mlflow/mlflow:v2.9.2', ports: [port(5000, 5000)] });
			expect(chosen([tracking])).toMatchObject({ project: 'own', projectOrigin: 'only' });
		});
	});

	describe('of a folder that has a Compose file', () => {
		const own: FolderProject = {
			name: 'one',
			files: ['/srv/here/compose.yaml'],
			directory: '/srv/here',
			isNamedByEnvironment: false,
		};
		const from = { ...options, currentFolders: ['/srv/here'], folderProject: own };

		test('another project is shown as such where its own has no containers', () => {
			expect(discoverStack(two.slice(2), from)).toMatchObject({
				project: 'two',
				projectOrigin: 'only',
				folderProject: 'one',
			});
			expect(discoverStack(two, { ...from, folderProject: { ...own, name: 'three' } })).toMatchObject({
				projectOrigin: 'best',
				folderProject: 'three',
			});
		});

		test('its own is taken by its name or by its file, whatever runs besides', () => {
			expect(discoverStack(two, from)).toMatchObject({ project: 'one', projectOrigin: 'folder' });
			const file = stackOf('renamed', 9001, 9002, { configFiles: '/srv/x.yaml,/srv/here/compose.yaml' });
			const found = discoverStack([...file, ...two.slice(2)], from);
			expect(found).toMatchObject({ project: 'renamed', projectOrigin: 'folder' });
			expect(found.folderProject).toBeUndefined();
		});

		test('one that is asked for by name is meant, and no folder is missed where nothing is found', () => {
			expect(discoverStack(two.slice(2), { ...from, project: 'two' }).folderProject).toBeUndefined();
			expect(discoverStack([], from).folderProject).toBeUndefined();
		});

		test('its own stays when it is taken down; another one that was shown before stays another', () => {
			const before = discoverStack(two, from);
			expect(discoverStack(two.slice(2), { ...from, before })).toMatchObject({
				project: 'one',
				projectOrigin: 'earlier',
			});
			const shown = discoverStack(two.slice(2), from);
			expect(discoverStack(two.slice(2), { ...from, before: shown }).folderProject).toBe('one');
			expect(discoverStack(two, { ...from, before: shown }).folderProject).toBeUndefined();
		});
	});

	test('the one that is watched stays, also when it is taken down and another is there', () => {
		const before = discoverStack(stackOf('one', 9001, 9002), options);
		const after = discoverStack(stackOf('two', 9003, 9004), { ...options, before });
		expect(after).toMatchObject({ project: 'one', projectOrigin: 'earlier', otherProjects: ['two'] });
		expect(addresses(after)).toEqual(['http://localhost:9001', 'http://localhost:9002']);
	});
});

describe('a server outside the project', () => {
	const [webserver] = stackOf('own', 9001, 9002);
	const mlflow = (name: string, publicPort: number, more: Partial<Container> = {}) =>
		container('mlflow', { id: name, name, project: null, service: null, ports: [port(publicPort, 5000)], ...more });
	const of = (...others: Container[]) =>
		discoverStack([...(webserver ? [webserver] : []), ...others], { ...options, project: 'own' }).servers.mlflow;

	test('is named with its address, and is none of the stack', () => {
		const tracking = mlflow('tracking-mlflow-1', 5601, { project: 'tracking', service: 'mlflow' });
		expect(of(mlflow('lone-mlflow', 5600, { image: 'ghcr.io/mlflow/mlflow:v3.17.2' }), tracking)).toEqual({
			...{ url: null, origin: 'unknown', container: null, gap: 'no container' },
			outside: [
				{ name: 'lone-mlflow', url: 'http://localhost:5600' },
				{ name: 'tracking/mlflow', url: 'http://localhost:5601' },
			],
		});
	});

	test('of another Airflow comes last; one that is stopped or publishes nothing is not named', () => {
		expect(
			of(...stackOf('a', 9003, 9004), mlflow('stopped', 5602, { state: 'exited' }), mlflow('hidden', 0, { ports: [] })),
		).toMatchObject({ outside: [{ name: 'a/mlflow', url: 'http://localhost:9004' }] });
		expect(of(...stackOf('a', 9003, 9004), mlflow('mlflow', 5600)).outside?.map(({ name }) => name)).toEqual([
			...['mlflow', 'a/mlflow'],
		]);
		expect(of(container('web', { project: 'shop', image: 'nginx' })).outside).toBeUndefined();
	});

	test('of a given address is the container that publishes it', () => {
		const given = (mlflowUrl: string, ...containers: Container[]) =>
			discoverStack([...(webserver ? [webserver] : []), ...containers], { ...options, mlflowUrl }).servers.mlflow;
		for (const url of ['http://localhost:5600', 'http://127.0.0.1:5600/', 'http://localhost:5600/mlflow'])
			expect(given(url, mlflow('lone-mlflow', 5600))).toMatchObject({
				...{ url, origin: 'given', container: null, outside: [{ name: 'lone-mlflow', url }] },
			});
		expect(given('http://localhost:5601', mlflow('lone-mlflow', 5600)).outside).toBeUndefined();
		expect(given('http://mlflow.example:5600', mlflow('lone-mlflow', 5600)).outside).toBeUndefined();
	});
});

describe('where the servers are', () => {
	test('at the published ports of the project, never at those of another one', () => {
		const containers = [...stackOf('other', 8082, 5000), ...stackOf('own', 9001, 9002)];
		const found = discoverStack(containers, { ...options, project: 'own' });
		expect(addresses(found)).toEqual(['http://localhost:9001', 'http://localhost:9002']);
		expect(found.servers.airflow).toMatchObject({ origin: 'published', container: 'own-airflow-webserver-1' });
		expect(found.endpoints.map(({ containerId }) => containerId)).toEqual(['own-webserver', 'own-mlflow']);
	});

	test('an absent project has none, whatever else is on the engine', () => {
		const found = discoverStack(stackOf('other', 8082, 5000), { ...options, project: 'nosuch' });
		expect(addresses(found)).toEqual([null, null]);
		expect(gaps(found)).toEqual(['no project', 'no project']);
		expect(found.endpoints).toEqual([]);
		expect(gaps(discoverStack([], { ...options, project: 'nosuch' }))).toEqual(['no project', 'no project']);
	});

	test('a project without Airflow or MLflow has none', () => {
		const shop = container('web', { project: 'shop', workingDirectory: '/srv/shop', ports: [port(8082, 80)] });
		const found = discoverStack([shop, ...stackOf('other', 8083, 5000)], { ...options, currentFolders: ['/srv/shop'] });
		expect(gaps(found)).toEqual(['no container', 'no container']);
		expect(gaps(discoverStack([shop], options))).toEqual(['no stack', 'no stack']);
	});

	test('a stopped stack: where it was seen in this run, else unknown', () => {
		const own = stackOf('own', 9001, 9002);
		const before = discoverStack(own, options);
		const after = discoverStack(stopped(own), { ...options, before });
		expect(addresses(after)).toEqual(addresses(before));
		expect(origins(after)).toEqual(['seen earlier', 'seen earlier']);
		expect(gaps(discoverStack(stopped(own), options))).toEqual(['not running', 'not running']);
	});

	test('a stopped stack whose ports another stack has taken: unknown', () => {
		const own = stackOf('own', 8082, 5000);
		const before = discoverStack(own, options);
		const after = discoverStack([...stopped(own), ...stackOf('other', 8082, 5000)], { ...options, before });
		expect(after.project).toBe('own');
		expect(after.servers.airflow).toMatchObject({
			url: null,
			gap: 'taken',
			container: 'other-airflow-webserver-1',
		});
	});

	test('a container that runs and publishes nothing: unknown', () => {
		const found = discoverStack(stackOf('own', 1, 1, { ports: [] }), options);
		expect(gaps(found)).toEqual(['not published', 'not published']);
	});

	test('what was given counts, and is no guess', () => {
		const given = { airflowUrl: 'http://far:1', mlflowUrl: 'http://far:2' };
		const found = discoverStack([], { ...options, ...given, project: 'nosuch', engine: 'unreachable' });
		expect(addresses(found)).toEqual(['http://far:1', 'http://far:2']);
		expect(origins(found)).toEqual(['given', 'given']);
	});

	test('containers that Compose did not start are found by their names', () => {
		const loose = stackOf('x', 9001, 9002).map(one => ({ ...one, name: one.service ?? '', project: null }));
		const found = discoverStack(loose, options);
		expect(found.project).toBeNull();
		expect(origins(found)).toEqual(['published', 'published']);
	});

	test('a one-off container bears the name of a service, and serves nothing', () => {
		const own = stackOf('own', 9001, 9002);
		const run = stackOf('own', 7001, 7002).map(one => ({
			...one,
			id: `${one.id}-run`,
			name: `a-${one.name}`,
			isOneOff: true,
		}));
		expect(addresses(discoverStack([...run, ...own], options))).toEqual([
			'http://localhost:9001',
			'http://localhost:9002',
		]);
		expect(gaps(discoverStack([...run, ...stopped(own)], options))).toEqual(['not running', 'not running']);
	});

	test('the page is the one of the role, of containers that all expose its port', () => {
		const image = 'registry.example.com/airflow:7';
		const exposed = [{ ...port(0, 8080), publicPort: null }];
		const own = [
			container('init', { name: 'own-init-1', project: 'own', image, state: 'exited', ports: exposed }),
			container('queue', { name: 'own-queue-1', project: 'own', image, airflowProcess: 'worker', ports: exposed }),
			container('flower', {
				name: 'own-flower-1',
				project: 'own',
				image,
				airflowProcess: 'flower',
				ports: [port(5555, 5555)],
			}),
			container('ui', {
				name: 'own-ui-1',
				project: 'own',
				image,
				airflowProcess: 'api-server',
				ports: [port(8090, 8080)],
			}),
		];
		const found = discoverStack(own, options);
		expect(found).toMatchObject({ project: 'own', projectOrigin: 'only' });
		expect(found.servers.airflow).toMatchObject({ url: 'http://localhost:8090', container: 'own-ui-1' });
		// An API server is Airflow 3: its path is known before the first request.
		expect(found.endpoints[0]?.healthUrl).toBe('http://localhost:8090/api/v2/monitor/health');
	});

	test('a port or an address that no URL can hold is none', () => {
		for (const broken of [port(70_000, 8080), port(-1, 8080), port(0.5, 8080)])
			expect(gaps(discoverStack(stackOf('own', 1, 1, { ports: [broken] }), options))[0]).toBe('not published');
	});
});

describe('a guess', () => {
	test('only where no Compose project exists and none was asked for', () => {
		const guess = ['http://localhost:8082', 'http://localhost:5000'];
		expect(addresses(discoverStack([], options))).toEqual(guess);
		expect(origins(discoverStack([], options))).toEqual(['guess', 'guess']);
		expect(addresses(discoverStack([], { ...options, engine: 'unreachable' }))).toEqual(guess);
		const plain = container('web', { project: null, image: 'nginx', service: null });
		expect(addresses(discoverStack([plain], options))).toEqual(guess);
		const shop = container('web', { project: 'shop', image: 'nginx' });
		expect(addresses(discoverStack([shop], options))).toEqual([null, null]);
	});

	test('not while the engine has not answered yet', () => {
		expect(gaps(discoverStack([], { ...options, engine: 'silent' }))).toEqual(['engine', 'engine']);
	});

	test('never for a project that was asked for, also while the engine does not answer', () => {
		const found = discoverStack([], { ...options, project: 'mlops', engine: 'unreachable' });
		expect(gaps(found)).toEqual(['engine', 'engine']);
	});

	test('not where another container is known to have the port', () => {
		const registry = container('registry', {
			project: null,
			service: null,
			image: 'registry',
			ports: [port(5000, 80)],
		});
		const found = discoverStack([registry], options);
		expect(found.servers.mlflow).toMatchObject({ url: null, gap: 'taken', container: 'registry' });
		expect(found.servers.airflow.origin).toBe('guess');
	});

	test('not after a project was watched', () => {
		const before = discoverStack(stackOf('own', 9001, 9002), options);
		expect(origins(discoverStack([], { ...options, before }))).toEqual(['seen earlier', 'seen earlier']);
	});
});

describe('an engine behind ssh', () => {
	const behind: DiscoveryOptions = { ...options, publishedHost: 'opshost', isThroughSsh: true };
	const at = (address: string) => ({ ports: [{ address, publicPort: 9001, privatePort: 8080, protocol: 'tcp' }] });
	const airflowAt = (address: string) => discoverStack(stackOf('one', 9001, 9002, at(address)), behind);

	test.each([
		['0.0.0.0', 'http://opshost:9001', '127.0.0.1'],
		['127.0.0.1', 'http://opshost:9001', '127.0.0.1'],
		['::', 'http://opshost:9001', 'localhost'],
		['::1', 'http://opshost:9001', '::1'],
		['10.0.0.7', 'http://10.0.0.7:9001', '10.0.0.7'],
	])('a port published at %s is reached from that host', (address, url, host) => {
		const { servers, endpoints } = airflowAt(address);
		expect(servers.airflow).toMatchObject({ url, origin: 'published', throughSsh: { host, port: 9001 } });
		expect(endpoints[0]).toMatchObject({ id: 'airflow', pageUrl: url, throughSsh: { host, port: 9001 } });
	});

	test('a stopped server keeps its route, and a guess has one', () => {
		const before = airflowAt('127.0.0.1');
		const { servers } = discoverStack(stopped(stackOf('one', 9001, 9002)), { ...behind, before });
		expect(servers.airflow).toMatchObject({ origin: 'seen earlier', throughSsh: { port: 9001 } });
		expect(discoverStack([], behind).servers.mlflow).toMatchObject({
			origin: 'guess',
			url: 'http://opshost:5000',
			throughSsh: { host: '127.0.0.1', port: 5000 },
		});
	});

	test('a configured address is reached from here, unless it is that of a published port', () => {
		const given = (airflowUrl: string) =>
			discoverStack(stackOf('one', 9001, 9002), { ...behind, airflowUrl, pages: [{ name: 'Docs', url: airflowUrl }] });
		for (const url of [
			'http://localhost:9001',
			'http://opshost:8080',
			'https://opshost:9001',
			'https://airflow.example',
		]) {
			const { servers, endpoints } = given(url);
			expect(servers.airflow).toEqual(expect.not.objectContaining({ throughSsh: expect.anything() }));
			expect(endpoints.at(-1)).toEqual(expect.not.objectContaining({ throughSsh: expect.anything() }));
		}
		const { servers, endpoints } = given('http://opshost:9001/airflow');
		const throughSsh = { host: '127.0.0.1', port: 9001 };
		expect(servers.airflow).toMatchObject({ url: 'http://opshost:9001/airflow', origin: 'given', throughSsh });
		expect(endpoints.at(-1)).toMatchObject({ id: 'docs', throughSsh });
	});

	test('an engine that is here has no routes', () => {
		expect(discoverStack(stackOf('one', 9001, 9002), options).servers.airflow).not.toHaveProperty('throughSsh');
	});
});
