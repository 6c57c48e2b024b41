import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listTree } from '../../../source/clients/mlflow/artifact-tree.ts';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';
import { writeStream } from '../../../source/clients/new-file.ts';
import { type DemoStack, demoStacks, startDemo } from '../../../source/demo/index.ts';
import { failureOf } from '../../../source/model/failures/failure.ts';
import { fileNameOf, isSafePath, textOfArtifact } from '../../../source/model/mlflow/artifact.ts';
import { imageHeader } from '../../../source/presentation/image/image-header.ts';
import { soon } from '../../patience.ts';
import { closeLater, scriptedServer } from '../airflow/scripted-server.ts';

let folder = '';
let demo: DemoStack | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
});
afterEach(async () => {
	rmSync(folder, { recursive: true });
	await demo?.close();
	demo = undefined;
});

test.each(['2', '3'] as const)('the tree and a file of a run on the demo of MLflow %s', async generation => {
	demo = await startDemo({ autonomous: false, ...(generation === '3' && demoStacks['guide-airflow3']) });
	const mlflow = closeLater(new MlflowClient(demo.mlflowUrl));
	const runs = await mlflow.runs('1', 200);
	const trained = runs.find(({ runName }) => runName === 'model_training');
	if (!trained) throw new Error('the demo has trained no model');
	const { artifacts } = await listTree(mlflow.artifacts, trained.runId, '');
	expect(artifacts.map(({ path, isFolder }) => [path, isFolder])).toEqual([
		['model', true],
		['model/model.json', false],
		['plots', true],
		['plots/confusion_matrix.png', false],
	]);
	const { bytes, isWhole } = await mlflow.artifacts.read(trained.runId, 'model/model.json', 1_000_000);
	expect([bytes.length, isWhole]).toEqual([artifacts[1]?.size, true]);
	expect(JSON.parse(textOfArtifact(bytes, isWhole) ?? '')).toHaveProperty('weights');
	const figure = await mlflow.artifacts.read(trained.runId, 'plots/confusion_matrix.png', 1_000_000);
	expect([figure.bytes.length, figure.isWhole]).toEqual([artifacts[3]?.size, true]);
	expect(imageHeader(figure.bytes)).toEqual({ format: 'PNG', width: 320, height: 320 });
	const part = await mlflow.artifacts.read(trained.runId, 'model/model.json', 10);
	expect([part.bytes.length, part.isWhole]).toEqual([10, false]);
	const missing = failureOf(await mlflow.artifacts.read(trained.runId, 'none', 10).catch(error => error));
	expect(missing.kind).toBe(generation === '3' ? 'not-found' : 'server');
});

test('pages are followed; names that lead out of the run are left out, and never asked for', async () => {
	const pages = [
		{
			files: [
				{ path: '../../etc/passwd', is_dir: false },
				{ path: 'b.txt', file_size: '7' },
			],
			next_page_token: 'x',
		},
		{ files: [{ path: 'a', is_dir: true }, { path: '/etc/passwd' }, { path: 'c\\d' }] },
	];
	const { url, asked } = await scriptedServer(() => [200, pages.shift() ?? {}]);
	const mlflow = closeLater(new MlflowClient(url));
	expect(await mlflow.artifacts.list('r', '')).toEqual({
		artifacts: [
			{ path: 'a', isFolder: true, size: null },
			{ path: 'b.txt', isFolder: false, size: 7 },
		],
		hasMore: false,
	});
	expect(asked[1]?.line).toMatch(/page_token=x$/);
	const before = asked.length;
	const failure = failureOf(await mlflow.artifacts.open('r', '../x').catch(error => error));
	expect([failure.kind, asked.length]).toEqual(['refused', before]);
});

test('a folder that names itself is not followed for ever', async () => {
	const { url, asked } = await scriptedServer(() => [200, { files: [{ path: 'a', is_dir: true }] }]);
	const mlflow = closeLater(new MlflowClient(url));
	expect((await listTree(mlflow.artifacts, 'r', '')).artifacts.length).toBeGreaterThan(0);
	expect(asked.length).toBeLessThan(5);
});

test('names of files are harmless on this host, and only text is text', () => {
	expect(['a/b', 'a'].map(isSafePath)).toEqual([true, true]);
	expect(['', '/a', 'a/../b', 'a//b', 'a\\b', './a'].map(isSafePath)).toEqual([...Array(6)].map(() => false));
	expect(fileNameOf('model/.bashrc')).toBe('bashrc');
	expect(fileNameOf('x/--output=y;rm')).toBe('output-y-rm');
	expect(fileNameOf('x/…')).toBe('artifact');
	expect(textOfArtifact(Buffer.from('정확도'), true)).toBe('정확도');
	expect(textOfArtifact(Buffer.from('정확도').subarray(0, 4), false)).toBe('정');
	expect(textOfArtifact(Buffer.from([0xff, 0xfe]), true)).toBeNull();
	expect(textOfArtifact(Buffer.from('a\0b'), true)).toBeNull();
});

test('a file appears whole or not at all, and replaces another only when told', async () => {
	async function* bytes(isBroken: boolean) {
		yield Buffer.from('one ');
		if (isBroken) throw new Error('lost');
		yield Buffer.from('two');
	}
	const file = join(folder, 'a.txt');
	await expect(writeStream(file, bytes(true), false)).rejects.toThrow('lost');
	expect(readdirSync(folder)).toEqual([]);
	expect(await writeStream(file, bytes(false), false)).toBe(7);
	writeFileSync(file, 'mine');
	await expect(writeStream(file, bytes(false), false)).rejects.toThrow(/already exists/);
	expect(readFileSync(file, 'utf8')).toBe('mine');
	await writeStream(file, bytes(false), true);
	expect(readFileSync(file, 'utf8')).toBe('one two');
	expect(readdirSync(folder)).toEqual(['a.txt']);
});

test('a file that is no longer wanted is no longer sent, and leaves nothing behind', async () => {
	let isClosed = false;
	const server = createServer((_, answer) => {
		answer.on('close', () => {
			isClosed = true;
		});
		answer.writeHead(200).write('the first part');
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	try {
		const mlflow = closeLater(new MlflowClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
		const leave = new AbortController();
		const saving = writeStream(join(folder, 'a.bin'), await mlflow.artifacts.open('r', 'a.bin', leave.signal), false);
		const outcome = expect(saving).rejects.toThrow();
		leave.abort();
		await outcome;
		await vi.waitFor(() => expect(isClosed).toBe(true), soon);
		expect(readdirSync(folder)).toEqual([]);
	} finally {
		server.close();
	}
});
