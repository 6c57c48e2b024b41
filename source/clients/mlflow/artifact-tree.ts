import type { Artifact } from '../../model/mlflow/artifact.ts';
import type { ArtifactFolder, MlflowArtifacts } from './artifacts.ts';

/** Folders that are listed, one request each, and entries that are kept. */
const foldersListed = 200;
const entriesKept = 5000;

/**
 * All artifacts below a folder, each folder before what is in it. `hasMore`: there are more folders or entries than that.
 * Throws ClientError.
 */
export async function listTree(
	source: Pick<MlflowArtifacts, 'list'>,
	runId: string,
	folder: string,
	signal?: AbortSignal,
): Promise<ArtifactFolder> {
	let requests = 0;
	let hasMore = false;
	const artifacts: Artifact[] = [];
	const visit = async (at: string): Promise<void> => {
		if (requests >= foldersListed || artifacts.length >= entriesKept) {
			hasMore = true;
			return;
		}
		requests++;
		const found = await source.list(runId, at, signal);
		hasMore ||= found.hasMore;
		for (const one of found.artifacts) {
			artifacts.push(one);
			// A server that names a folder in another place could be followed for ever.
			if (one.isFolder && one.path.startsWith(at === '' ? '' : `${at}/`) && one.path.length > at.length)
				await visit(one.path);
		}
	};
	await visit(folder);
	return { artifacts: artifacts.slice(0, entriesKept), hasMore: hasMore || artifacts.length > entriesKept };
}
