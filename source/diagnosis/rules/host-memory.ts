import { sayer } from '../../words/message.ts';
import { evidence, findingId, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { about } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'host memory.title': ['The host is nearly out of memory', '호스트 메모리가 거의 소진되었습니다'],
	'host memory.evidence': [
		'{free:bytes} of {total:bytes} available, {swap:bytes} of swap free',
		'전체 {total:bytes} 중 사용 가능 {free:bytes}, 남은 스왑 {swap:bytes}',
	],
	'host memory.cause': [
		'The programs on this host need more memory than it has. The largest container is {service}',
		'호스트의 프로그램들이 사용 가능한 메모리보다 많이 사용합니다. 가장 큰 컨테이너는 {service}입니다',
	],
	'host memory.reason': ['Reported by the kernel (MemAvailable)', '커널이 계산한 값입니다(MemAvailable)'],
	'host memory.impact': [
		'The kernel swaps, then kills processes. A task or service may end without warning',
		'커널이 스왑을 사용하다가 프로세스를 강제 종료합니다. 작업이나 서비스가 예고 없이 종료될 수 있습니다',
	],
	'host memory.fix': [
		'Lower AIRFLOW__CELERY__WORKER_CONCURRENCY, or stop programs you do not need',
		'AIRFLOW__CELERY__WORKER_CONCURRENCY를 줄이거나 불필요한 프로그램을 중지하세요',
	],
	'cpu.title': ['{service} is throttled by its CPU limit', '{service}이(가) CPU 한도로 제한되고 있습니다'],
	'cpu.evidence': [
		'CPU usage stays at {used}%, the limit is {limit}%',
		'CPU를 계속 {used}% 사용하고 있으며 한도는 {limit}%입니다',
	],
	'cpu.cause': [
		'Its workload needs more CPU than the limit allows',
		'작업에 필요한 CPU 시간이 설정된 한도보다 많습니다',
	],
	'cpu.reason': [
		'Usage is at the limit of this container, not of the host',
		'호스트가 아니라 이 컨테이너에 설정된 한도에 도달해 있습니다',
	],
	'cpu.impact': [
		'It responds slowly: health checks and heartbeats are late, and tasks take longer',
		'응답이 느려져 헬스 체크와 하트비트가 늦어지고 작업 시간이 길어집니다',
	],
	'cpu.fix': ['Raise cpus of {service} in the Compose file', 'Compose 파일에서 {service}의 cpus를 늘리세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const name = 'host memory low';

/** The engine's host is nearly out of memory, whatever the limits of containers. */
export const hostMemoryLow: Rule = {
	name,
	texts,
	find: facts => {
		const memory = facts.check('host memory');
		if (!memory) return [];
		const { totalBytes: total, availableBytes: free, swapFreeBytes: swap } = memory;
		const [from, until] = thresholds.hostMemoryShare;
		if (free / total >= (facts.was(findingId(name, 'host')) ? until : from)) return [];
		const largest = facts.services.toSorted(
			(a, b) => (b.it.use?.last.memoryBytes ?? 0) - (a.it.use?.last.memoryBytes ?? 0),
		)[0];
		return [
			{
				subject: 'host',
				severity: 'critical',
				since: null,
				title: say('host memory.title'),
				evidence: [evidence(say('host memory.evidence', { free, total, swap }))],
				cause: say('host memory.cause', { service: largest?.name ?? '-' }),
				reason: say('host memory.reason'),
				impact: [say('host memory.impact')],
				fixes: [
					fix(say('host memory.fix'), { kind: 'advice' }),
					...(largest ? [look(say('fix.inspect'), 'inspect', largest.container)] : []),
				],
			},
		];
	},
};

/** A container that is throttled by its CPU limit. */
export const cpuAtLimit: Rule = {
	name: 'cpu at limit',
	texts,
	find: facts =>
		facts.services.flatMap(service => {
			const { container, use } = service.it;
			const limit = facts.check('setup', container.id)?.setup.cpuLimit;
			const recent = use?.cpuHistory.slice(-thresholds.cpuSamples) ?? [];
			if (!limit || container.state !== 'running' || recent.length < thresholds.cpuSamples) return [];
			const least = Math.min(...recent);
			if (least < limit * 100 * thresholds.cpuShare) return [];
			return [
				{
					...about(service),
					severity: 'warning',
					since: null,
					title: say('cpu.title', { service: service.name }),
					evidence: [evidence(say('cpu.evidence', { used: Math.round(least), limit: Math.round(limit * 100) }))],
					cause: say('cpu.cause'),
					reason: say('cpu.reason'),
					impact: [say('cpu.impact')],
					fixes: [
						fix(say('cpu.fix', { service: service.name }), { kind: 'advice' }),
						look(say('fix.inspect'), 'inspect', service.container),
					],
				},
			];
		}),
};
