/**
 * `npm run executable`: makes build/laketop, one file that runs without an installed Node: the Node that runs this
 * script, with the program inside (https://nodejs.org/api/single-executable-applications.html). Another path may be
 * given.
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build, type OutputFile } from 'esbuild';
import { executableOptions } from './bundle.ts';
import { root } from './root.ts';

const run = promisify(execFile);

/** Marks in Node's binary whether it contains a script. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Why an executable cannot be made here; undefined if it can. */
async function obstacle(node: string): Promise<string | undefined> {
	if (process.platform !== 'linux') return 'the executable is made on Linux only: elsewhere it would have to be signed';
	// In some distributions Node's code is in a library, and `node` only starts it.
	if (!(await readFile(node)).includes(fuse)) {
		return `${node} cannot have a program inside: run npm run executable, which brings a Node that can`;
	}
}

/** The script in Node's format: compiled in advance, so that a start is faster. */
async function blob(folder: string, node: string, outputFiles: readonly OutputFile[]): Promise<string> {
	const main = join(folder, 'laketop.cjs');
	const text = outputFiles.find(file => file.path.endsWith('cli.js'))?.text ?? '';
	// Names of some modules contain the path of the repository, which must not be published.
	await writeFile(main, text.replaceAll(`${root}/`, ''));
	const output = join(folder, 'laketop.blob');
	const config = join(folder, 'executable.json');
	const settings = { main, output, disableExperimentalSEAWarning: true, useCodeCache: true };
	await writeFile(config, JSON.stringify(settings));
	await run(node, ['--experimental-sea-config', config]);
	return output;
}

/** Removes symbols for a debugger: a seventh of the file. Without `strip` they stay. */
async function strip(file: string): Promise<void> {
	await run('strip', [file]).catch((error: unknown) => {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	});
}

const nodesLicence =
	'The executable is Node.js, under the licences of https://github.com/nodejs/node/blob/main/LICENSE, with laketop inside.\n';

/** Replaces the file in one step, because the old one may be running. */
async function makeExecutable(file: string, node: string): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'laketop-executable-'));
	const unfinished = `${file}.${process.pid}.tmp`;
	try {
		await mkdir(dirname(file), { recursive: true });
		const { outputFiles } = await build(executableOptions(folder));
		const script = await blob(folder, node, outputFiles);
		await copyFile(node, unfinished);
		await strip(unfinished);
		const postject = join(root, 'node_modules/postject/dist/cli.js');
		await run(node, [postject, unfinished, 'NODE_SEA_BLOB', script, '--sentinel-fuse', fuse]);
		await rename(unfinished, file);
		const licences = outputFiles.find(output => output.path.endsWith('licences.txt'))?.text;
		await writeFile(`${file}.licences.txt`, `${nodesLicence}\n${licences}`);
	} finally {
		await rm(unfinished, { force: true });
		await rm(folder, { recursive: true, force: true });
	}
}

const file = resolve(process.argv[2] ?? join(root, 'build/laketop'));
const node = await realpath(process.execPath);
const why = await obstacle(node);
if (why !== undefined) {
	console.error(`laketop: ${why}.`);
	process.exit(1);
}
await makeExecutable(file, node);
const { size } = await stat(file);
console.log(`${relative(process.cwd(), file)}: ${(size / 1e6).toFixed(0)} MB, Node ${process.versions.node}`);
