/** The Compose project of the folder that laketop was started in, whether or not it has containers. */
export type FolderProject = {
	readonly name: string;
	/** Absolute paths of its Compose files. */
	readonly files: readonly string[];
	/** The folder of the first file. */
	readonly directory: string;
	/**
	 * The name comes from COMPOSE_PROJECT_NAME: Compose gets it as an option, because laketop does not pass on the
	 * variable.
	 */
	readonly isNamedByEnvironment: boolean;
};
