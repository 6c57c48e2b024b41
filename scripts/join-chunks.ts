/**
 * Joins the chunks that the first screen loads. esbuild makes a chunk for each set of entries that share code, so that
 * the first screen needs about ninety files, and Node takes about 0.4 ms to find, read and link each, whatever its
 * size.
 */
import { createHash } from 'node:crypto';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import { loadedWith, outputOf } from './loaded-with.ts';
import { root } from './root.ts';

type Outputs = Metafile['outputs'];
/** A chunk of esbuild, by its file name. The prefix separates its exports from others in a joined file. */
type Chunk = { readonly path: string; readonly file: string; readonly text: string; readonly prefix: string };
/** A file to be joined from chunks, in the order in which they run. */
type Group = { readonly file: string; readonly chunks: readonly Chunk[] };
/** Source files that `import()` loads at the same time, from the root. The first stage is the program's entry. */
export type Stage = readonly string[];

/**
 * A file of this many bytes stays separate: finding it costs little compared to its content, and not everybody needs
 * it.
 */
const largeBytes = 150_000;
/**
 * Commands that load no more than this many bytes only print a text, or start another command; they need nothing large.
 */
const lightBytes = 400_000;

/** Who loads a file besides the screen: light commands, others, nobody. */
type Users = 'all' | 'commands' | 'screen';

/**
 * Joins chunks of the same stage with the same kind of users and the same large chunks: then nobody loads much that it
 * does not need, and no two joined files import each other. The entry stays a file of its own.
 */
function groupsOf(outputs: Outputs, stages: readonly Stage[], chunkAt: (path: string) => Chunk): Group[] {
	const bytesOf = (paths: readonly string[]) => paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
	const staged = stages.map(stage => stage.map(source => outputOf(outputs, source)));
	const onTheWay = new Set(staged.flat());
	const commands = Object.entries(outputs)
		.filter(
			([path, { entryPoint }]) => /^source\/(commands|command-line)\//.test(entryPoint ?? '') && !onTheWay.has(path),
		)
		.map(([path]) => path);
	const isLight = (path: string) => bytesOf(loadedWith(outputs, [path])) < lightBytes;
	const ofAll = new Set(loadedWith(outputs, commands.filter(isLight)));
	const ofCommands = new Set(loadedWith(outputs, commands));
	const usersOf = (path: string): Users => (ofAll.has(path) ? 'all' : ofCommands.has(path) ? 'commands' : 'screen');
	const isLarge = (path: string) => bytesOf([path]) >= largeBytes;
	const taken = new Set(staged[0]);
	return staged.flatMap((entries, stage) => {
		const mine = loadedWith(outputs, entries).filter(path => !taken.has(path));
		for (const path of mine) taken.add(path);
		const alike = Map.groupBy(mine, path => {
			const large = loadedWith(outputs, [path]).filter(isLarge);
			return [usersOf(path), ...(isLarge(path) ? ['large', path] : large.toSorted())].join();
		});
		return [...alike.values()].map((paths, index) => ({
			file: `${usersOf(paths[0] ?? '')}-${stage}-${index}.js`,
			chunks: paths.map(chunkAt),
		}));
	});
}

const exported = ({ prefix }: Chunk, name: string) => `${prefix}_${name}`;
const namespace = ({ prefix }: Chunk) => `${prefix}_all`;

/** A module with the exports of a group's chunks. */
function groupEntry({ chunks }: Group, outputs: Outputs): string {
	const lines = chunks.flatMap(chunk => {
		const names = outputs[chunk.path]?.exports.map(name => `${name} as ${exported(chunk, name)}`);
		return [
			`export {${names}} from "./${chunk.file}";`,
			// What `import()` resolves with.
			...(outputs[chunk.path]?.entryPoint === undefined
				? []
				: [`import * as ${namespace(chunk)} from "./${chunk.file}";export {${namespace(chunk)}};`]),
		];
	});
	return lines.join('\n');
}

/** The text of a joined file, which imports other joined files by their names without a hash. */
async function joined(group: Group, groups: readonly Group[], outputs: Outputs, banner: string): Promise<string> {
	const own = new Map(group.chunks.map(chunk => [chunk.file, chunk.text.replace(banner, '')]));
	const others = groups.filter(one => one !== group);
	const { outputFiles } = await build({
		stdin: { contents: groupEntry(group, outputs), resolveDir: import.meta.dirname },
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		minifySyntax: true,
		minifyWhitespace: true,
		legalComments: 'none',
		logLevel: 'error',
		banner: { js: banner },
		plugins: [
			{
				name: 'chunks',
				setup(pass) {
					pass.onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
						kind === 'dynamic-import' || !own.has(basename(path))
							? { path, external: true }
							: { path: basename(path), namespace: 'chunk' },
					);
					pass.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({
						contents: redirected(own.get(path) ?? '', others),
						loader: 'js',
					}));
				},
			},
		],
	});
	return outputFiles[0]?.text ?? '';
}

/** The text with its imports of chunks turned into imports of the files that they are in. */
function redirected(text: string, groups: readonly Group[]): string {
	let made = text;
	for (const { file, chunks } of groups) for (const chunk of chunks) made = redirectedTo(made, chunk, file);
	return made;
}

