import { createRandom, hash } from '../random.ts';
import type { Container } from './container.ts';

/** The labels that Docker Compose 2 puts on a container. */
export function labelsOf(container: Container): Record<string, string> {
	const { project, service, dependsOn, image, replica = 1, isOneOff = false } = container.definition;
	return {
		'com.docker.compose.config-hash': createRandom(hash(`${service}/${image}`)).hex(64),
		'com.docker.compose.container-number': String(replica),
		'com.docker.compose.depends_on': dependsOn
			.map(name => `${name}:${name.endsWith('-init') ? 'service_completed_successfully' : 'service_healthy'}:false`)
			.join(','),
		'com.docker.compose.image': container.imageId,
		'com.docker.compose.oneoff': isOneOff ? 'True' : 'False',
		'com.docker.compose.project': project.name,
		'com.docker.compose.project.config_files': project.configFile,
		'com.docker.compose.project.working_dir': project.workingDir,
		'com.docker.compose.service': service,
		'com.docker.compose.version': '2.29.7',
	};
}
