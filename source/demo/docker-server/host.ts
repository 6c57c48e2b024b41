import { isUp } from '../world/containers/container.ts';
import { networkIdOf } from '../world/containers/life-cycle.ts';
import { HOST } from '../world/containers/load.ts';
import { createRandom, hash } from '../world/random.ts';
import { DAY, goTime } from '../world/time.ts';
import { presentContainers, type World } from '../world/world.ts';
import { listedContainer } from './container-json.ts';
import type { EngineKind } from './engine-kind.ts';

/** The daemon's reports about itself, its images, volumes and networks. */

const KERNEL = '6.1.0-17-amd64';
const BUILT = '2024-01-19T12:45:52.000000000+00:00';

export function version(engine: EngineKind) {
	return {
		Platform: { Name: '' },
		Components: [
			{
				Name: 'Engine',
				Version: engine.version,
				Details: {
					ApiVersion: engine.apiVersion,
					Arch: 'amd64',
					BuildTime: BUILT,
					Experimental: 'false',
					GitCommit: '5d6db84',
					GoVersion: 'go1.19.8',
					KernelVersion: KERNEL,
					MinAPIVersion: engine.minApiVersion,
					Os: 'linux',
				},
			},
			{ Name: 'containerd', Version: '1.6.20~ds1', Details: { GitCommit: '1.6.20~ds1-1+b1' } },
			{ Name: 'runc', Version: '1.1.5+ds1', Details: { GitCommit: '1.1.5+ds1-1+deb12u1' } },
			{ Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: '' } },
		],
		Version: engine.version,
		ApiVersion: engine.apiVersion,
		MinAPIVersion: engine.minApiVersion,
		GitCommit: '5d6db84',
		GoVersion: 'go1.19.8',
		Os: 'linux',
		Arch: 'amd64',
		KernelVersion: KERNEL,
		BuildTime: BUILT,
	};
}

const plugins = {
	Volume: ['local'],
	Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
	Authorization: null,
	Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'logentries', 'splunk', 'syslog'],
};

const limitsOfKernel = {
	MemoryLimit: true,
	SwapLimit: true,
	KernelMemory: false,
	KernelMemoryTCP: false,
	CpuCfsPeriod: true,
	CpuCfsQuota: true,
	CPUShares: true,
	CPUSet: true,
	PidsLimit: true,
	IPv4Forwarding: true,
	BridgeNfIptables: true,
	BridgeNfIp6tables: true,
};

const registry = {
	AllowNondistributableArtifactsCIDRs: [],
	AllowNondistributableArtifactsHostnames: [],
	InsecureRegistryCIDRs: ['127.0.0.0/8'],
	IndexConfigs: { 'docker.io': { Name: 'docker.io', Mirrors: [], Secure: true, Official: true } },
	Mirrors: [],
};

const noSwarm = {
	NodeID: '',
	NodeAddr: '',
	LocalNodeState: 'inactive',
	ControlAvailable: false,
	Error: '',
	RemoteManagers: null,
};

/** The order of the fields is the daemon's. */
export function info(world: World, engine: EngineKind) {
	const containers = presentContainers(world);
	const count = (status: string): number => containers.filter(container => container.status === status).length;
	return {
		ID: 'DEMO:ACVJ:7HY2:67F7:AYKB:MVIP:A5HK:SBUG:SLDM:CDPJ:E6YG:3T4T',
		Containers: containers.length,
		ContainersRunning: count('running'),
		ContainersPaused: count('paused'),
		ContainersStopped: containers.filter(container => !isUp(container)).length,
		Images: images(world).length,
		Driver: 'overlay2',
		DriverStatus: [
			['Backing Filesystem', 'extfs'],
			['Supports d_type', 'true'],
			['Native Overlay Diff', 'true'],
			['userxattr', 'false'],
		],
		Plugins: plugins,
		...limitsOfKernel,
		Debug: false,
		NFd: 74,
		OomKillDisable: false,
		NGoroutines: 82,
		SystemTime: goTime(world.time),
		LoggingDriver: 'json-file',
		CgroupDriver: 'systemd',
		CgroupVersion: '2',
		NEventsListener: world.events.subscribers.size,
		KernelVersion: KERNEL,
		OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
		OSVersion: '12',
		OSType: 'linux',
		Architecture: 'x86_64',
		IndexServerAddress: 'https://index.docker.io/v1/',
		RegistryConfig: registry,
		NCPU: HOST.processors,
		MemTotal: HOST.memoryBytes,
		GenericResources: null,
		DockerRootDir: '/var/lib/docker',
		HttpProxy: '',
		HttpsProxy: '',
		NoProxy: '',
		Name: 'db-host',
		Labels: [],
		ExperimentalBuild: false,
		ServerVersion: engine.version,
		Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
		DefaultRuntime: 'runc',
		Swarm: noSwarm,
		LiveRestoreEnabled: false,
		Isolation: '',
		InitBinary: 'docker-init',
		ContainerdCommit: { ID: '1.6.20~ds1-1+b1', Expected: '1.6.20~ds1-1+b1' },
		RuncCommit: { ID: '1.1.5+ds1-1+deb12u1', Expected: '1.1.5+ds1-1+deb12u1' },
		InitCommit: { ID: '', Expected: '' },
		SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default', 'name=cgroupns'],
		Warnings: null,
	};
}

