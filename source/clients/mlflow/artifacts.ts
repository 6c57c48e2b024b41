import type { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { ClientError } from '../../model/failures/failure.ts';
import { type Artifact, isSafePath } from '../../model/mlflow/artifact.ts';
import { inPath } from '../../model/text/outside-id.ts';
import { optionalId, outsideId, outsideList } from '../../model/text/outside-text.ts';
import type { Text } from '../../words/language.ts';
import { phrase } from '../../words/message.ts';
import type { HttpAnswer, HttpRequest, HttpStream } from '../http/http.ts';
import { optionalInt64 } from './mlflow-answers.ts';

/** mlflow/protos/service.proto, ListArtifacts. MLflow leaves `file_size` out where the store does not tell it. */
const artifactsPage = z.object({
	files: z.nullish(
		outsideList(z.object({ path: outsideId, is_dir: z.nullish(z.boolean()), file_size: optionalInt64 })),
	),
	next_page_token: optionalId,
});

/** Pages of a folder that are followed. MLflow's own stores send a folder whole. */
const pagesFollowed = 20;
/** A store in a cloud answers slowly. */
const listTimeoutMs = 30_000;
/** Longest silence of a file that is being sent, ms: a store in a cloud is read whole first. */
const silenceMs = 60_000;

export type ArtifactsSource = {
	readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
	readonly stream: (request: HttpRequest, silenceMs: number) => Promise<HttpAnswer | HttpStream>;
	/** Throws ClientError for an unsuccessful answer. */
	readonly parse: <Output>(answer: HttpAnswer, what: Text, schema: z.ZodMiniType<Output>) => Output;
	readonly problem: (answer: HttpAnswer) => ClientError;
	/** A connection that breaks while a file is read. */
	readonly lost: (error: unknown) => ClientError;
};

export type ArtifactFolder = {
	/** Folders first, then by name. */
	readonly artifacts: readonly Artifact[];
	/** MLflow has more. */
	readonly hasMore: boolean;
};

/** A part of a file from its beginning. */
export type ArtifactPart = { readonly bytes: Buffer; readonly isWhole: boolean };

/**
 * The files that runs logged. The tracking server lists and sends them, wherever they are stored (mlflow/server/handlers.py:
 * `_list_artifacts`, `get_artifact_handler`); a server that was started with `--no-serve-artifacts` reads its own store.
 */
export class MlflowArtifacts {
	readonly #source: ArtifactsSource;

	constructor(source: ArtifactsSource) {
		this.#source = source;
	}

	/** A folder of the run; '' is its top. Throws ClientError. */
	async list(runId: string, folder: string, signal?: AbortSignal): Promise<ArtifactFolder> {
		const at = folder === '' ? '' : `&path=${inPath(folder)}`;
		const artifacts: Artifact[] = [];
		let token: string | null = null;
		for (let pages = 0; pages < pagesFollowed; pages++) {
			const more: string = token === null ? '' : `&page_token=${inPath(token)}`;
			const path = `/api/2.0/mlflow/artifacts/list?run_id=${inPath(runId)}${at}${more}`;
			const answer = await this.#source.send({ path, timeoutMs: listTimeoutMs, signal });
			const page: z.infer<typeof artifactsPage> = this.#source.parse(answer, ['artifacts', '아티팩트'], artifactsPage);
			// A name that leads out of the folder is no artifact of it.
			for (const { path: name, is_dir, file_size } of page.files ?? [])
				if (isSafePath(name)) artifacts.push({ path: name, isFolder: is_dir === true, size: file_size });
			token = page.next_page_token || null;
			if (token === null) break;
		}
		const inOrder = artifacts.toSorted(
			(a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
		);
		return { artifacts: inOrder, hasMore: token !== null };
	}

	/** A file, at most its first `limit` bytes. Throws ClientError. */
	async read(runId: string, path: string, limit: number, signal?: AbortSignal): Promise<ArtifactPart> {
		const parts: Buffer[] = [];
		let length = 0;
		for await (const part of await this.open(runId, path, signal)) {
			parts.push(part);
			length += part.length;
			// Leaving the loop closes the connection.
			if (length > limit) break;
		}
		const bytes = Buffer.concat(parts);
		return { bytes: bytes.subarray(0, limit), isWhole: length <= limit };
	}

	/** The bytes of a file while they arrive. Throws ClientError, also while they are read. */
	async open(runId: string, path: string, signal?: AbortSignal): Promise<AsyncIterable<Buffer>> {
		if (!isSafePath(path))
			throw new ClientError(
				'refused',
				phrase(['{path} is no path of an artifact', '{path}은(는) 아티팩트 경로가 아닙니다'], { path }),
			);
		const request: HttpRequest = {
			path: `/get-artifact?run_id=${inPath(runId)}&path=${inPath(path)}`,
			headers: { accept: '*/*' },
			timeoutMs: silenceMs,
			signal,
		};
		const answer = await this.#source.stream(request, silenceMs);
		if (!('stream' in answer)) throw this.#source.problem(answer);
		return this.#read(answer.stream);
	}

	async *#read(stream: Readable): AsyncIterable<Buffer> {
		try {
			for await (const part of stream) yield Buffer.from(part);
		} catch (error) {
			throw this.#source.lost(error);
		}
	}
}
