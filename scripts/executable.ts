/**
 * `npm run executable`: makes build/laketop, one file that runs where there is no Node: the Node that this script runs on,
 * with the program inside (https://nodejs.org/api/single-executable-applications.html). Another path may be given.
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

/** By it the program finds out, in its own binary, whether there is a script inside. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Why an executable cannot be made here, in words; undefined where it can. */
async function obstacle(node: string): Promise<string | undefined> {
	if (process.platform !== 'linux') return 'the executable is made on Linux only: elsewhere it would have to be signed';
	// Some distributions keep Node's code in a library, and `node` is but its start.
	if (!(await readFile(node)).includes(fuse)) {
		return `${node} cannot have a program inside: run npm run executable, which brings a Node that can`;
	}
}

/** The script as Node wants it: compiled already, so that a start has less to do. */
async function blob(folder: string, node: string, outputFiles: readonly OutputFile[]): Promise<string> {
	const main = join(folder, 'laketop.cjs');
	const text = outputFiles.find(file => file.path.endsWith('cli.js'))?.text ?? '';
	// In the names of some modules is where the repository is: nobody's business.
	await writeFile(main, text.replaceAll(`${root}/`, ''));
	const output = join(folder, 'laketop.blob');
	const config = join(folder, 'executable.json');
	const settings = { main, output, disableExperimentalSEAWarning: true, useCodeCache: true };
	await writeFile(config, JSON.stringify(settings));
	await run(node, ['--experimental-sea-config', config]);
	return output;
}

/** Symbols for a debugger: a seventh of the file. Where there is no `strip` they stay. */
async function strip(file: string): Promise<void> {
	await run('strip', [file]).catch((error: unknown) => {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	});
}

const nodesLicence =
	'The executable is Node.js, under the licences of https://github.com/nodejs/node/blob/main/LICENSE, with laketop inside.\n';

/** Puts it into its place in one step: the one of before may be running. */
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