const IMAGE_MB: Readonly<Record<string, number>> = {
	'apache/airflow:2.8.0-python3.11': 1380,
	'ghcr.io/mlflow/mlflow:v2.9.2': 748,
	'apache/airflow:2.10.5-python3.11': 1520,
	'apache/airflow:3.3.2': 1610,
	'ghcr.io/mlflow/mlflow:v3.17.2': 1090,
	'postgres:15': 425,
	'postgres:13': 419,
	'postgres:16': 432,
	'redis:7.2-bookworm': 117,
	'redis:7': 138,
	'trinodb/trino:435': 1290,
	'grafana/grafana:10.2.3': 403,
	'apache/superset:3.0.2': 1010,
	'chrislusf/seaweedfs:3.59': 204,
	'apache/hive:3.1.3': 1120,
};

export function images(world: World) {
	const containers = [...world.containers.values()];
	const names = [...new Set(containers.map(container => container.definition.image))];
	return names.map((name, index) => {
		const size = (IMAGE_MB[name] ?? 300) * 1_000_000;
		return {
			Containers: -1,
			Created: Math.floor((world.startedAt - (40 + index) * DAY) / 1000),
			Id: containers.find(container => container.definition.image === name)?.imageId ?? '',
			Labels: null,
			ParentId: '',
			RepoDigests: [`${name.split(':')[0]}@sha256:${createRandom(hash(`digest/${name}`)).hex(64)}`],
			RepoTags: [name],
			SharedSize: -1,
			Size: size,
			VirtualSize: size,
		};
	});
}

const VOLUME_MB: Readonly<Record<string, number>> = {
	'mlops_postgres-data': 96,
	'mlops_redis-data': 1,
	'mlops_mlflow-database': 14,
	'mlops_mlflow-artifacts': 38,
	'lakehouse_seaweedfs-volume': 21_400,
};

export function volumes(world: World) {
	return [...world.containers.values()].flatMap(({ definition, createdAt }) =>
		definition.volumes
			.filter(([name]) => !world.deletedVolumes.has(name))
			.map(([name]) => ({
				CreatedAt: `${new Date(createdAt).toISOString().slice(0, 19)}Z`,
				Driver: 'local',
				Labels: {
					'com.docker.compose.project': definition.project.name,
					'com.docker.compose.version': '2.29.7',
					'com.docker.compose.volume': name.slice(definition.project.name.length + 1),
				},
				Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
				Name: name,
				Options: null,
				Scope: 'local',
			})),
	);
}

export function diskUsage(world: World) {
	const containers = presentContainers(world);
	return {
		LayersSize: images(world).reduce((sum, { Size }) => sum + Size, 0),
		Images: images(world).map(image => ({
			...image,
			Containers: containers.filter(({ imageId }) => imageId === image.Id).length,
			SharedSize: 74_800_000,
		})),
		Containers: containers.map(container => {
			const { NetworkSettings, ...listed } = listedContainer(world, container);
			const written = 80_000 + (hash(container.id) % 9_000_000);
			return {
				...listed,
				SizeRw: written,
				SizeRootFs: (IMAGE_MB[container.definition.image] ?? 300) * 1_000_000 + written,
				NetworkSettings,
			};
		}),
		Volumes: volumes(world).map(volume => ({
			...volume,
			UsageData: {
				RefCount: containers.filter(({ definition }) => definition.volumes.some(([name]) => name === volume.Name))
					.length,
				Size: (VOLUME_MB[volume.Name] ?? 6) * 1_000_000,
			},
		})),
		BuildCache: null,
		BuilderSize: 0,
	};
}

export function networks(world: World) {
	const projects = [...new Set(presentContainers(world).map(({ definition }) => definition.project))];
	const network = (name: string, driver: string, subnet: string | undefined, labels: Record<string, string>) => ({
		Name: name,
		Id: networkIdOf(name),
		Created: goTime(world.startedAt - 6 * DAY),
		Scope: 'local',
		Driver: driver,
		EnableIPv6: false,
		IPAM: {
			Driver: 'default',
			Options: null,
			Config: subnet === undefined ? [] : [{ Subnet: `${subnet}.0/16`, Gateway: `${subnet}.1` }],
		},
		Internal: false,
		Attachable: false,
		Ingress: false,
		ConfigFrom: { Network: '' },
		ConfigOnly: false,
		Containers: {},
		Options: {},
		Labels: labels,
	});
	return [
		network('bridge', 'bridge', '172.17.0', {}),
		network('host', 'host', undefined, {}),
		network('none', 'null', undefined, {}),
		...projects.map(({ name, network: networkName, subnet }) =>
			network(networkName, 'bridge', subnet, {
				'com.docker.compose.network': 'default',
				'com.docker.compose.project': name,
				'com.docker.compose.version': '2.29.7',
			}),
		),
	];
}
