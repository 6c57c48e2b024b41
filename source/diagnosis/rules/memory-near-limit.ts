import { sayer } from '../../words/message.ts';
import { evidence, findingId, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { about, brokenBy, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'memory.title': ['{service} is close to its memory limit', '{service}의 메모리 사용량이 한도에 가깝습니다'],
	'memory.evidence': [
		'{used:bytes} of {limit:bytes} ({share:percent})',
		'{limit:bytes} 중 {used:bytes} 사용({share:percent})',
	],
	'memory.cause': ['It uses nearly all the memory it is allowed', '허용된 메모리를 거의 모두 사용하고 있습니다'],
	'memory.reason': [
		'The limit is set on this container, not on the host',
		'호스트가 아니라 이 컨테이너에 설정된 한도입니다',
	],
	'memory.impact': [
		'At the limit the kernel kills the largest process. A task then fails without a log',
		'한도에 도달하면 커널이 메모리를 가장 많이 쓰는 프로세스를 강제 종료하여 작업이 로그 없이 실패합니다',
	],
	'oom.title': ['A process in {service} was OOM-killed', '{service}의 프로세스가 메모리 부족으로 강제 종료되었습니다'],
	'oom.evidence': ['Out of memory at {at:time}', '메모리 부족(OOM) 발생 시각 {at:time}'],
	'oom.task.evidence': [
		'{task} of DAG run {run} ended at {at:time}: probably the killed process',
		'DAG 실행 {run}의 {task}이(가) {at:time}에 종료되었습니다. 이 작업이 강제 종료된 것으로 보입니다',
	],
	'oom.cause': ['The container reached its memory limit', '컨테이너가 메모리 한도에 도달했습니다'],
	'oom.reason': [
		'Docker reported an oom event, and the container kept running',
		'Docker가 oom 이벤트를 보냈고 컨테이너 자체는 계속 실행 중입니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const name = 'memory near limit';

/** A container close to its own memory limit. */
export const memoryNearLimit: Rule = {
	name,
	texts,
	find: facts =>
		facts.services.flatMap(service => {
			const { container, use } = service.it;
			const limit = facts.check('setup', container.id)?.setup.memoryLimitBytes;
			if (!limit || !use || container.state !== 'running') return [];
			const used = use.last.memoryBytes;
			const [from, until] = thresholds.memoryShare;
			const share = used / limit;
			if (share < (facts.was(findingId(name, about(service).subject)) ? until : from)) return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: null,
					title: say('memory.title', { service: service.name }),
					evidence: [evidence(say('memory.evidence', { used, limit, share }))],
					cause: say('memory.cause'),
					reason: say('memory.reason'),
					impact: [say('memory.impact')],
					fixes: [
						fix(say('memory.fix', { service: service.name }), { kind: 'advice' }),
						restart(service),
						look(say('fix.inspect'), 'inspect', service.container),
					],
				},
			];
		}),
};

/** The kernel killed a process in a container that kept running: a task that failed without a log. */
export const oomKilled: Rule = {
	name: 'oom killed',
	texts,
	find: facts =>
		facts.services.flatMap(service => {
			const { container, oomAt } = service.it;
			if (oomAt === null || container.state !== 'running' || facts.now - oomAt > thresholds.oomNewsMs) return [];
			const victims = facts
				.tasks()
				.filter(
					({ state, endedAt }) =>
						service.role === 'worker' &&
						(state === 'failed' || state === 'up_for_retry') &&
						endedAt !== null &&
						endedAt > oomAt - 5000 &&
						endedAt < oomAt + 90_000,
				);
			return [
				{
					...about(service),
					severity: 'critical',
					since: oomAt,
					title: say('oom.title', { service: service.name }),
					evidence: [
						evidence(say('oom.evidence', { at: oomAt })),
						...victims.map(task =>
							evidence(say('oom.task.evidence', { task: task.taskId, run: task.dagRunId, at: task.endedAt ?? oomAt })),
						),
					],
					cause: say('oom.cause'),
					reason: say('oom.reason'),
					impact: [say('memory.impact')],
					fixes: [
						fix(say('memory.fix', { service: service.name }), { kind: 'advice' }),
						look(say('fix.inspect'), 'inspect', service.container),
					],
					breaks: victims.map(task => `task ${task.dagId}/${task.dagRunId}/${task.taskId}` as const),
					dependsOn: brokenBy(service),
				},
			];
		}),
};
