import { dirname, isAbsolute, join } from 'node:path';
import type { Container } from '../engine/container.ts';
import type { FolderProject } from './folder-project.ts';

/** How `docker compose` is pointed at the stack. */
export type ComposeProject = {
	/** null: the name in the file. */
	readonly name: string | null;
	/** Absolute paths on this host. */
	readonly files: readonly string[];
	/** The folder of relative paths in the files, and of `.env`. */
	readonly directory: string;
	/** Where the files come from: the configuration, the labels of the containers, or the guide. */
	readonly origin: 'configured' | 'labels' | 'default';
};

/** The file of the guide. */
const defaultFile = 'docker-compose-mlops.yml';

/**
 * The Compose files of a project: configured, else from the labels of the project's containers
 * (`com.docker.compose.project.config_files`, `.working_dir`), else those of the current folder, else the guide's file
 * there.
 */
export function composeProjectOf(
	containers: readonly Container[],
	options: {
		readonly project: string | null;
		readonly composeFiles?: readonly string[] | undefined;
		readonly currentDirectory: string;
		readonly folderProject?: FolderProject | null | undefined;
	},
): ComposeProject {
	const { project: name, composeFiles = [], currentDirectory } = options;
	const absolute = (path: string, from: string) => (isAbsolute(path) ? path : join(from, path));
	const [first, ...more] = composeFiles.map(file => absolute(file, currentDirectory));
	if (first !== undefined) return { name, files: [first, ...more], directory: dirname(first), origin: 'configured' };
	const noted = containers.find(one => name !== null && one.project === name && one.configFiles);
	if (noted?.configFiles) {
		const directory = noted.workingDirectory ?? currentDirectory;
		const files = noted.configFiles.split(',').map(path => absolute(path.trim(), directory));
		return { name, files, directory, origin: 'labels' };
	}
	const own = options.folderProject ?? null;
	if (own !== null && (name === null || name === own.name)) {
		return {
			name: name ?? (own.isNamedByEnvironment ? own.name : null),
			files: own.files,
			directory: own.directory,
			origin: 'default',
		};
	}
	return { name, files: [join(currentDirectory, defaultFile)], directory: currentDirectory, origin: 'default' };
}

/** The options that select the project for `docker compose`. */
export function composeOptions({ name, files, directory }: ComposeProject): string[] {
	const [file] = files;
	const isBeside = file !== undefined && dirname(file) === directory;
	return [
		...files.flatMap(one => ['-f', one]),
		...(isBeside ? [] : ['--project-directory', directory]),
		...(name === null ? [] : ['-p', name]),
	];
}
