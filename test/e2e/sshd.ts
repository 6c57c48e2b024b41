/** An ssh server of the tests' own on this machine, and a host that only its configuration of the client knows. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** sshd starts itself again for each connection, so it wants its whole path. */
const sshd = '/usr/sbin/sshd';

export type SshServer = {
	/** For laketop: the first `ssh` in PATH knows the host (the real one reads no other file than that of the account). */
	readonly environment: Readonly<Record<string, string>>;
	/** Address of the engine, by the name of the host. */
	readonly address: string;
	/** Open connections. */
	connections(): number[];
	/** Ends all connections, as a broken line would. */
	cut(): void;
	/** Refuses connections until `open`. */
	close(): Promise<void>;
	open(): Promise<void>;
};

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise(resolve => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

/** @param parent empty and private */
export async function startSshServer(parent: string): Promise<SshServer> {
	const folder = join(parent, 'ssh');
	mkdirSync(folder, { mode: 0o700 });
	for (const name of ['host', 'user'])
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
	const port = await freePort();
	// The folder that sshd of Debian needs when it is started by hand as root.
	if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
	const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
	write('sshd_config', [
		`Port ${port}`,
		'ListenAddress 127.0.0.1',
		`HostKey ${folder}/host`,
		`AuthorizedKeysFile ${folder}/user.pub`,
		'PasswordAuthentication no',
		'KbdInteractiveAuthentication no',
		'UsePAM no',
		'StrictModes no',
		'PidFile none',
	]);
	write('known', [`[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8').trim()}`]);
	write('config', [
		'Host opshost',
		'  HostName 127.0.0.1',
		`  Port ${port}`,
		`  User ${userInfo().username}`,
		`  IdentityFile ${folder}/user`,
		'  IdentitiesOnly yes',
		`  UserKnownHostsFile ${folder}/known`,
	]);
	const programs = join(folder, 'programs');
	mkdirSync(programs);
	const real = execFileSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).trim();
	write('programs/ssh', ['#!/bin/sh', `exec ${real} -F ${folder}/config "$@"`]);
	chmodSync(join(programs, 'ssh'), 0o755);

	let server: ChildProcess | null = null;
	const connections = () => (server?.pid === undefined ? [] : childrenOf(server.pid));
	const cut = () => {
		for (const pid of connections().flatMap(withDescendants)) killIfThere(pid);
	};
	const open = async () => {
		const started = spawn(sshd, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		server = started;
		const said: string[] = [];
		await new Promise<void>((resolve, reject) => {
			started.once('error', reject);
			started.once('exit', () => reject(new Error(`sshd: ${said.join('\n')}`)));
			createInterface({ input: started.stderr }).on('line', line => {
				said.push(line);
				if (line.startsWith('Server listening')) resolve();
			});
		});
	};
	await open();
	return {
		environment: { PATH: `${programs}${delimiter}${process.env.PATH}` },
		address: 'ssh://opshost',
		connections,
		cut,
		open,
		async close() {
			const running = server;
			if (running === null || running.exitCode !== null) return;
			const gone = new Promise(resolve => running.once('exit', resolve));
			// Its connections first: they would outlive it, and are found as its children.
			cut();
			running.kill();
			await gone;
			server = null;
		},
	};
}

function killIfThere(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended already.
	}
}

/** Process id and parent's of every process (proc(5), /proc/pid/stat). */
function processes(): { readonly pid: number; readonly parent: number }[] {
	return readdirSync('/proc').flatMap(name => {
		if (!/^\d+$/.test(name)) return [];
		try {
			const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
			const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return [{ pid: Number(name), parent: Number(parent) }];
		} catch {
			return [];
		}
	});
}

function childrenOf(pid: number): number[] {
	return processes().flatMap(one => (one.parent === pid ? [one.pid] : []));
}

/** A process and all that it has started. */
export function withDescendants(pid: number): number[] {
	return [pid, ...childrenOf(pid).flatMap(withDescendants)];
}

/** TCP ports at which these processes listen. */
export function listeningPorts(pids: readonly number[]): number[] {
	const sockets = new Set(
		pids.flatMap(pid => {
			try {
				return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
					const [, inode] = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`)) ?? [];
					return inode === undefined ? [] : [inode];
				});
			} catch {
				return [];
			}
		}),
	);
	// proc(5), /proc/net/tcp: local address, remote address, state (0A: listening), …, inode.
	return ['tcp', 'tcp6'].flatMap(name =>
		readFileSync(`/proc/net/${name}`, 'utf8')
			.trim()
			.split('\n')
			.slice(1)
			.flatMap(line => {
				const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
				return state === '0A' && sockets.has(inode) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
			}),
	);
}

function linkOf(path: string): string {
	try {
		return readlinkSync(path);
	} catch {
		return '';
	}
}
