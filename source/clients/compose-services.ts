import * as z from 'zod/mini';
import { type AirflowProcess, airflowProcessIn } from '../model/airflow/airflow-process.ts';
import { ClientError } from '../model/failures/failure.ts';
import { ignored, outsideList, outsideName, outsideText } from '../model/text/outside-text.ts';
import { phrase } from '../words/message.ts';
import { kept } from './airflow/kept-sessions.ts';
import type { PlainLogin } from './airflow/plain-login.ts';
import { airflowUserIn } from './engine/airflow-user.ts';
import { parseOutsideJson } from './outside-json.ts';

/** A service of the Compose files, as Compose reads them. */
export type ComposeService = {
	readonly name: string;
	readonly image: string;
	/** Containers that `up` creates: none with `scale: 0` or `deploy.replicas: 0`. */
	readonly replicas: number;
	/** Profiles that enable it; empty: it is always part of the stack. */
	readonly profiles: readonly string[];
	readonly airflowProcess?: AirflowProcess | undefined;
	/** The user that Airflow's entry point creates with this environment; a secret. */
	readonly login: PlainLogin | null;
};

/** Characters of `docker compose config`: the official file of Airflow, with nine services, has 30 thousand. */
export const configLimit = 4 * 1024 * 1024;

const words = z.nullish(outsideList(outsideText));
const serviceShape = z.object({
	image: z.nullish(outsideText),
	entrypoint: words,
	command: words,
	scale: z.nullish(z.number()),
	deploy: z.nullish(z.object({ replicas: z.nullish(z.number()) })),
	profiles: z.nullish(outsideList(outsideName)),
	// A variable that is too long for a name or a password is neither.
	environment: z.nullish(z.record(outsideName, z.nullish(z.union([kept, ignored])))),
});

/** Output of `docker compose config --format json`: the compose-spec in its long form. */
export const composeConfigAnswer = z.object({ services: z.nullish(z.record(outsideName, serviceShape)) });

/** The services of `docker compose config --format json`. Throws ClientError if it is something else. */
export function composeServicesIn(text: string): ComposeService[] {
	try {
		const { services } = composeConfigAnswer.parse(parseOutsideJson(text));
		return Object.entries(services ?? {}).map(([name, service]) => serviceOf(name, service));
	} catch {
		throw new ClientError(
			'protocol',
			phrase(['docker compose config: unexpected output', 'docker compose config: 예상하지 못한 출력']),
		);
	}
}

function serviceOf(name: string, service: z.infer<typeof serviceShape>): ComposeService {
	const { image, entrypoint, command, scale, deploy, profiles, environment } = service;
	// An image of Airflow has an entry point of its own, which Compose does not know.
	const started = [...(entrypoint ?? ['/entrypoint']), ...(command ?? [])].join(' ');
	return {
		name,
		image: image ?? '',
		// As compose-go does (types.ServiceConfig.GetScale).
		replicas: scale ?? deploy?.replicas ?? 1,
		profiles: profiles ?? [],
		airflowProcess: airflowProcessIn(started) ?? undefined,
		// Compose escapes the dollar sign, so that its output can be read again.
		login: airflowUserIn(variable => (environment?.[variable] ?? '').replaceAll('$$', '$')),
	};
}
