import { type Container, isUp } from '../world/containers/container.ts';
import { labelsOf } from '../world/containers/labels.ts';
import { createRandom, hash } from '../world/random.ts';
import { goTime } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { mountsOf, networksOf, publicPort } from './container-json.ts';

const ZERO_TIME = '0001-01-01T00:00:00Z';

function healthOf(container: Container) {
	if (container.health === undefined) return {};
	return {
		Health: {
			Status: container.health.status,
			FailingStreak: container.health.failingStreak,
			Log: container.health.log.map(probe => ({
				Start: goTime(probe.start),
				End: goTime(probe.end),
				ExitCode: probe.exitCode,
				Output: probe.output,
			})),
		},
	};
}

function portBindings(world: World, container: Container) {
	const bindings: Record<string, { HostIp: string; HostPort: string }[] | null> = {};
	for (const { privatePort, published } of container.definition.ports) {
		bindings[`${privatePort}/tcp`] =
			published === undefined ? null : [{ HostIp: '127.0.0.1', HostPort: String(publicPort(world, published)) }];
	}
	return bindings;
}

/** How `docker run` isolates a container without options. */
const isolation = {
	AutoRemove: false,
	VolumeDriver: '',
	VolumesFrom: null,
	CapAdd: null,
	CapDrop: null,
	CgroupnsMode: 'private',
	Dns: null,
	DnsOptions: null,
	DnsSearch: null,
	ExtraHosts: [],
	GroupAdd: null,
	IpcMode: 'private',
	Cgroup: '',
	Links: null,
	OomScoreAdj: 0,
	PidMode: '',
	Privileged: false,
	PublishAllPorts: false,
	ReadonlyRootfs: false,
	SecurityOpt: null,
	UTSMode: '',
	UsernsMode: '',
	ShmSize: 67_108_864,
	Runtime: 'runc',
	ConsoleSize: [0, 0],
	Isolation: '',
};

const noLimits = {
	CgroupParent: '',
	BlkioWeight: 0,
	BlkioWeightDevice: null,
	BlkioDeviceReadBps: null,
	BlkioDeviceWriteBps: null,
	BlkioDeviceReadIOps: null,
	BlkioDeviceWriteIOps: null,
	CpuPeriod: 0,
	CpuQuota: 0,
	CpuRealtimePeriod: 0,
	CpuRealtimeRuntime: 0,
	CpusetCpus: '',
	CpusetMems: '',
	Devices: null,
	DeviceCgroupRules: null,
	DeviceRequests: null,
	KernelMemory: 0,
	KernelMemoryTCP: 0,
	MemoryReservation: 0,
};

/** The order of the fields is the engine's. */
function hostConfig(world: World, container: Container) {
	const { definition } = container;
	const published = Object.entries(portBindings(world, container)).filter(([, binding]) => binding !== null);
	return {
		Binds: definition.binds.map(([source, destination]) => `${source}:${destination}:rw`),
		ContainerIDFile: '',
		LogConfig:
			container.logDriver === undefined
				? { Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } }
				: { Type: container.logDriver, Config: {} },
		NetworkMode: definition.project.network,
		PortBindings: Object.fromEntries(published),
		RestartPolicy: { Name: definition.restart ?? 'unless-stopped', MaximumRetryCount: 0 },
		...isolation,
		CpuShares: 0,
		Memory: definition.memoryLimit ?? 0,
		NanoCpus: 0,
		...noLimits,
		MemorySwap: definition.memoryLimit === undefined ? 0 : definition.memoryLimit * 2,
		MemorySwappiness: null,
		OomKillDisable: null,
		PidsLimit: null,
		Ulimits: null,
		CpuCount: 0,
		CpuPercent: 0,
		IOMaximumIOps: 0,
		IOMaximumBandwidth: 0,
		...(definition.volumes.length === 0
			? {}
			: {
					Mounts: definition.volumes.map(([Source, Target]) => ({
						Type: 'volume',
						Source,
						Target,
						VolumeOptions: {},
					})),
				}),
		...(definition.init === undefined ? {} : { Init: definition.init }),
		MaskedPaths: ['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'],
		ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
	};
}

