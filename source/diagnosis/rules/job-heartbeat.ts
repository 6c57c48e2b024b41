import type { AirflowJob, JobType } from '../../model/airflow/airflow-watch.ts';
import { sayer } from '../../words/message.ts';
import { isPageOk, isSteady } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, type Rule } from '../finding.ts';
import { about, dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';

const texts = {
	'job.title scheduler': ['The scheduler in {service} has stopped', '{service}의 스케줄러가 멈췄습니다'],
	'job.title triggerer': ['The triggerer in {service} has stopped', '{service}의 트리거러가 멈췄습니다'],
	'job.title processor': ['The DAG processor in {service} has stopped', '{service}의 DAG 프로세서가 멈췄습니다'],
	'job.title elsewhere': ['No triggerer is alive', '살아 있는 트리거러가 없습니다'],
	'job.evidence': [
		'Job {id} on host {host}: last heartbeat {age:duration} ago, state {state}',
		'호스트 {host}의 프로세스(job {id}): 마지막 하트비트 {age:duration} 전, 상태 {state}',
	],
	'job.cause': [
		'The container is up but the process sends no heartbeats',
		'컨테이너는 실행 중이지만 프로세스가 하트비트를 보내지 않습니다',
	],
	'job.cause elsewhere': [
		'The triggerer is not running, or cannot reach the database',
		'트리거러가 실행 중이 아니거나 데이터베이스에 연결할 수 없습니다',
	],
	'job.reason': [
		'Airflow itself no longer counts this job as alive ({alive} of its kind {alive|is|are} alive)',
		'Airflow가 이 프로세스(job)를 살아 있는 것으로 보지 않습니다(같은 종류 중 {alive}개가 살아 있음)',
	],
	'job.impact triggerer': [
		'Deferred tasks wait: no triggerer watches for their events',
		'지연(deferred)된 작업이 대기합니다. 이벤트를 감시하는 트리거러가 없습니다',
	],
	'job.impact others': ['The other {alive} {alive|does|do} its work', '나머지 {alive}개가 작업을 대신합니다'],
} as const;
const say = sayer(texts);

/**
 * A scheduler, triggerer or DAG processor whose container runs while Airflow 3 counts its job as dead. Where none of a
 * kind is alive, schedulers and DAG processors have rules of their own, from the health page.
 */
export const jobHeartbeat: Rule = {
	name: 'job heartbeat',
	texts,
	find: facts => {
		const jobs = facts.check('jobs')?.jobs;
		if (!jobs || facts.state.airflowHealth?.metadatabase !== 'healthy' || !isPageOk(facts, 'airflow')) return [];
		const found = facts.services.flatMap(service => {
			const type = typeOf(service);
			const job = type === null ? undefined : newestOn(jobs, type, service);
			if (type === null || !job || job.isAlive || !isSteady(facts, service)) return [];
			const alive = aliveOf(jobs, type);
			return alive === 0 && type !== 'triggerer' ? [] : [draftOf(facts, service, type, job, alive)];
		});
		return found.length > 0 ? found : elsewhere(facts, jobs);
	},
};

function typeOf({ role }: Service): JobType | null {
	return role === 'scheduler' || role === 'triggerer' || role === 'processor' ? role : null;
}

const aliveOf = (jobs: readonly AirflowJob[], type: JobType) =>
	jobs.filter(job => job.type === type && job.isAlive).length;

/** The host name of a container is the beginning of its id, unless its Compose file sets one. */
function newestOn(jobs: readonly AirflowJob[], type: JobType, { it }: Service): AirflowJob | undefined {
	return jobs
		.filter(job => job.type === type && job.hostname !== '' && it.container.id.startsWith(job.hostname))
		.toSorted((a, b) => b.id - a.id)[0];
}

function draftOf(facts: DiagnosisFacts, service: Service, type: JobType, job: AirflowJob, alive: number): Draft {
	return {
		...about(service),
		severity: alive > 0 ? 'warning' : 'critical',
		since: job.heartbeatAt,
		title: say(`job.title ${type}`, { service: service.name }),
		evidence: [seen(facts, job), ...lastLinesEvidence(facts, service)],
		cause: say('job.cause'),
		reason: say('job.reason', { alive }),
		impact: [alive > 0 ? say('job.impact others', { alive }) : say('job.impact triggerer')],
		fixes: [restart(service), readLog(service)],
		dependsOn: dependenciesOf(service),
	};
}

function seen({ now, clockAheadMs }: DiagnosisFacts, { id, hostname, heartbeatAt, state }: AirflowJob) {
	const age = heartbeatAt === null ? 0 : Math.max(0, now + clockAheadMs - heartbeatAt);
	return evidence(say('job.evidence', { id, host: hostname, age, state }));
}

/** A dead triggerer that is in no container laketop can see, such as that of a managed Airflow. */
function elsewhere(facts: DiagnosisFacts, jobs: readonly AirflowJob[]): Draft[] {
	// With a view of the containers, it may be one that is down, or was removed on purpose.
	if (facts.services.length > 0 || facts.state.airflowHealth?.triggerer !== 'unhealthy') return [];
	const newest = jobs.filter(({ type }) => type === 'triggerer').toSorted((a, b) => b.id - a.id)[0];
	if (!newest || newest.isAlive || aliveOf(jobs, 'triggerer') > 0) return [];
	return [
		{
			subject: 'triggerer',
			severity: 'critical',
			since: newest.heartbeatAt,
			title: say('job.title elsewhere'),
			evidence: [seen(facts, newest)],
			cause: say('job.cause elsewhere'),
			reason: say('job.reason', { alive: 0 }),
			impact: [say('job.impact triggerer')],
			fixes: [],
			dependsOn: ['database'],
		},
	];
}
