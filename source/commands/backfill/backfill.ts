import type { BackfillChange } from '../../clients/airflow/airflow3.ts';
import { requires, seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import { change } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { addressUnknown, demandLive } from '../../command-line/exit/failures.ts';
import { dagToChange } from '../../command-line/names/dag-names.ts';
import { type BackfillRequest, type ReprocessBehavior, reprocessBehaviors } from '../../model/airflow/backfill.ts';
import {
	backfillsUnavailable,
	planBackfill,
	planBackfillChange,
	previewOf,
} from '../../operations/dag-runs/backfill.ts';
import type { Planned } from '../../operations/plan/plan.ts';
import { phrase } from '../../words/message.ts';

/** As in Airflow's own form. */
const defaultActiveRuns = 10;

/** `laketop backfill` */
export async function run(context: CommandContext): Promise<number> {
	const { given, io, signal } = context;
	const wanted = wantedOf(context);
	return change(context, {
		watch: ['containers', 'dags'],
		requires: ['dags'],
		plan: async ({ store, clients }): Promise<Planned> => {
			const state = store.current();
			demandLive(state, 'dags');
			const facts = { state, now: io.clock.now() };
			const dagId = dagToChange(context, state);
			if (typeof wanted === 'object') {
				const request = { ...wanted, dagId };
				const unavailable = backfillsUnavailable(state, request);
				if (unavailable) return unavailable;
				const dates = await previewOf(clients, request, signal);
				return 'refused' in dates ? dates : planBackfill(facts, request, dates);
			}
			const unavailable = backfillsUnavailable(state);
			if (unavailable) return unavailable;
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			const newer = await airflow.airflow3('backfills', signal);
			const [newest] = await newer.backfills(dagId, signal);
			if (!newest || (newest.completedAt !== null && given.text('from') === undefined)) {
				const refused = phrase(['{dag} has no active backfill', '{dag}에 진행 중인 백필이 없습니다'], { dag: dagId });
				return { refused, kind: 'refused' };
			}
			return planBackfillChange(facts, newest, await newer.backfillProgress(newest, signal), wanted);
		},
	});
}

/** The backfill to create, or the change of the active one. Throws UsageError. */
function wantedOf({ given, io }: CommandContext): Omit<BackfillRequest, 'dagId'> | BackfillChange {
	const changes = (['pause', 'unpause', 'cancel'] as const).filter(name => given.is(name));
	const [only, ...others] = changes;
	const [from, to] = [given.moment('from', io.clock.now()), given.moment('to', io.clock.now())];
	if (others.length > 0 || (only !== undefined && (from !== undefined || to !== undefined))) {
		throw new UsageError(
			phrase([
				'backfill takes --from and --to, or one of --pause, --unpause and --cancel',
				'backfill에는 --from과 --to, 또는 --pause, --unpause, --cancel 중 하나를 지정합니다',
			]),
			seeHelp('backfill'),
		);
	}
	if (only !== undefined) return only;
	if (from === undefined || to === undefined) {
		throw new UsageError(requires('backfill', '--from DATE --to DATE'), seeHelp('backfill'));
	}
	const maxActiveRuns = given.count('max-active-runs') ?? defaultActiveRuns;
	const named = given.text('reprocess');
	const reprocess: ReprocessBehavior = reprocessBehaviors.find(one => one === named) ?? 'none';
	return { from, to, reprocess, maxActiveRuns, isBackwards: given.is('backwards') };
}
