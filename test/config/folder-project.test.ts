import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolderProject } from '../../source/config/folder-project.ts';

let root = '';
let folder = '';
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'laketop-folder-'));
	folder = join(root, '_My Stack.2');
	mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const read = (environment: Record<string, string> = {}, file?: string) =>
	readFolderProject(folder, environment, file === undefined ? undefined : [file]);

test.each<[string, string, Record<string, string>, string]>([
	['the folder', 'services: {}\n', {}, 'mystack2'],
	['the file', 'services: {}\nname: mlops # ours\n', {}, 'mlops'],
	['the file, quoted', 'name: "mlops"\n', {}, 'mlops'],
	['not what is nested', 'services:\n  web:\n    name: no\n', {}, 'mystack2'],
	['the environment', 'name: mlops\n', { COMPOSE_PROJECT_NAME: 'other' }, 'other'],
	['a variable in the file', `name: "\${STAGE:-dev}"\n`, { STAGE: 'prod' }, 'prod'],
	['its default', `name: \${STAGE:-dev}\n`, {}, 'dev'],
])('the project is named by %s', (_what, text, environment, name) => {
	write('compose.yaml', text);
	expect(read(environment)).toEqual({
		name,
		files: [join(folder, 'compose.yaml')],
		directory: folder,
		isNamedByEnvironment: 'COMPOSE_PROJECT_NAME' in environment,
	});
});

test('.env names files and project, and the environment goes before it', () => {
	mkdirSync(join(folder, 'deploy'));
	write('deploy/a.yaml', 'name: a\n');
	write('deploy/b.yaml', 'name: b\n');
	write('.env', 'COMPOSE_FILE=deploy/a.yaml:deploy/b.yaml\n');
	expect(read()).toMatchObject({ name: 'b', directory: join(folder, 'deploy') });
	expect(read({ COMPOSE_FILE: 'deploy/a.yaml' })?.name).toBe('a');
	write('compose.yaml', '');
	write('.env', "export COMPOSE_PROJECT_NAME='mine'\n");
	expect(read()).toMatchObject({ name: 'mine', isNamedByEnvironment: true });
});

test("the guide's file goes before those of Compose, a configured one before all", () => {
	write('compose.yaml', 'name: lake\n');
	write('docker-compose-mlops.yml', 'name: mlops\n');
	write('x.yml', 'name: x\n');
	expect(read()?.name).toBe('mlops');
	expect(read({}, join(folder, 'x.yml'))?.name).toBe('x');
});

test.each(['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'])(
	'%s is read with its override, as Compose does',
	base => {
		write(base, 'name: base\n');
		expect(read()?.files).toEqual([join(folder, base)]);
		write('docker-compose.override.yaml', 'services: {}\n');
		expect(read()?.files).toEqual([join(folder, base), join(folder, 'docker-compose.override.yaml')]);
		write('compose.override.yml', 'name: over\n');
		expect(read()).toMatchObject({ name: 'over', files: [join(folder, base), join(folder, 'compose.override.yml')] });
		// Files that are named are all there are.
		expect(read({ COMPOSE_FILE: base })?.files).toEqual([join(folder, base)]);
		expect(read({}, join(folder, base))?.files).toEqual([join(folder, base)]);
	},
);

test.each<[string, string | null]>([
	['no file', null],
	['a name that only Compose can work out', `name: "\${A:?needed}"\n`],
])('nothing is known: %s', (_what, text) => {
	if (text !== null) write('compose.yaml', text);
	expect(read()).toBeNull();
});

test('the nearest folder above is searched too, as Compose does', () => {
	const below = join(folder, 'dags', 'team');
	mkdirSync(below, { recursive: true });
	const readBelow = (environment: Record<string, string> = {}) => readFolderProject(below, environment, undefined);
	write('compose.yaml', 'name: lake\n');
	write('compose.override.yaml', 'services: {}\n');
	const files = [join(folder, 'compose.yaml'), join(folder, 'compose.override.yaml')];
	expect(readBelow()).toEqual({ name: 'lake', files, directory: folder, isNamedByEnvironment: false });
	// Beside the file there is its .env.
	write('.env', 'COMPOSE_PROJECT_NAME=mine\n');
	expect(readBelow()?.name).toBe('mine');
	write('dags/compose.yml', 'name: nearer\n');
	expect(readBelow()).toMatchObject({ name: 'nearer', directory: join(folder, 'dags') });
	// Its paths are relative to the folder that names them.
	expect(readBelow({ COMPOSE_FILE: 'x.yml' })).toBeNull();
});
