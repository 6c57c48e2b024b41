import { type Route, route } from '../server/routes.ts';
import { type Container, isUp } from '../world/containers/container.ts';
import { kill, pause, restart, start, stop, unpause } from '../world/containers/life-cycle.ts';
import type { World } from '../world/world.ts';
import { findContainer } from './containers.ts';
import { EngineError, sendNothing } from './reply.ts';

/** Starting, stopping and pausing containers (moby api/server/router/container/container_routes.go). */
export function lifeCycleRoutes(world: World): Route<void>[] {
	return [
		route('POST', '/containers/:id/start', call => {
			const container = findContainer(world, call);
			if (isUp(container)) return sendNothing(call.response, 304);
			start(world, container);
			sendNothing(call.response, 204);
		}),
		route('POST', '/containers/:id/stop', call => {
			const container = findContainer(world, call);
			if (!isUp(container) && container.status !== 'restarting') return sendNothing(call.response, 304);
			stop(world, container, () => sendNothing(call.response, 204));
		}),
		route('POST', '/containers/:id/restart', call => {
			restart(world, findContainer(world, call), () => sendNothing(call.response, 204));
		}),
		route('POST', '/containers/:id/kill', call => {
			const container = findContainer(world, call);
			if (!isUp(container)) {
				throw new EngineError(
					409,
					`Cannot kill container: ${call.param('id')}: Container ${container.id} is not running`,
				);
			}
			kill(world, container, signalNumber(call.query.get('signal')));
			sendNothing(call.response, 204);
		}),
		route('POST', '/containers/:id/pause', call => {
			const container = findContainer(world, call);
			mustRun(container);
			if (container.status === 'paused') throw new EngineError(409, `Container ${container.id} is already paused`);
			pause(world, container);
			sendNothing(call.response, 204);
		}),
		route('POST', '/containers/:id/unpause', call => {
			const container = findContainer(world, call);
			if (container.status !== 'paused') throw new EngineError(500, `Container ${container.id} is not paused`);
			unpause(world, container);
			sendNothing(call.response, 204);
		}),
	];
}

function mustRun(container: Container): void {
	if (!isUp(container)) throw new EngineError(409, `Container ${container.id} is not running`);
}

function signalNumber(text: string | null): string {
	const names: Readonly<Record<string, string>> = { KILL: '9', TERM: '15', INT: '2', HUP: '1' };
	const name = (text ?? 'KILL').replace(/^SIG/, '');
	return names[name] ?? name;
}
