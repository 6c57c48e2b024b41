import type { EngineKind } from './engine-kind.ts';
import { podman } from './podman.ts';

/** The engines that the demo can speak as. */
export const engineNames = ['docker-20.10', 'docker-29', 'podman-4.3'] as const;
export type EngineName = (typeof engineNames)[number];

/** Source: moby, api/server/middleware/version.go (headers), httputils (errors: `{"message": …}` whatever the status). */
function docker(version: string, apiVersion: string, minApiVersion: string): EngineKind {
	return {
		version,
		apiVersion,
		minApiVersion,
		headers: {
			'Api-Version': apiVersion,
			'Docker-Experimental': 'false',
			Ostype: 'linux',
			Server: `Docker/${version} (linux)`,
		},
		refusesVersions: true,
		complaint: (status, message) => ({ status, body: { message } }),
		routes: () => [],
	};
}

export const engineKinds: Readonly<Record<EngineName, EngineKind>> = {
	'docker-20.10': docker('20.10.24+dfsg1', '1.41', '1.12'),
	'docker-29': docker('29.0.0', '1.52', '1.44'),
	'podman-4.3': podman,
};
