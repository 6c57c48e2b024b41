import type { Clients } from '../clients/clients.ts';
import { type ComposeClient, ComposeProcess } from '../clients/compose.ts';
import { DockerClient } from '../clients/engine/docker.ts';
import { engineSocketOf } from '../clients/ssh/ssh-compose.ts';
import { SshConnection } from '../clients/ssh/ssh-connection.ts';
import type { Config } from '../config/schema.ts';
import { type ComposeProject, composeProjectOf } from '../model/stack/compose-project.ts';
import type { Clock } from '../model/time/clock.ts';
import { projectToChange } from '../selectors/servers/stack.ts';
import type { StackStore } from './store.ts';

/** Airflow and MLflow are called once their addresses are known. */
export function firstClients({
	config,
	compose,
	clock,
	random,
	store,
}: {
	readonly config: Config;
	readonly compose: ComposeClient | undefined;
	readonly clock: Clock;
	readonly random: () => number;
	readonly store: StackStore;
}): Clients {
	const { kind, address } = config.dockerHost;
	const ssh = kind === 'ssh' ? new SshConnection(address, clock, random) : null;
	return {
		ssh,
		docker: new DockerClient(config.dockerHost, clock.now, ssh),
		compose:
			compose ??
			new ComposeProcess(config.dockerHost, composeProjects(config, store), process.env, engineSocketOf(ssh)),
		airflow: null,
		mlflow: null,
	};
}

/**
 * The Compose project that commands act on at each moment. Kept when its containers are gone: a stack is brought up
 * from the same files after `down`.
 */
function composeProjects(config: Config, store: StackStore): () => ComposeProject {
	let project: ComposeProject | null = null;
	return () => {
		const state = store.current();
		const containers = Object.values(state.containers).map(({ container }) => container);
		const now = composeProjectOf(containers, {
			project: projectToChange(state, config.discovery.project) ?? project?.name ?? null,
			composeFiles: config.composeFiles,
			currentDirectory: process.cwd(),
			folderProject: config.folderProject,
		});
		if (now.origin !== 'default' || project === null || project.origin === 'default') project = now;
		return project;
	};
}
