import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { isPoolStuck } from './task-waits.ts';

/** Airflow's default size of default_pool (default_pool_task_slot_count). */
const defaultSlots = 128;

/** A pool without slots, or a full one in which no task starts or ends. A full pool that moves is normal. */
export const poolFull: Rule = {
	name: 'pool full',
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
