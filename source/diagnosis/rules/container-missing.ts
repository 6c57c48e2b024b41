import type { Fix } from '../../model/finding.ts';
import type { StackState } from '../../model/state.ts';
import { laketopCommand, line, optionsForProject } from '../../selectors/printed-commands/printed-command.ts';
import { absentProject, projectsFound } from '../../selectors/servers/stack.ts';
import { sayer } from '../../words/message.ts';
import { evidence, fix, type Part, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { isJob, up } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'fix.up all': ['Start the whole stack from the Compose file', 'Compose 파일에 정의된 대로 스택 전체를 시작하세요'],
	'missing.title': ['{service} has no container', '{service}의 컨테이너가 없습니다'],
	'missing.cause': ['The container was removed or never created', '컨테이너가 삭제되었거나 생성된 적이 없습니다'],
	'missing.reason': [
		'The Compose file defines {service}, but Docker has no container for it',
		'Compose 파일에는 {service} 서비스가 있지만 Docker에는 해당 컨테이너가 없습니다',
	],
	'missing.evidence': ['Services with a container: {others}', '컨테이너가 있는 서비스: {others}'],
	'stack missing.title': [
		'The stack is not running: it has no containers',
		'스택이 실행 중이 아닙니다. 컨테이너가 하나도 없습니다',
	],
	'stack missing.cause': [
		'It was removed (docker compose down), or never started on this Docker Engine',
		'스택이 제거되었거나(docker compose down) 이 Docker 엔진에서 시작된 적이 없습니다',
	],
	'stack missing.reason': [
		'Docker responds but has no containers of an Airflow stack',
		'Docker는 응답하지만 Airflow 스택의 컨테이너가 없습니다',
	],
	'project absent.title': [
		'Project {project} has no containers on this Docker Engine',
		'이 Docker 엔진에 프로젝트 {project}의 컨테이너가 없습니다',
	],
	'project absent.cause': [
		'The project name is probably misspelled, or the stack was removed',
		'프로젝트 이름을 잘못 입력했거나 스택이 제거된 것으로 보입니다',
	],
	'project absent.reason': ['Projects on this Docker Engine: {found}', '이 Docker 엔진의 프로젝트: {found}'],
	'project absent.pass': ['Pass --project {name}', '--project {name} 옵션을 사용하세요'],
	'project absent.check': ['Check the name passed to --project', '--project에 지정한 이름을 확인하세요'],
	'stack stopped.title': ['The stack is stopped', '스택 전체가 중지되었습니다'],
	'stack stopped.evidence': [
		'{count} containers exited together, the last at {at:time}',
		'컨테이너 {count}개가 함께 종료되었습니다(마지막 종료 {at:time})',
	],
	'stack stopped.cause': [
		'The whole stack was stopped (docker compose stop)',
		'누군가 스택 전체를 중지했습니다(docker compose stop)',
	],
	'stack stopped.reason': [
		'All containers exited within minutes of each other, and none was started again',
		'모든 컨테이너가 비슷한 시각에 종료되었고 다시 시작된 것이 없습니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Roles by service name. Services of other names break nothing that other parts depend on. */
const roleWords: readonly (readonly [
	RegExp,
	Part & ('database' | 'broker' | 'scheduler' | 'webserver' | 'worker' | 'processor' | 'mlflow'),
])[] = [
	[/postgres|mysql|mariadb/, 'database'],
	[/redis|valkey|rabbitmq/, 'broker'],
	[/airflow.{0,100}dag[-_]?processor/, 'processor'],
	[/airflow.{0,100}scheduler/, 'scheduler'],
	[/airflow.{0,100}(web|api-?server)/, 'webserver'],
	[/airflow.{0,100}worker/, 'worker'],
	[/^mlflow/, 'mlflow'],
];

/** A service of the Compose file that has no container. */
export const containerMissing: Rule = {
	name: 'container missing',
	isSeenAtOnce: true,
	texts,
	find: facts => {
		const { services, isEngineLive } = facts;
		const file = facts.check('compose file');
		if (!isEngineLive || !file || services.length === 0) return [];
		const present = new Set(services.map(({ service }) => service));
		const missing = Object.keys(file.hashes).filter(
			service => !present.has(service) && !file.withoutReplicas?.includes(service),
		);
		return missing.map(service => {
			const role = roleWords.find(([word]) => word.test(service))?.[1];
			return {
				subject: service,
				severity: 'critical' as const,
				since: null,
				title: say('missing.title', { service }),
				evidence: [evidence(say('missing.evidence', { others: [...present].toSorted().join(', ') }))],
				cause: say('missing.cause'),
				reason: say('missing.reason', { service }),
				impact: [role ? say(`impact.${role}`) : say('impact.other', { service })],
				fixes: [up({ name: service, service, replica: null })],
				breaks: role ? [role] : [],
				dependsOn: ['engine' as const],
			};
		});
	},
};

/** The engine answers but has no container of the stack. */
export const stackMissing: Rule = {
	name: 'stack missing',
	isSeenAtOnce: true,
	texts,
	find: ({ services, isEngineLive, project, state }) => {
		if (!isEngineLive || services.some(({ role }) => role !== null)) return [];
		const absent = absentProject(state);
		const found = projectsFound(state);
		const up = fix(say('fix.up all'), { kind: 'compose', verb: 'up', services: [] });
		const words =
			absent === null || found.length === 0
				? {
						title: say('stack missing.title'),
						cause: say('stack missing.cause'),
						reason: say('stack missing.reason'),
						fixes: [up],
					}
				: {
						title: say('project absent.title', { project: absent }),
						cause: say('project absent.cause'),
						reason: say('project absent.reason', { found: found.join(', ') }),
						fixes: [rightProject(state), ...(state.composeFiles.length === 0 ? [] : [up])],
					};
		return [
			{
				subject: project ?? 'mlops',
				severity: 'critical',
				since: null,
				evidence: [],
				impact: [],
				breaks: ['stack', 'database', 'broker', 'scheduler', 'webserver', 'worker', 'processor', 'mlflow'],
				dependsOn: ['engine'],
				...words,
			},
		];
	},
};

/** Names the project that was probably meant: the first one that runs Airflow or MLflow. */
function rightProject(state: StackState): Fix {
	const [name] = state.stack?.otherProjects ?? [];
	if (name === undefined) return fix(say('project absent.check'), { kind: 'advice' });
	const stackOptions = optionsForProject(state, name);
	return fix(say('project absent.pass', { name }), {
		kind: 'type',
		command: laketopCommand({ stackOptions }, line.doctor()),
	});
}

/** The whole stack was stopped, as `docker compose stop` does: one finding instead of one per container. */
export const stackStopped: Rule = {
	name: 'stack stopped',
	isSeenAtOnce: true,
	texts,
	find: ({ services, isEngineLive, project, now }) => {
		const own = services.filter(service => service.role !== null && !isJob(service));
		const ends = own.flatMap(({ it }) => (it.since === null ? [] : [it.since]));
		const last = Math.max(...ends);
		if (!isEngineLive || own.length < 3 || !own.every(({ it }) => it.container.state === 'exited')) return [];
		if (now - last < thresholds.endedMs || last - Math.min(...ends) > stoppedTogetherMs) return [];
		return [
			{
				subject: project ?? 'mlops',
				severity: 'critical',
				since: last,
				title: say('stack stopped.title'),
				evidence: [evidence(say('stack stopped.evidence', { count: own.length, at: last }))],
				cause: say('stack stopped.cause'),
				reason: say('stack stopped.reason'),
				impact: [],
				fixes: [fix(say('fix.up all'), { kind: 'compose', verb: 'up', services: [] })],
				breaks: ['stack', 'database', 'broker', 'scheduler', 'webserver', 'worker', 'processor', 'mlflow'],
				dependsOn: ['engine'],
			},
		];
	},
};

/** Each container may use its grace period, one after the other. */
const stoppedTogetherMs = 5 * 60_000;
