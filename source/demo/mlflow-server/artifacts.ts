import type { Call } from '../server/routes.ts';
import { bytesOf, type TrackingStore } from '../world/mlflow/tracking-store.ts';
import { isMlflow3 } from '../world/versions.ts';
import { invalid, missing, sendText } from './reply.ts';

const serverError =
	'<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.</p>\n';

/**
 * A file of a run, as an attachment (mlflow/server/handlers.py, `get_artifact_handler`), JSON as plain text too. For a
 * folder or a missing file MLflow 2 fails; tried on 2.9.2 and 3.17.2.
 */
export function sendArtifact({ runs, version }: TrackingStore, call: Call): void {
	const id = call.query.get('run_id') ?? call.query.get('run_uuid') ?? '';
	const path = call.query.get('path') ?? '';
	if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..')) throw invalid('Invalid path');
	const run = runs.get(id);
	if (run === undefined) throw missing(`Run with id=${id} not found`);
	const found = run.artifacts.find(one => one.path === path);
	const bytes = found && bytesOf(found);
	if (!bytes) {
		const full = `'${run.experimentId}/${id}/artifacts/${path}'`;
		if (!isMlflow3(version)) return sendText(call, serverError, 'text/html; charset=utf-8', 500);
		throw found
			? invalid(`Artifact path refers to a directory, not a file: ${full}`)
			: missing(`No such artifact: ${full}`);
	}
	const name = path.split('/').at(-1) ?? '';
	call.response.setHeader('Content-Disposition', `attachment; filename=${name}`);
	call.response.setHeader('X-Content-Type-Options', 'nosniff');
	call.response.writeHead(200, {
		'Content-Type': /\.png$/.test(path) ? 'image/png' : 'text/plain',
		'Content-Length': bytes.length,
	});
	call.response.end(bytes);
}
