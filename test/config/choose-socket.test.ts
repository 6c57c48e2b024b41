import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { chooseSocket } from '../../source/config/choose-socket.ts';
import type { DockerHost } from '../../source/model/engine/engine-address.ts';
import { ConfigError } from '../../source/model/failures/config-error.ts';
import type { ProjectOptions } from '../../source/model/stack/choose-project.ts';
import { english } from '../english.ts';

/** Engines behind sockets of this host; each lists its containers. */
const servers: Server[] = [];
const paths: string[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) server.close().closeAllConnections();
	for (const path of paths.splice(0)) rmSync(path, { force: true });
});

type Listed = { readonly id: string; readonly project: string; readonly folder: string; readonly service: string };

async function engine(containers: readonly Listed[] | 'denied' | 'gone'): Promise<DockerHost> {
	const path = join(tmpdir(), `laketop-engine-${process.pid}-${paths.length}.sock`);
	paths.push(path);
	if (containers !== 'gone') {
		const server = createServer((_request, response) => {
			response.statusCode = containers === 'denied' ? 403 : 200;
			const listed = (containers === 'denied' ? [] : containers).map(({ id, project, folder, service }) => ({
				Id: id,
				Names: [`/${project}-${service}-1`],
				State: 'running',
				Labels: {
					'com.docker.compose.project': project,
					'com.docker.compose.service': service,
					'com.docker.compose.project.working_dir': folder,
				},
			}));
			response.end(JSON.stringify(listed));
		}).listen(path);
		servers.push(server);
		await new Promise(resolve => server.once('listening', resolve));
	}
	return { kind: 'unix', address: `unix://${path}`, origin: 'default socket', tlsDirectory: null };
}

const shop = (id: string): Listed => ({ id, project: 'shop', folder: '/home/ops/shop', service: 'mlflow' });
const wiki = (id: string): Listed => ({ id, project: 'wiki', folder: '/srv/wiki', service: 'web' });
const here: ProjectOptions = { currentFolders: ['/home/ops/shop'] };

/** The index of the chosen engine. */
async function chosen(hosts: readonly DockerHost[], wanted: ProjectOptions): Promise<number> {
	const [first, ...alternatives] = hosts;
	if (!first) throw new Error('no engine');
	const { address, alternatives: left } = await chooseSocket({ ...first, alternatives }, wanted);
	expect(left).toBeUndefined();
	return hosts.findIndex(one => one.address === address);
}

test('the engine that has the project of the folder, or the named one', async () => {
	const both = [await engine([wiki('a')]), await engine([shop('b')])];
	expect(await chosen(both, here)).toBe(1);
	expect(await chosen(both, { project: 'wiki' })).toBe(0);
	expect(await chosen(both, { project: 'wiki', ...here })).toBe(0);
});

test('in another folder, the only engine with an MLOps stack; else the first that answers', async () => {
	const elsewhere = { currentFolders: ['/tmp'] };
	expect(await chosen([await engine([wiki('a')]), await engine([shop('b')])], elsewhere)).toBe(1);
	expect(await chosen([await engine([shop('a')]), await engine([shop('b')])], elsewhere)).toBe(0);
	expect(await chosen([await engine([]), await engine([wiki('a')])], elsewhere)).toBe(0);
});

test('an engine that is down or denies access gives way; if all do, the first reports why', async () => {
	expect(await chosen([await engine('gone'), await engine([])], here)).toBe(1);
	expect(await chosen([await engine('denied'), await engine([shop('a')])], here)).toBe(1);
	expect(await chosen([await engine('gone'), await engine('denied')], here)).toBe(0);
});

test('the same engine behind two sockets is one', async () => {
	expect(await chosen([await engine([shop('a')]), await engine([shop('a')])], here)).toBe(0);
});

test('never a guess when two engines have the project', async () => {
	const hosts = [await engine([shop('a')]), await engine([shop('b')])];
	const error = await chosen(hosts, here).catch(problem => problem);
	expect(error).toBeInstanceOf(ConfigError);
	expect(english(error.what)).toBe(
		`Project shop runs on several engines: ${hosts.map(({ address }) => address).join(', ')}`,
	);
});
