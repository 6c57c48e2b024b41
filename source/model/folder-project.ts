/** The Compose project of the folder that laketop was started in, whether or not it has containers. */
export type FolderProject = {
	readonly name: string;
	/** Absolute paths of its Compose files. */
	readonly files: readonly string[];
	/** The folder of the first file. */
	readonly directory: string;
	/** COMPOSE_PROJECT_NAME says so: Compose has to be told the name, as it does not get the variable from laketop. */
	readonly isNamedByEnvironment: boolean;
};
