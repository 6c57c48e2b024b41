import { exactJson } from '../server/json.ts';
import { type Call, route } from '../server/routes.ts';
import { type Container, isUp } from '../world/containers/container.ts';
import type { EngineEvent } from '../world/containers/engine-events.ts';
import { goTime } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { humanDuration, listedContainer } from './container-json.ts';
import { findContainer, listContainers } from './containers.ts';
import type { EngineKind } from './engine-kind.ts';
import { eventText, sendEvents } from './events.ts';
import { diskUsage, info } from './host.ts';
import { inspectedContainer } from './inspect-json.ts';
import { sendLogs } from './logs.ts';
import { sendJson } from './reply.ts';
import { sendStats } from './stats.ts';
import { processTable } from './top.ts';

/**
 * Podman 4.3.1 of Debian 12, where its Docker-compatible API differs from moby's. Source: its recorded answers,
 * test/fixtures/recorded/podman-4.3.
 */

const VERSION = '4.3.1';
const API_VERSION = '1.41';
const MIN_API_VERSION = '1.24';
const KERNEL = '6.1.0-17-amd64';

/** Podman's libpod/define/errors.go, ErrCtrStateInvalid. */
const WRONG_STATE = 'container state improper';

export const podman: EngineKind = {
	version: VERSION,
	apiVersion: API_VERSION,
	minApiVersion: MIN_API_VERSION,
	headers: { 'Api-Version': API_VERSION, 'Libpod-Api-Version': VERSION, Server: `Libpod/${VERSION} (linux)` },
	refusesVersions: false,
	complaint(status, message) {
		// A container in the wrong state is its own fault: 500, where moby answers 409.
		const code = status === 409 ? 500 : status;
		const missing = /^No such container: (.*)$/.exec(message)?.[1];
		const cause = status === 409 ? WRONG_STATE : missing === undefined ? message : 'no such container';
		const words = missing === undefined ? message : `no container with name or ID "${missing}" found`;
		return { status: code, body: { cause, message: words === cause ? cause : `${words}: ${cause}`, response: code } };
	},
	routes: world => [
		route('GET', '/version', call => sendJson(call.response, versionOf())),
		route('GET', '/info', call => sendJson(call.response, infoOf(world))),
		route('GET', '/containers/json', call => listContainers(world, call, listed)),
		route('GET', '/containers/:id/json', call => sendJson(call.response, inspected(world, findContainer(world, call)))),
		route('GET', '/containers/:id/top', call => sendTop(world, findContainer(world, call), call)),
		route('GET', '/containers/:id/stats', call => {
			const container = findContainer(world, call);
			if (isUp(container)) sendStats(world, container, call, new Set());
			else sendNoBody(call);
		}),
		route('GET', '/containers/:id/logs', call => sendLogs(findContainer(world, call), call, wholeSeconds)),
		route('GET', '/events', call => sendEvents(world, call, podmanEvent)),
		route('GET', '/system/df', call => sendJson(call.response, diskUsageOf(world))),
	],
};

function versionOf() {
	const details = {
		Arch: 'amd64',
		BuildTime: '1970-01-01T00:00:00Z',
		GitCommit: '',
		GoVersion: 'go1.19.8',
		Os: 'linux',
	};
	return {
		Platform: { Name: 'linux/amd64/debian-12' },
		Components: [
			{
				Name: 'Podman Engine',
				Version: VERSION,
				Details: {
					...details,
					APIVersion: VERSION,
					Experimental: 'false',
					KernelVersion: KERNEL,
					MinAPIVersion: '4.0.0',
				},
			},
			{
				Name: 'Conmon',
				Version: 'conmon version 2.1.6, commit: unknown',
				Details: { Package: 'conmon_2.1.6+ds1-1_amd64' },
			},
		],
		Version: VERSION,
		ApiVersion: API_VERSION,
		MinAPIVersion: MIN_API_VERSION,
		...details,
		KernelVersion: KERNEL,
	};
}

function infoOf(world: World) {
	return {
		...info(world, podman),
		Driver: 'overlay',
		LoggingDriver: '',
		CgroupDriver: 'systemd',
		OperatingSystem: 'debian',
		DockerRootDir: '/var/lib/containers/storage',
		Labels: null,
		ExperimentalBuild: true,
		DefaultRuntime: 'crun',
		ProductLicense: 'Apache-2.0',
		BuildahVersion: '1.28.2',
		Rootless: false,
	};
}

