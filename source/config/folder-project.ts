import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { readRegularFile } from '../clients/regular-file.ts';
import type { FolderProject } from '../model/stack/folder-project.ts';
import type { Environment } from './layers.ts';

/** The guide's file, then those that Compose searches, in its order (compose-go, cli/options.go, DefaultFileNames). */
const defaultFiles = [
	'docker-compose-mlops.yml',
	'compose.yaml',
	'compose.yml',
	'docker-compose.yml',
	'docker-compose.yaml',
];

/** Those that Compose adds to one of its own, in its order (compose-go, cli/options.go, DefaultOverrideFileNames). */
const overrideFiles = [
	'compose.override.yml',
	'compose.override.yaml',
	'docker-compose.override.yml',
	'docker-compose.override.yaml',
];

/**
 * The Compose project of a folder, named as by Compose: COMPOSE_PROJECT_NAME, else `name:` in the file, else the
 * folder. The files are the configured ones, else COMPOSE_FILE's, else a usual one with its override, in the folder or
 * the nearest one above it. null if there is no file, or if only Compose can find its name.
 */
export function readFolderProject(
	folder: string,
	environment: Environment,
	composeFiles: readonly string[] | undefined,
): FolderProject | null {
	const own = { ...variablesIn(join(folder, '.env')), ...given(environment) };
	const files = composeFiles ?? listedFiles(folder, own) ?? nearestFiles(folder);
	const [first] = files;
	if (first === undefined) return null;
	const texts = files.map(textOf);
	if (texts.every(text => text === null)) return null;
	const directory = dirname(first);
	const beside = directory === folder ? own : { ...variablesIn(join(directory, '.env')), ...given(environment) };
	const fromEnvironment = beside.COMPOSE_PROJECT_NAME;
	if (fromEnvironment) return { name: fromEnvironment, files, directory, isNamedByEnvironment: true };
	// The last file that names the project decides.
	const written = texts.flatMap(text => nameIn(text ?? '') ?? []).at(-1);
	const name = written === undefined ? nameOfFolder(directory) : filledIn(written, beside);
	return name === null || name === '' ? null : { name, files, directory, isNamedByEnvironment: false };
}

type Variables = Readonly<Record<string, string | undefined>>;

function given(environment: Environment): Variables {
	return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

function listedFiles(folder: string, variables: Variables): string[] | undefined {
	const list = variables.COMPOSE_FILE;
	if (!list) return undefined;
	const separator = variables.COMPOSE_PATH_SEPARATOR || delimiter;
	return list
		.split(separator)
		.filter(Boolean)
		.map(path => resolve(folder, path));
}

/** Compose searches the folders above too, up to the root (compose-go, cli/options.go, WithDefaultConfigPath). */
function nearestFiles(folder: string): string[] {
	for (let at = folder; ; at = dirname(at)) {
		const files = filesIn(at);
		if (files.length > 0 || at === dirname(at)) return files;
	}
}

function filesIn(folder: string): string[] {
	const firstOf = (names: readonly string[]) => names.find(name => textOf(join(folder, name)) !== null);
	const base = firstOf(defaultFiles);
	// The guide names its file to Compose, which then adds nothing.
	const override = base === undefined || base === defaultFiles[0] ? undefined : firstOf(overrideFiles);
	return [base, override].flatMap(name => (name === undefined ? [] : [join(folder, name)]));
}

function textOf(path: string): string | null {
	try {
		return readRegularFile(path);
	} catch {
		return null;
	}
}

/** Top-level keys are at the start of a line, which nothing nested in block style is. */
function nameIn(text: string): string | null {
	const value = /^name:(.*)$/m.exec(text)?.[1] ?? null;
	return value === null ? null : unquoted(value.trim());
}

function unquoted(value: string): string {
	const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(value.trim());
	const comment = value.search(/\s#/);
	return quoted?.[2] ?? (comment === -1 ? value : value.slice(0, comment)).trim();
}

/** null if a form is used that only Compose supports. */
function filledIn(text: string, variables: Variables): string | null {
	const filled = text.replace(/\$(?:\{(\w+)(?::?-([^${}]*))?\}|(\w+))/g, (_all, braced, otherwise, plain) => {
		return variables[String(braced ?? plain)] ?? String(otherwise ?? '');
	});
	return filled.includes('$') ? null : filled;
}

/** Compose's conversion of a folder name (compose-go, loader.NormalizeProjectName). */
function nameOfFolder(directory: string): string {
	return basename(directory)
		.toLowerCase()
		.replace(/[^a-z0-9_-]/g, '')
		.replace(/^[_-]+/, '');
}

function variablesIn(path: string): Variables {
	const lines = textOf(path)?.split(/\r?\n/) ?? [];
	return Object.fromEntries(
		lines.flatMap(line => {
			const [before = '', ...value] = line.split('=');
			const name = before
				.trim()
				.replace(/^export\s/, '')
				.trim();
			return /^\w+$/.test(name) && value.length > 0 ? [[name, unquoted(value.join('=').trim())]] : [];
		}),
	);
}
