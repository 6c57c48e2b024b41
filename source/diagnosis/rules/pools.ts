import { sayer } from '../../words/message.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { isPoolStuck } from '../stuck-pool.ts';

const texts = {
	'pool.title': ['Pool {pool} has no slots', '풀 {pool}에 슬롯이 없습니다'],
	'pool.full.title': ['Pool {pool} is full', '풀 {pool}이(가) 가득 찼습니다'],
	'pool.evidence': [
		'{slots} {slots|slot|slots}: {running} running, {queued} queued, {scheduled} {scheduled|task|tasks} waiting',
		'슬롯 {slots}개, 실행 {running}, 대기 {queued}, 슬롯을 기다리는 작업 {scheduled}개',
	],
	'pool.zero.cause': [
		'The pool is set to {slots} slots, so none of its tasks can run',
		'슬롯이 {slots}개로 설정되어 이 풀의 작업은 실행될 수 없습니다',
	],
	'pool.full.cause': [
		'More tasks are ready to run than the pool allows at once',
		'풀에서 허용하는 수보다 많은 작업이 동시에 실행되려고 합니다',
	],
	'pool.reason': ['Reported by Airflow', 'Airflow에서 확인한 내용입니다'],
	'pool.impact': ['Tasks in this pool stay scheduled', '이 풀의 작업은 예약됨(scheduled) 상태로 남습니다'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/** Airflow's default size of default_pool (default_pool_task_slot_count). */
const defaultSlots = 128;

/** A pool without slots, or a full one in which no task starts or ends. A full pool that moves is normal. */
export const poolFull: Rule = {
	name: 'pool full',
	texts,
	find: facts => {
		if (!facts.isAirflowLive) return [];
		return (facts.check('pools')?.pools ?? []).flatMap(({ name: pool, slots, open, running, queued, scheduled }) => {
			// -1 is no limit (airflow/models/pool.py).
			if (slots < 0) return [];
			const isZero = slots === 0;
			const waits = scheduled > 0;
			if (isZero ? !waits && pool !== 'default_pool' : !(open <= 0 && waits && isPoolStuck(facts, pool))) return [];
			const wanted = isZero ? defaultSlots : Math.max(slots * 2, slots + scheduled);
			return [
				{
					subject: pool,
					severity: isZero ? ('critical' as const) : ('warning' as const),
					since: null,
					title: isZero ? say('pool.title', { pool }) : say('pool.full.title', { pool }),
					evidence: [evidence(say('pool.evidence', { slots, running, queued, scheduled }))],
					cause: isZero ? say('pool.zero.cause', { slots }) : say('pool.full.cause'),
					reason: say('pool.reason'),
					impact: [say('pool.impact')],
					fixes: [fix(say('pool.fix', { pool, slots: wanted }), { kind: 'pool', pool, slots: wanted })],
					breaks: [`pool ${pool}` as const],
				},
			];
		});
	},
};
