import type { Socket } from 'node:net';
import { exactJson, isObject, parseJson, textOf, textsOf } from '../server/json.ts';
import type { Call, Route } from '../server/routes.ts';
import { route } from '../server/routes.ts';
import type { UpgradeHandler } from '../server/switchable-server.ts';
import { type Container, isUp } from '../world/containers/container.ts';
import { createRandom, hash } from '../world/random.ts';
import type { World } from '../world/world.ts';
import { findContainer } from './containers.ts';
import { frame } from './logs.ts';
import { type Complaint, EngineError, sendJson, sendNothing } from './reply.ts';
import { type Program, startProgram } from './shell.ts';

type Exec = {
	id: string;
	container: Container;
	argv: readonly string[];
	tty: boolean;
	user: string;
	columns: number;
	rows: number;
	status: 'created' | 'running' | 'ended';
	exitCode: number | null;
	socket?: Socket;
};

/**
 * Commands in containers (moby api/server/router/container/exec.go): created, then started on a hijacked connection.
 */
export function createExecs(
	world: World,
	headers: Readonly<Record<string, string>>,
	complaint: Complaint,
): { routes: Route<void>[]; upgrade: UpgradeHandler } {
	const execs = new Map<string, Exec>();
	const execOf = (id: string): Exec => {
		const exec = execs.get(id);
		if (exec === undefined) throw new EngineError(404, `No such exec instance: ${id}`);
		return exec;
	};
	world.onContainerChange.add(container => {
		if (isUp(container)) return;
		for (const exec of execs.values()) if (exec.container === container && exec.status === 'running') end(exec, 137);
	});

	return {
		routes: [
			route('POST', '/containers/:id/exec', call => createExec(world, execs, call)),
			route('POST', '/exec/:id/resize', call => {
				const exec = execOf(call.param('id'));
				if (exec.status === 'ended') throw new EngineError(500, `cannot resize a stopped container: unknown`);
				exec.columns = Number(call.query.get('w')) || exec.columns;
				exec.rows = Number(call.query.get('h')) || exec.rows;
				sendNothing(call.response, 200);
			}),
			route('GET', '/exec/:id/json', call => {
				const exec = execOf(call.param('id'));
				sendJson(call.response, inspectedExec(exec));
			}),
		],
		upgrade(path, _body, socket) {
			openExec(world, execs, path, socket, (status, message) => {
				const { status: code, body } = complaint(status, message);
				const text = `${exactJson(body)}\n`;
				const head = { ...headers, 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
				socket.end(`HTTP/1.1 ${code} ${reasons[code] ?? 'Error'}\r\n${headerLines(head)}\r\n${text}`);
			});
		},
	};
}

/** Ends the program. Does nothing if it has already ended. */
function end(exec: Exec, code: number): void {
	if (exec.status === 'ended') return;
	exec.status = 'ended';
	exec.exitCode = code;
	exec.socket?.end();
}

function createExec(world: World, execs: Map<string, Exec>, call: Call): void {
	const container = findContainer(world, call);
	if (!isUp(container)) throw new EngineError(409, `Container ${container.id} is not running`);
	if (container.status === 'paused')
		throw new EngineError(409, `Container ${container.id} is paused, unpause the container before exec`);
	const body = parseJson(call.body.toString());
	const argv = isObject(body) ? (textsOf(body.Cmd) ?? []) : [];
	if (!isObject(body) || argv.length === 0) throw new EngineError(400, 'No exec command specified');
	const id = createRandom(hash(`exec/${container.id}/${execs.size}`)).hex(64);
	const user = textOf(body.User) ?? container.definition.user;
	execs.set(id, {
		id,
		container,
		argv,
		tty: body.Tty === true,
		user,
		columns: 80,
		rows: 24,
		status: 'created',
		exitCode: null,
	});
	sendJson(call.response, { Id: id }, 201);
}

/** The bundle has no `STATUS_CODES` of node:http. */
const reasons: Readonly<Record<number, string>> = { 404: 'Not Found', 409: 'Conflict', 500: 'Internal Server Error' };

/** Starts the created exec on the connection that the client has hijacked. */
function openExec(
	world: World,
	execs: ReadonlyMap<string, Exec>,
	path: string,
	socket: Socket,
	refuse: (status: number, message: string) => void,
): void {
	const id = /^(?:\/v[\d.]+)?\/exec\/([^/]+)\/start$/.exec(path)?.[1];
	if (id === undefined) return refuse(404, 'page not found');
	const exec = execs.get(id);
	if (exec === undefined) return refuse(404, `No such exec instance: ${id}`);
	if (exec.status !== 'created') return refuse(409, `Error: Exec command ${id} has already run`);
	if (!isUp(exec.container)) return refuse(409, `Container ${exec.container.id} is not running`);
	const head = { 'Content-Type': 'application/vnd.docker.raw-stream', Connection: 'Upgrade', Upgrade: 'tcp' };
	socket.write(`HTTP/1.1 101 UPGRADED\r\n${headerLines(head)}\r\n`);
	run(world, exec, socket);
}

function run(world: World, exec: Exec, socket: Socket): void {
	exec.status = 'running';
	exec.socket = socket;
	const program: Program | undefined = startProgram(world, exec.container, exec.argv, {
		tty: exec.tty,
		size: () => exec,
		write(text, stream = 'stdout') {
			const bytes = Buffer.from(text);
			socket.write(exec.tty ? bytes : frame(stream, bytes));
		},
		exit: code => end(exec, code),
	});
	if (program === undefined) {
		const words = `OCI runtime exec failed: exec failed: unable to start container process: exec: "${exec.argv[0]}": executable file not found in $PATH: unknown`;
		socket.write(exec.tty ? `${words}\r\n` : frame('stdout', Buffer.from(`${words}\r\n`)));
		end(exec, 126);
		return;
	}
	// Input that arrived after the end of a program is dropped.
	socket.on('data', bytes => exec.status === 'running' && program.input(bytes));
	socket.on('end', () => exec.status === 'running' && program.inputEnded());
	// The command continues without a client; the demo's have nothing more to do then.
	socket.on('close', () => exec.status === 'running' && end(exec, 0));
}

function inspectedExec(exec: Exec) {
	return {
		ID: exec.id,
		Running: exec.status === 'running',
		ExitCode: exec.exitCode,
		ProcessConfig: {
			tty: exec.tty,
			entrypoint: exec.argv[0],
			arguments: exec.argv.slice(1),
			privileged: false,
			user: exec.user,
		},
		OpenStdin: true,
		OpenStderr: true,
		OpenStdout: true,
		CanRemove: exec.status === 'ended',
		ContainerID: exec.container.id,
		DetachKeys: '',
		Pid: exec.status === 'running' ? exec.container.pid + 900 : 0,
	};
}

function headerLines(headers: Readonly<Record<string, string | number>>): string {
	return Object.entries(headers)
		.map(([name, value]) => `${name}: ${value}\r\n`)
		.join('');
}
