import { path, text } from '../fields.ts';
import { option } from '../option.ts';

/** Which stack is watched. */
export const stackOptions = {
	project: option(text, {
		meaning: [
			'Compose project of the MLOps stack. Default: discovered by its labels.',
			'MLOps 스택의 Compose 프로젝트. 기본값: 레이블로 찾음.',
		],
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
		meaning: [
			'Compose file of the MLOps stack, or several as in COMPOSE_FILE (base.yml:prod.yml). Default: the files that Compose recorded on the containers, otherwise those of the current folder: docker-compose-mlops.yml, or what Compose itself would read (COMPOSE_FILE, compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml, and its override). Relative to the config file, or from ~/.',
			'MLOps 스택의 Compose 파일. COMPOSE_FILE처럼 여러 개도 됩니다(base.yml:prod.yml). 기본값: Compose가 컨테이너에 기록한 파일, 없으면 현재 폴더의 docker-compose-mlops.yml이나 Compose가 읽을 파일(COMPOSE_FILE, compose.yaml, compose.yml, docker-compose.yml, docker-compose.yaml과 그 override 파일). 경로는 설정 파일 기준이거나 ~/로 시작합니다.',
		],
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
		meaning: [
			'Docker Engine: unix:///path, tcp://host:port or ssh://user@host; or none for a stack without containers, such as managed Airflow. Default: the same as for docker (DOCKER_HOST, contexts, the usual sockets). If no socket exists and airflow.url is set, none.',
			'Docker 엔진: unix:///path, tcp://host:port, ssh://user@host. 관리형 Airflow처럼 컨테이너가 없는 스택은 none. 기본값: docker와 같음(DOCKER_HOST, 컨텍스트, 기본 소켓). 소켓이 없고 airflow.url이 설정되어 있으면 none.',
		],
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
