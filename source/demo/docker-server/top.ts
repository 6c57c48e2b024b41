import type { Call } from '../server/routes.ts';
import { type Container, isUp } from '../world/containers/container.ts';
import type { World } from '../world/world.ts';
import { EngineError, sendJson } from './reply.ts';

type Process = { user: string; pid: number; parent: number; command: string };

/** The program itself and its forks; process ids as on the host. */
function processesOf(world: World, container: Container): Process[] {
	const { definition } = container;
	const [uid = '0'] = (definition.user || '999:999').split(':');
	const command = [...definition.entrypoint, ...definition.command].join(' ');
	const own = { user: uid, pid: container.pid, parent: container.pid - 20, command };
	const count = Math.min(definition.idle.processes, 12);
	const started = world.time - container.startedAt >= definition.bootMs;
	const name = definition.command.at(-1) ?? definition.service;
	return [
		own,
		...Array.from({ length: started ? count - 1 : 0 }, (_, index) => ({
			user: uid,
			pid: container.pid + 7 * (index + 1),
			parent: container.pid,
			command: `${definition.service}: ${name} ${index + 1}`,
		})),
	];
}

function elapsed(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const two = (number: number) => String(number).padStart(2, '0');
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${hours > 0 ? `${two(hours)}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}

/** `GET /containers/{id}/top`: the host's ps, of which the engine keeps the rows of this container. */
export function sendTop(world: World, container: Container, call: Call): void {
	sendJson(call.response, processTable(world, container, call));
}

/** The columns that the call names. Throws EngineError if the container does not run or ps does not know a column. */
export function processTable(world: World, container: Container, call: Call) {
	if (!isUp(container)) throw new EngineError(409, `Container ${container.id} is not running`);
	const columns: Readonly<Record<string, [title: string, of: (process: Process) => string]>> = {
		user: ['USER', process => process.user],
		pid: ['PID', process => String(process.pid)],
		ppid: ['PPID', process => String(process.parent)],
		pcpu: ['%CPU', () => '0.3'],
		pmem: ['%MEM', () => '0.4'],
		etime: ['ELAPSED', () => elapsed(world.time - container.startedAt)],
		args: ['COMMAND', process => process.command],
		uid: ['UID', process => process.user],
		c: ['C', () => '0'],
		stime: ['STIME', () => new Date(container.startedAt).toISOString().slice(11, 16)],
		tty: ['TTY', () => '?'],
		time: ['TIME', () => '00:00:01'],
		cmd: ['CMD', process => process.command],
	};
	const asked = /^-eo (.+)$/.exec(call.query.get('ps_args') ?? '')?.[1]?.split(',');
	// moby runs ps with `-ef` by default (daemon/top_unix.go).
	const names = asked ?? ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
	const chosen = names.map(name => {
		const column = columns[name];
		if (column === undefined) throw new EngineError(500, `ps: unknown user-defined format specifier "${name}"`);
		return column;
	});
	return {
		Processes: processesOf(world, container).map(process => chosen.map(([, of]) => of(process))),
		Titles: chosen.map(([title]) => title),
	};
}