/** Names of images are complete: what Docker calls `redis:7` was pulled from `docker.io/library`. */
function fullImage(name: string): string {
	if (/^[^/]+\.[^/]+\//.test(name)) return name;
	return `docker.io/${name.includes('/') ? name : `library/${name}`}`;
}

/** Without health, in the status or elsewhere, and without the network mode. */
function listed(world: World, container: Container) {
	const { HostConfig: _hostConfig, ...moby } = listedContainer(world, container);
	const status =
		container.status === 'running'
			? `Up ${humanDuration(world.time - container.startedAt)}`
			: moby.Status.replace(' (Paused)', '');
	return {
		...moby,
		Image: fullImage(moby.Image),
		Status: status,
		Name: '',
		Config: null,
		NetworkingConfig: null,
		Platform: null,
		AdjustCPUShares: false,
	};
}

function inspected(world: World, container: Container) {
	const moby = inspectedContainer(world, container);
	// A container without a health check has one without a status.
	const noHealth = { Status: '', FailingStreak: 0, Log: null };
	return {
		...moby,
		State: { Health: noHealth, ...moby.State },
		HostConfig: { ...moby.HostConfig, NetworkMode: 'bridge' },
		// A number, where moby has a name.
		Config: { StopSignal: '15', ...moby.Config, Image: fullImage(moby.Config.Image) },
	};
}

/** One column: the heading and each row as ps writes them. Nothing at all for a container that does not run. */
function sendTop(world: World, container: Container, call: Call): void {
	if (!isUp(container)) return sendNoBody(call);
	const { Titles, Processes } = processTable(world, container, call);
	sendJson(call.response, { Processes: Processes.map(row => [row.join('  ')]), Titles: [Titles.join('  ')] });
}

function sendNoBody({ response }: Call): void {
	response.writeHead(200, { 'Content-Type': 'application/json' });
	response.end();
}

/** The log driver k8s-file has nanoseconds, but the API cuts them off. */
const wholeSeconds = (time: bigint): string => goTime(Number(time / 1_000_000_000n) * 1000);

/** Podman reports no `stop`, and a probe by an event with the health before it. */
function podmanEvent(event: EngineEvent): string | null {
	const own = { containerExitCode: event.attributes.exitCode ?? '0', podId: '' };
	if (event.action === 'stop') return null;
	if (event.type === 'network') {
		const { container = '' } = event.attributes;
		return eventText({ ...event, id: container, attributes: { ...own, image: '', name: '' } });
	}
	const health = /^health_status: (.+)$/.exec(event.action)?.[1];
	const action = health === undefined ? event.action : 'health_status';
	const line = eventText({
		...event,
		action: action === 'destroy' ? 'remove' : action,
		attributes: { ...event.attributes, ...own },
	});
	if (health === undefined) return line;
	return `${line.trimEnd().slice(0, -1)},"HealthStatus":${exactJson('starting')}}\n`;
}

/** Without labels, complete names and sizes of layers; an image's tag lacks its repository. */
function diskUsageOf(world: World) {
	const moby = diskUsage(world);
	return {
		LayersSize: 0,
		Images: moby.Images.map(image => ({
			...image,
			Id: image.Id.replace('sha256:', ''),
			Labels: {},
			RepoDigests: null,
			RepoTags: image.RepoTags.map(tag => tag.slice(tag.lastIndexOf(':') + 1)),
			SharedSize: 0,
			VirtualSize: 0,
		})),
		Containers: moby.Containers.map(container => ({
			...container,
			Names: container.Names.map(name => name.slice(1)),
			Image: container.ImageID.replace('sha256:', ''),
			ImageID: container.ImageID.replace('sha256:', ''),
			Labels: {},
			Status: container.State,
			HostConfig: {},
			NetworkSettings: null,
			Mounts: null,
		})),
		Volumes: moby.Volumes.map(({ CreatedAt: _createdAt, ...volume }) => ({
			...volume,
			Driver: '',
			Labels: {},
			Mountpoint: '',
			Options: null,
		})),
		BuildCache: [],
		BuilderSize: 0,
	};
}
