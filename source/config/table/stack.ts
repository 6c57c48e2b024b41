import { path, text } from '../fields.ts';
import { option } from '../option.ts';

/** Which stack is watched. */
export const stackOptions = {
	project: option(text, {
		examples: ['mlops'],
		flag: {
			name: 'project',
			value: { name: 'NAME', kind: 'project' },
			help: ['Compose project of the MLOps stack', 'MLOps 스택의 Compose 프로젝트'],
		},
		discovered: true,
		namesStack: true,
		isPlace: true,
		isOfStack: true,
		risk: 'servers',
	}),
	compose_file: option(path, {
		examples: ['/srv/mlops/docker-compose-mlops.yml', 'compose.yaml:compose.prod.yaml'],
		flag: {
			name: 'compose-file',
			value: { name: 'FILE', kind: 'file' },
			help: [
				'Compose file of the stack, or several: A:B (default: from its containers, otherwise this folder)',
				'스택의 Compose 파일, 여러 개는 A:B(기본값: 컨테이너에 기록된 파일, 없으면 현재 폴더의 파일)',
			],
		},
		discovered: true,
		namesStack: true,
		isPlace: true,
		isOfProject: true,
		isOfStack: true,
		risk: 'file',
	}),
	docker_host: option(text, {
		examples: ['ssh://ops@db-host', 'none'],
		flag: {
			name: 'docker-host',
			value: { name: 'URL', kind: 'address' },
			help: [
				'Docker Engine: unix:///path, tcp://host:port, ssh://user@host, or none',
				'Docker 엔진: unix:///path, tcp://host:port, ssh://user@host 또는 none',
			],
		},
		namesStack: true,
		isPlace: true,
		isOfStack: true,
		risk: 'engine',
	}),
};