function configOf(container: Container) {
	const { definition } = container;
	const check = definition.healthcheck;
	return {
		Hostname: container.id.slice(0, 12),
		Domainname: '',
		User: definition.user,
		AttachStdin: false,
		AttachStdout: true,
		AttachStderr: true,
		ExposedPorts: Object.fromEntries(definition.ports.map(({ privatePort }) => [`${privatePort}/tcp`, {}])),
		Tty: false,
		OpenStdin: false,
		StdinOnce: false,
		Env: definition.env,
		Cmd: definition.command.length === 0 ? null : definition.command,
		...(check === undefined
			? {}
			: {
					Healthcheck: {
						Test: check.test,
						Interval: check.intervalMs * 1e6,
						Timeout: 5e9,
						StartPeriod: check.startPeriodMs * 1e6,
						Retries: 3,
					},
				}),
		Image: definition.image,
		Volumes:
			definition.imageVolumes === undefined
				? null
				: Object.fromEntries(definition.imageVolumes.map(destination => [destination, {}])),
		WorkingDir: definition.workingDir,
		Entrypoint: definition.entrypoint.length === 0 ? null : definition.entrypoint,
		OnBuild: null,
		Labels: labelsOf(container),
		...(definition.stopSignal === undefined ? {} : { StopSignal: definition.stopSignal }),
		...(definition.stopTimeoutS === undefined ? {} : { StopTimeout: definition.stopTimeoutS }),
	};
}

function networkSettings(world: World, container: Container) {
	const up = isUp(container);
	const sandbox = up ? createRandom(hash(`sandbox/${container.id}/${container.start}`)).hex(64) : '';
	return {
		Bridge: '',
		SandboxID: sandbox,
		HairpinMode: false,
		LinkLocalIPv6Address: '',
		LinkLocalIPv6PrefixLen: 0,
		Ports: up ? portBindings(world, container) : {},
		SandboxKey: up ? `/var/run/docker/netns/${sandbox.slice(0, 12)}` : '',
		SecondaryIPAddresses: null,
		SecondaryIPv6Addresses: null,
		EndpointID: '',
		Gateway: '',
		GlobalIPv6Address: '',
		GlobalIPv6PrefixLen: 0,
		IPAddress: '',
		IPPrefixLen: 0,
		IPv6Gateway: '',
		MacAddress: '',
		Networks: networksOf(container, true),
	};
}

export function inspectedContainer(world: World, container: Container) {
	const { definition } = container;
	const [path, ...args] = [...definition.entrypoint, ...definition.command];
	const folder = `/var/lib/docker/containers/${container.id}`;
	const layers = createRandom(hash(`layers/${container.id}`)).hex(64);
	const up = isUp(container);
	return {
		Id: container.id,
		Created: goTime(container.createdAt),
		Path: path ?? '',
		Args: args,
		State: {
			Status: container.status,
			// moby: a restarting container counts as running.
			Running: up || container.status === 'restarting',
			Paused: container.status === 'paused',
			Restarting: container.status === 'restarting',
			OOMKilled: container.oomKilled,
			Dead: false,
			Pid: up ? container.pid : 0,
			ExitCode: container.exitCode,
			Error: '',
			StartedAt: container.status === 'created' ? ZERO_TIME : goTime(container.startedAt),
			FinishedAt: container.finishedAt === 0 ? ZERO_TIME : goTime(container.finishedAt),
			...healthOf(container),
		},
		Image: container.imageId,
		ResolvConfPath: `${folder}/resolv.conf`,
		HostnamePath: `${folder}/hostname`,
		HostsPath: `${folder}/hosts`,
		LogPath: `${folder}/${container.id}-json.log`,
		Name: `/${definition.name}`,
		RestartCount: container.restartCount,
		Driver: 'overlay2',
		Platform: 'linux',
		MountLabel: '',
		ProcessLabel: '',
		AppArmorProfile: 'docker-default',
		ExecIDs: null,
		HostConfig: hostConfig(world, container),
		GraphDriver: {
			Data: {
				LowerDir: `/var/lib/docker/overlay2/${layers}-init/diff`,
				MergedDir: `/var/lib/docker/overlay2/${layers}/merged`,
				UpperDir: `/var/lib/docker/overlay2/${layers}/diff`,
				WorkDir: `/var/lib/docker/overlay2/${layers}/work`,
			},
			Name: 'overlay2',
		},
		Mounts: mountsOf(container),
		Config: configOf(container),
		NetworkSettings: networkSettings(world, container),
	};
}
