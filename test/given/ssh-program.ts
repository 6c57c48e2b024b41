/**
 * A program that stands in for ssh(1), run by `given/fake-ssh.ts`: one login with a socket over which other processes
 * share it, forwards to Unix sockets, and commands. The "remote host" is this one; every command there is the engine's
 * `dial-stdio`. Its calls are recorded in the file `calls`, the login's process id in `login`.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [folder = '', ...words] = process.argv.slice(2);
appendFileSync(join(folder, 'calls'), `${words.join(' ')}\n`);

const setting = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');
const option = (name: string) => words.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
const control = option('ControlPath');
const after = (flag: string) => words[words.indexOf(flag) + 1] ?? '';

function fail(text: string, code = 255): never {
	process.stderr.write(text);
	process.exit(code);
}

if (words.includes('-G')) {
	process.stdout.write(`host db-host\ncontrolpath ${setting('controlpath') || 'none'}\n`);
} else if (words.includes('-O')) {
	const socket = connect(control, () => socket.write(`${after('-O')} ${after('-L')}\n`));
	socket.on('error', () => fail(`Control socket connect(${control}): Connection refused\n`));
	for await (const line of createInterface({ input: socket })) if (line === 'done') process.exit(0);
} else if (words.includes('-N')) {
	const refusal = setting('refusal');
	if (refusal !== '') fail(refusal, Number(setting('code') || 255));
	const forwards = new Map<string, ReturnType<typeof createServer>>();
	const server = createServer(socket => {
		socket.on('error', () => undefined);
		socket.write('hello\n');
		const lines = createInterface({ input: socket });
		// A process that ends without reading resets its connection.
		lines.on('error', () => undefined);
		lines.on('line', line => {
			const [change, forward = ''] = line.split(' ');
			const [, path = '', host = '', port = ''] = /^(.+?):\[?(.+?)\]?(?::(\d+))?$/.exec(forward) ?? [];
			if (change === 'cancel') {
				forwards.get(path)?.close();
				socket.write('done\n');
				return;
			}
			const leading = createServer(from => {
				// Of this machine, only what the test names.
				if (port === '' && host !== setting('engine')) return void from.destroy();
				const to = port === '' ? connect(host) : connect(Number(port), host);
				from.pipe(to).pipe(from);
				from.on('error', () => to.destroy());
				to.on('error', () => from.destroy());
			});
			forwards.set(path, leading);
			leading.listen(path, () => socket.write('done\n'));
		});
	});
	writeFileSync(join(folder, 'login'), String(process.pid));
	process.on('SIGTERM', () => {
		rmSync(control, { force: true });
		process.exit(255);
	});
	server.listen(control, () => process.stdout.write('\n'));
} else {
	// Fails with the login, as over the socket of a real one.
	const login = connect(control);
	login.on('error', () => fail('ssh: connect to host db-host port 22: Connection refused\n'));
	login.on('close', () => fail('Connection to db-host closed by remote host.\n'));
	if (setting('command') !== '') fail(setting('command'), Number(setting('code') || 1));
	if (words.includes('context')) {
		process.stdout.write(`${setting('context') || `unix://${setting('engine')}`}\n`);
		process.exit(0);
	}
	const engine = connect(setting('engine'));
	process.stdin.pipe(engine).pipe(process.stdout);
	engine.on('close', () => process.exit(0));
	process.stdin.on('end', () => process.exit(0));
}
