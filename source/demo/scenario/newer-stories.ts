import { createBackfill } from '../world/airflow/newer.ts';
import { createRun } from '../world/airflow/runs.ts';
import { DAY, SECOND } from '../world/time.ts';
import { after, every, type World } from '../world/world.ts';

/** What happens by itself in an Airflow 3 demo: a question that waits for an answer, and a backfill. */

const FIRST_QUESTION_MS = 12 * SECOND;
/** Between an answer and the next question. */
const QUESTION_PAUSE_MS = 180 * SECOND;
const BACKFILL_MS = 20 * SECOND;
const BACKFILL_EVERY_MS = 900 * SECOND;
const BACKFILL_DAYS = 6;

export function runNewerStories(world: World): void {
	const { story } = world.stack;
	if (story === undefined) return;
	let endedAt = world.time + FIRST_QUESTION_MS - QUESTION_PAUSE_MS;
	let isActive = false;
	every(world, SECOND, () => {
		const isBusy = world.airflow.runs.some(
			({ dagId, state }) => dagId === story.asking && (state === 'running' || state === 'queued'),
		);
		if (isActive && !isBusy) endedAt = world.time;
		isActive = isBusy;
		const dag = world.airflow.dags.get(story.asking);
		if (isBusy || dag === undefined || dag.isPaused || world.time - endedAt < QUESTION_PAUSE_MS) return;
		createRun(world, dag, { dagId: story.asking });
	});
	const backfill = (): void => {
		after(world, BACKFILL_EVERY_MS, backfill);
		const dag = world.airflow.dags.get(story.backfilled);
		const isOpen = world.airflow.newer.backfills.some(
			({ dagId, completedAt }) => dagId === story.backfilled && completedAt === undefined,
		);
		if (dag === undefined || isOpen) return;
		const from = world.time - BACKFILL_DAYS * DAY;
		const wanted = { from, to: world.time, reprocess: 'completed', maxActiveRuns: 1, isBackwards: false };
		createBackfill(world, dag, wanted);
	};
	after(world, BACKFILL_MS, backfill);
}