function redirectedTo(text: string, chunk: Chunk, file: string): string {
	if (!text.includes(chunk.file)) return text;
	const place = String.raw`"(\./(?:chunks/)?)${chunk.file.replace('.', String.raw`\.`)}"`;
	const renamed = (list: string) =>
		list
			.split(',')
			.map(one => one.trim().split(' as '))
			.map(([outer = '', inner = outer]) => `${exported(chunk, outer)} as ${inner}`)
			.join();
	return text
		.replaceAll(new RegExp(String.raw`\{([^{}]*)\} ?from ?${place}`, 'g'), (_, list: string, folder: string) => {
			return `{${renamed(list)}}from"${folder}${file}"`;
		})
		.replaceAll(new RegExp(`import ?${place}`, 'g'), (_, folder: string) => `import"${folder}${file}"`)
		.replaceAll(
			new RegExp(String.raw`import\(${place}\)`, 'g'),
			(_, folder: string) => `import("${folder}${file}").then(all=>all.${namespace(chunk)})`,
		);
}

function hashOf(...texts: readonly string[]): string {
	return createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 8).toUpperCase();
}

/** The metafile's entry of a joined file: the sum of its chunks. */
function described({ chunks, file }: Group, outputs: Outputs, fileOf: (path: string) => string): Outputs[string] {
	const inputs: Outputs[string]['inputs'] = {};
	for (const { path } of chunks) {
		for (const [input, { bytesInOutput }] of Object.entries(outputs[path]?.inputs ?? {})) {
			inputs[input] = { bytesInOutput: bytesInOutput + (inputs[input]?.bytesInOutput ?? 0) };
		}
	}
	const imports = chunks.flatMap(({ path }) => outputs[path]?.imports ?? []);
	return {
		bytes: 0,
		inputs,
		imports: imports.filter(({ path }) => fileOf(path) !== file),
		exports: chunks.flatMap(chunk => [...(outputs[chunk.path]?.exports ?? []).map(name => exported(chunk, name))]),
	};
}

type Bundle = {
	readonly outputs: Outputs;
	readonly files: readonly { readonly path: string; readonly text: string }[];
};

/**
 * The bundle with the chunks of each stage joined. Paths are relative to the root.
 * @param banner the first lines of each file
 */
export async function joinChunks(
	{ outputs, files }: Bundle,
	stages: readonly Stage[],
	banner: string,
): Promise<Bundle> {
	const texts = new Map(files.map(({ path, text }) => [path, text]));
	const order = Object.keys(outputs);
	const groups = groupsOf(outputs, stages, path => {
		const file = basename(path);
		return { path, file, text: texts.get(path) ?? '', prefix: `c${order.indexOf(path)}` };
	});
	const groupTexts = await Promise.all(groups.map(group => joined(group, groups, outputs, banner)));
	// Each name changes with the contents of the joined files: a program that was started earlier may still load any
	// chunk.
	const version = hashOf(...groupTexts);
	const intoFile = new Map(groups.flatMap(({ file, chunks }) => chunks.map(chunk => [chunk.path, file] as const)));
	const [entry = '', folder = ''] = [
		outputOf(outputs, stages[0]?.[0] ?? ''),
		dirname(groups[0]?.chunks[0]?.path ?? ''),
	];
	const renamed = (file: string) =>
		file === basename(entry) ? file : file.replace(/(-[A-Z0-9]{8})?\.js$/, `-${hashOf(file, version)}.js`);
	const fileOf = (path: string) => intoFile.get(path) ?? basename(path);
	const pathOf = (path: string) => join(intoFile.has(path) ? folder : dirname(path), renamed(fileOf(path)));
	const known = new Set([...Object.keys(outputs).map(path => basename(path)), ...groups.map(({ file }) => file)]);
	const rewritten = (text: string) =>
		redirected(text, groups).replaceAll(/"(\.\/(?:chunks\/)?)([\w-]+\.js)"/g, (all, place: string, file: string) =>
			known.has(file) ? `"${place}${renamed(file)}"` : all,
		);
	const made = new Map<string, { readonly text: string; readonly output: Outputs[string] }>();
	for (const [index, group] of groups.entries()) {
		const output = described(group, outputs, fileOf);
		made.set(join(folder, renamed(group.file)), { text: rewritten(groupTexts[index] ?? ''), output });
	}
	for (const [path, output] of Object.entries(outputs)) {
		if (!intoFile.has(path)) made.set(pathOf(path), { text: rewritten(texts.get(path) ?? ''), output });
	}
	const madeOutputs = [...made].map(([path, { text, output }]): [string, Outputs[string]] => [
		path,
		{
			...output,
			bytes: Buffer.byteLength(text),
			imports: output.imports.map(one => (one.external ? one : { ...one, path: pathOf(one.path) })),
		},
	]);
	return {
		outputs: Object.fromEntries(madeOutputs),
		files: [...made].map(([path, { text }]) => ({ path, text })),
	};
}

/**
 * The plugin that joins chunks at the end of a build.
 * @param folder base of esbuild's paths
 */
export function joinedChunks(stages: readonly Stage[], banner: string, folder = root): Plugin {
	return {
		name: 'joined chunks',
		setup(pass) {
			pass.onEnd(async ({ metafile, outputFiles }) => {
				if (!metafile || !outputFiles) return;
				const files = outputFiles.map(({ path, text }) => ({ path: relative(folder, path), text }));
				const bundle = await joinChunks({ outputs: metafile.outputs, files }, stages, banner);
				metafile.outputs = bundle.outputs;
				outputFiles.splice(
					0,
					outputFiles.length,
					...bundle.files.map(
						({ path, text }): OutputFile => ({
							path: join(folder, path),
							contents: new TextEncoder().encode(text),
							hash: hashOf(text),
							text,
						}),
					),
				);
			});
		},
	};
}
