import { exactId } from '../text/outside-id.ts';

/** A file or a folder that an MLflow run logged. */
export type Artifact = {
	/** From the top of the run's artifacts, with `/`: `model/model.json`. */
	readonly path: string;
	readonly isFolder: boolean;
	/** Bytes; null: a folder, or the store does not tell. */
	readonly size: number | null;
};

/**
 * Whether a path stays within the artifacts of its run. A server that names others is broken, or hostile (MLflow itself
 * refuses them: mlflow/utils/uri.py, validate_path_is_safe).
 */
export function isSafePath(given: string): boolean {
	const path = exactId(given);
	return (
		path !== '' &&
		!path.startsWith('/') &&
		!/[\\\0]/.test(path) &&
		path.split('/').every(part => part !== '' && part !== '.' && part !== '..')
	);
}

/** The last part of a path. */
export const artifactName = (path: string): string => path.split('/').at(-1) ?? path;

/** The folder of a path; '' is the top. */
export const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

/**
 * A name for the file on this host: letters, digits and a few marks, no beginning dot, so that it is neither hidden nor an
 * option of a command.
 */
export function fileNameOf(path: string): string {
	const name = artifactName(path)
		.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-')
		.replace(/^[.\s-]+/, '')
		.slice(0, 150);
	return name === '' ? 'artifact' : name;
}

/** The text of a file's first bytes; null: they are no text. */
export function textOfArtifact(bytes: Uint8Array, isWhole: boolean): string | null {
	if (bytes.includes(0)) return null;
	try {
		// The end of a part may be within a character.
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
	} catch {
		return null;
	}
}
