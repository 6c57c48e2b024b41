import type { Container } from '../../source/model/engine/container.ts';

/** A running, healthy container of the project mlops. */
export const container = (id: string, more: Partial<Container> = {}): Container => ({
	id,
	name: `c-${id}`,
	image: 'i',
	project: 'mlops',
	service: id,
	configFiles: null,
	workingDirectory: null,
	state: 'running',
	health: 'healthy',
	createdAt: 0,
	network: 'own',
	replica: null,
	isOneOff: false,
	ports: [],
	mounts: [],
	...more,
});
