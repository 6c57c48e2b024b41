/** The tables of docs/install.md: each package of package.json, its purpose and its size. */
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
	'@biomejs/biome': 'Formats and lints',
	'@cfworker/json-schema':
		"Checks the params of a DAG run against the DAG's JSON Schema, without generating code at run time",
	'@leeoniya/ufuzzy': 'Fuzzy search and ranking in the palette and the lists',
	re2js: 'Runs regular expressions that users type in linear time',
	'@lydell/node-pty': 'Prebuilt pseudo-terminals for the tests',
	'@types/dockerode': 'Types',
	'@types/node': 'Types',
	'@types/react': 'Types',
	'@swc/core': 'Parses TypeScript for dependency-cruiser',
	'@vitest/coverage-v8': 'Measures test coverage',
	'@xterm/headless': 'Terminal emulator with which the tests read the screen',
	'dependency-cruiser': 'Checks import directions',
	dockerode: 'Docker Engine API: streams, multiplexed logs, exec',
	esbuild: 'Bundles the program',
	'fast-check': 'Property-based tests',
	'get-east-asian-width': 'Width of a character in terminal cells',
	ink: 'Draws the screen with React',
	'ink-table': 'Prints the tables of commands',
	'ink-testing-library': 'Renders components in unit tests',
	meow: 'Parses the command line',
	node: 'The Node that the scripts run on, so that an older one on the host is enough',
	postject: "Injects the program into Node's binary (the tool of the Node project)",
	react: 'Component model of Ink',
	scslre: 'Finds regular expressions that do not take linear time',
	'string-width': 'Width of a text in terminal cells',
	typescript: 'Checks the types',
	undici: 'HTTP client for Airflow and MLflow, with pools and timeouts',
	vitest: 'Runs the tests',
	yaml: 'Parses the config file (with line numbers for errors) and Compose files',
	'yoga-layout': 'Reference for our layout in the tests; the program contains only its constants',
	zod: 'Validates data from servers and files; source of the JSON Schemas in docs/',
	zustand: 'Store of the state',
};

/** Two digits: the page should not change with every change of the source. */
function kilobytes(bytes: number): string {
	if (bytes === 0) return '';
	return bytes < 1000 ? '< 1 kB' : `${Number((bytes / 1000).toPrecision(2))} kB`;
}

/** The packages of package.json; throws if one has no reason. */
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
	// Several versions of a package count as one here.
	const others = new Map<string, number>();
	for (const { folder, name, bytes } of bundled) {
		if (!direct.has(folder)) others.set(name, (others.get(name) ?? 0) + bytes);
	}
	const byWeight = [...others].toSorted(([, a], [, b]) => b - a);
	const weighty = byWeight.filter(([, bytes]) => bytes >= 1000).map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
	const light = byWeight.filter(([, bytes]) => bytes < 1000).map(([name]) => name);
	const inside = rows.filter(({ bytes }) => bytes > 0).toSorted((a, b) => b.bytes - a.bytes);
	return [
		...table('packages are part of the program', inside),
		'',
		`They bring in ${others.size} more packages: ${weighty.join(', ')}; under 1 kB each: ${light.join(', ')}.`,
		'',
		...table(
			'packages are for development only',
			rows.filter(({ bytes }) => bytes === 0),
		),
	].join('\n');
}

const block = /(<!-- packages: made by npm run docs -->\n)[\s\S]*?(<!-- \/packages -->)/;

/** The page with its current tables. */
export async function installPage(): Promise<string> {
	const page = readFileSync(pageFile, 'utf8');
	if (!block.test(page)) throw new Error(`${pageFile} has no place for the tables of packages`);
	const made = await tables();
	return page.replace(block, (_, begin: string, end: string) => `${begin}\n${made}\n\n${end}`);
}
