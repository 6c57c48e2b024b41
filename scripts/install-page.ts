/** The tables of docs/install.md: each package that package.json names, why it is there, and what it weighs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as z from 'zod/mini';
import { bundleOptions } from './bundle.ts';
import { bundledPackages, packageAt } from './bundled-packages.ts';
import { root } from './root.ts';

const pageFile = join(root, 'docs/install.md');

/** Package → what it is for. */
const reasons: Record<string, string> = {
	'@biomejs/biome': 'Format and lint, in one program',
	'@cfworker/json-schema': "Checks a run's params by the DAG's own JSON Schema, without making code at run time",
	'@leeoniya/ufuzzy': 'Search in the palette and the lists: finds by a few letters, and ranks',
	re2js: 'Regular expressions that users type: takes time in proportion to the text, whatever the expression',
	'@lydell/node-pty': 'Real pseudo-terminals for the tests, prebuilt',
	'@types/dockerode': 'Types',
	'@types/node': 'Types',
	'@types/react': 'Types',
	'@swc/core': 'Reads TypeScript for dependency-cruiser',
	'@vitest/coverage-v8': 'Measures which lines and branches the tests run',
	'@xterm/headless': 'The terminal emulator that the tests read the screen with',
	'dependency-cruiser': 'Checks which part of the program imports which',
	dockerode: 'The Docker Engine API: streams, multiplexed logs, exec',
	esbuild: 'Bundles the program',
	'fast-check': 'Tests with many inputs that nobody would think of',
	'get-east-asian-width': 'How many cells a character takes',
	ink: 'React for the terminal: the screen',
	'ink-table': 'The tables of containers and runs',
	'ink-testing-library': 'Draws components in unit tests',
	meow: 'Reads the command line',
	node: 'The Node that the scripts run on, so that an older one on the host does',
	postject: "Puts the program into Node's binary (the Node project's own tool for it)",
	react: 'What Ink draws',
	scslre: 'Finds regular expressions whose time grows faster than the text they read',
	'string-width': 'How many cells a text takes',
	typescript: 'Checks the types',
	undici: 'HTTP to Airflow and MLflow, with pools and time limits, the same in every Node',
	vitest: 'Runs the tests',
	yaml: "The config file, with the place of a mistake; Compose files; the engine's contexts",
	'yoga-layout': 'What the own layout is compared with in the tests; of it only constants are in the program',
	zod: 'Checks what comes in, from servers and files; the JSON Schemas in docs/ are made from it',
	zustand: "The program's one store",
};

/** Two digits: a page should not change with every change of the source. */
function kilobytes(bytes: number): string {
	if (bytes === 0) return '';
	return bytes < 1000 ? '< 1 kB' : `${Number((bytes / 1000).toPrecision(2))} kB`;
}

/** In package.json, each with its reason, or this throws. */
function directPackages(): string[] {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const names = Object.keys(
		z.object({ devDependencies: z.record(z.string(), z.string()) }).parse(manifest).devDependencies,
	);
	const explained = Object.keys(reasons);
	const wrong = [...names, ...explained].filter(name => !names.includes(name) || !explained.includes(name));
	if (wrong.length > 0) throw new Error(`package.json and scripts/install-page.ts differ in ${wrong.join(', ')}`);
	return names;
}

async function tables(): Promise<string> {
	const { metafile } = await build(bundleOptions());
	const bundled = bundledPackages(metafile);
	const names = directPackages();
	const rows = names.map(name => {
		const folder = `node_modules/${name}`;
		return { ...packageAt(folder), bytes: bundled.find(one => one.folder === folder)?.bytes ?? 0 };
	});
	const table = (kind: string, those: typeof rows) => [
		`${those.length} ${kind}:`,
		'',
		'| package | why | licence | in the program |',
		'| --- | --- | --- | --- |',
		...those.map(({ name, licence, bytes }) => `| ${name} | ${reasons[name]} | ${licence} | ${kilobytes(bytes)} |`),
	];
	const direct = new Set(rows.map(({ folder }) => folder));
	// Several versions of one are one here.
	const others = new Map<string, number>();
	for (const { folder, name, bytes } of bundled) {
		if (!direct.has(folder)) others.set(name, (others.get(name) ?? 0) + bytes);
	}
	const byWeight = [...others].toSorted(([, a], [, b]) => b - a);
	const weighty = byWeight.filter(([, bytes]) => bytes >= 1000).map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
	const light = byWeight.filter(([, bytes]) => bytes < 1000).map(([name]) => name);
	const inside = rows.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
	return [
		...table('packages are in the program', inside),
		'',
		`They bring ${others.size} others into it: ${weighty.join(', ')}; under 1 kB each: ${light.join(', ')}.`,
		'',
		...table(
			'packages are for working on it, and never installed with it',
			rows.filter(({ bytes }) => bytes === 0),
		),
	].join('\n');
}

const block = /(<!-- packages: made by npm run docs -->\n)[\s\S]*?(<!-- \/packages -->)/;

/** The page with its tables as they would be made now. */
export async function installPage(): Promise<string> {
	const page = readFileSync(pageFile, 'utf8');
	if (!block.test(page)) throw new Error(`${pageFile} has no place for the tables of packages`);
	const made = await tables();
	return page.replace(block, (_, begin: string, end: string) => `${begin}\n${made}\n\n${end}`);
}
