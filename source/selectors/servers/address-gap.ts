import type { Failure } from '../../model/source.ts';
import type { AddressGap, OutsideServer, ServerName, Stack } from '../../model/stack/discovery.ts';
import type { Text } from '../../words/language.ts';
import { filled, phrase } from '../../words/message.ts';
import { serverTitles } from './stack.ts';

/** Why the address of a server is unknown, and what to do. */
export function addressFailure(stack: Stack, server: ServerName): Failure {
	const { gap, container, outside } = stack.servers[server];
	const title = serverTitles[server];
	const named = { title, flag: `--${server}-url`, container: container ?? title, project: stack.project ?? '' };
	const { message, fix } = texts[gap ?? 'no stack'];
	const fixed = {
		kind: 'unconfigured',
		fix: outside
			? phrase(
					[
						'Outside the stack: {servers}. To use one of them, pass {flag}',
						'스택 밖의 서버: {servers}. 이 중 하나를 사용하려면 {flag}로 지정하세요',
					],
					{ servers: outsideWords(outside), flag: named.flag },
				)
			: filled(fix, named),
	} as const;
	if (gap !== 'no project' || stack.otherProjects.length === 0) return { ...fixed, message: filled(message, named) };
	return {
		...fixed,
		message: phrase(
			[
				'Project {project} has no containers on this engine (projects found: {others})',
				'이 엔진에 {project} 프로젝트의 컨테이너가 없습니다(찾은 프로젝트: {others})',
			],
			{ project: named.project, others: stack.otherProjects.join(', ') },
		),
	};
}

/** How many are named. */
const shownOutside = 3;

/** `lone-mlflow (http://localhost:5600), tracking/mlflow (http://localhost:5601)`. */
export function outsideWords(outside: readonly OutsideServer[]): string {
	const more = outside.length > shownOutside ? ', …' : '';
	return (
		outside
			.slice(0, shownOutside)
			.map(({ name, url }) => `${name} (${url})`)
			.join(', ') + more
	);
}

const texts: Readonly<Record<AddressGap, { readonly message: Text; readonly fix: Text }>> = {
	engine: {
		message: [
			'The address of {title} is unknown: the Docker Engine does not answer',
			'{title} 주소를 알 수 없습니다. Docker 엔진이 응답하지 않습니다',
		],
		fix: ['Start the engine, or pass {flag}', 'Docker 엔진을 시작하거나 {flag}로 지정하세요'],
	},
	'no engine': {
		message: [
			'The address of {title} is unknown: this stack has no containers to discover it from',
			'{title} 주소를 알 수 없습니다. 이 스택에는 주소를 찾을 컨테이너가 없습니다',
		],
		fix: ['Pass {flag}', '{flag}로 지정하세요'],
	},
	'no project': {
		message: [
			'Project {project} has no containers on this engine',
			'이 엔진에 {project} 프로젝트의 컨테이너가 없습니다',
		],
		fix: [
			'Start it with laketop up, choose another with --project, or pass {flag}',
			'laketop up으로 시작하거나 --project로 다른 프로젝트를 선택하거나 {flag}로 지정하세요',
		],
	},
	'no container': {
		message: ['Project {project} has no {title} container', '{project} 프로젝트에 {title} 컨테이너가 없습니다'],
		fix: [
			'Choose another project with --project, or pass {flag}',
			'--project로 다른 프로젝트를 선택하거나 {flag}로 지정하세요',
		],
	},
	'not running': {
		message: [
			'The address of {title} is unknown: {container} is not running',
			'{title} 주소를 알 수 없습니다. {container}이(가) 실행 중이 아닙니다',
		],
		fix: ['Start it with laketop up, or pass {flag}', 'laketop up으로 시작하거나 {flag}로 지정하세요'],
	},
	'not published': {
		message: [
			'The address of {title} is unknown: {container} publishes no port',
			'{title} 주소를 알 수 없습니다. {container}이(가) 포트를 게시하지 않습니다',
		],
		fix: [
			'Publish its port in the Compose file, or pass {flag}',
			'Compose 파일에서 포트를 게시하거나 {flag}로 지정하세요',
		],
	},
	taken: {
		message: [
			'The address of {title} is unknown: its port is now published by {container}, which is not part of the stack',
			'{title} 주소를 알 수 없습니다. 이 스택이 아닌 {container}이(가) 해당 포트를 게시하고 있습니다',
		],
		fix: ['Start the stack on another port, or pass {flag}', '다른 포트로 스택을 시작하거나 {flag}로 지정하세요'],
	},
	'no stack': {
		message: [
			'The address of {title} is unknown: no project on this engine runs Airflow or MLflow',
			'{title} 주소를 알 수 없습니다. 이 엔진에 Airflow나 MLflow를 실행하는 프로젝트가 없습니다',
		],
		fix: ['Start the stack with laketop up, or pass {flag}', 'laketop up으로 스택을 시작하거나 {flag}로 지정하세요'],
	},
};
