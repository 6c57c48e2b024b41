import * as z from 'zod/mini';
import { failureKinds } from '../../model/source.ts';
import { addressOrigins } from '../../model/stack/discovery.ts';
import { about, flag, optionalCount, optionalText, text } from './fields.ts';

/** Parts of the documents of `--json` about the servers, their pages and the stack that they belong to. */

export const failurePart = z.object({
	kind: z.enum(failureKinds),
	message: text('What happened and where, in one line'),
	fix: text('What to do; empty if there is nothing to do but wait'),
});
export type FailurePart = z.infer<typeof failurePart>;

export const sourcePart = z.object({
	name: about(z.enum(['docker', 'airflow', 'mlflow']), 'Server'),
	state: about(
		z.enum(['live', 'failed', 'waiting', 'absent']),
		'waiting: no answer in time; absent: the stack has no such server',
	),
	version: optionalText('Version of the server'),
	address: optionalText('Address of the requests'),
	address_origin: about(z.enum(addressOrigins), 'Where the address comes from'),
	through_ssh: flag("Requests go through the ssh connection to the engine's host"),
	is_guess: flag(
		'The address is guessed: the server may belong to another stack. It gets no login and no changes, and is not diagnosed',
	),
	failure: about(z.nullable(failurePart), 'Why it failed; null if live or absent'),
});
export type SourcePart = z.infer<typeof sourcePart>;

/** A server, or the checks as a whole, that did not answer. */
export const notCheckedPart = z.object({
	name: about(
		z.enum(['docker', 'airflow', 'mlflow', 'checks']),
		'What did not answer; checks: the checks of containers and host',
	),
	failure: failurePart,
});

export const pagePart = z.object({
	id: text('airflow, mlflow, trino, grafana, superset, or a configured name'),
	title: text('Display name'),
	url: text('Address of the page'),
	is_guess: flag('The address is guessed: the page may belong to another stack'),
	ok: about(z.nullable(z.boolean()), 'Whether it answers; null if not checked yet'),
	http_status: optionalCount('HTTP status of the response'),
	answer_ms: optionalCount('Response time, ms'),
	problem: text('Why it failed; empty if ok'),
});
export type PagePart = z.infer<typeof pagePart>;

/** Which project a document is about. */
export const ownProjects = {
	project: optionalText('Compose project of the MLOps stack; null if none was found'),
	folder_project: optionalText(
		'Compose project of the current folder, if it has no containers and another project is shown instead; otherwise null',
	),
};
