import type { Dag } from '../world/airflow/airflow-state.ts';
import { createRun, preciseNow } from '../world/airflow/runs.ts';
import { workersOf } from '../world/airflow/workers.ts';
import { say } from '../world/logs/container-log.ts';
import { structuredLine } from '../world/logs/structured-log.ts';
import { logTime, pythonTime, SECOND } from '../world/time.ts';
import { after, containerOf, every, type World } from '../world/world.ts';

/**
 * What happens by itself in the demo: one run after another, a failure now and then, an unhealthy container now and
 * then.
 */

const FIRST_RUN_MS = 5 * SECOND;
const PAUSE_MS = 20 * SECOND;
/** Its probes start to fail, and after three failures it is unhealthy: at about 40 s. */
const FIRST_UNHEALTHY_MS = 13 * SECOND;
const UNHEALTHY_MS = 45 * SECOND;
const UNHEALTHY_EVERY_MS = 240 * SECOND;

const FAILING = ['bronze_to_silver', 'feature_engineering', 'model_training', 'model_evaluation'] as const;

export function runAutopilot(world: World): void {
	const { mainDag, parts } = world.stack;
	let started = 0;
	let endedAt = world.time + FIRST_RUN_MS - PAUSE_MS;
	let active = false;
	every(world, 500, () => {
		const busy = world.airflow.runs.some(
			run => run.dagId === mainDag && (run.state === 'running' || run.state === 'queued'),
		);
		if (active && !busy) endedAt = world.time;
		active = busy;
		const dag = world.airflow.dags.get(mainDag);
		if (busy || dag === undefined || dag.isPaused || world.time - endedAt < PAUSE_MS) return;
		started++;
		const logicalDate = preciseNow(world);
		const run = createRun(world, dag, {
			dagId: mainDag,
			logicalDate,
			runId: `manual__${pythonTime(logicalDate)}`,
		});
		const random = world.random.fork(`autopilot/${started}`);
		const failing = failingIn(dag);
		if (started % 5 === 0) run.failures.set(random.pick(failing), 'always');
		// The first run already shows a failure and its retry.
		else if (started % 3 === 1) run.failures.set(random.pick(failing), 'once');
	});
	let incidents = 0;
	const incident = (): void => {
		const worker = workersOf(world)[0].definition.name;
		const name = incidents++ % 2 === 0 ? worker : (parts.mlflow ?? worker);
		turnUnhealthy(world, name);
		after(world, UNHEALTHY_EVERY_MS, incident);
	};
	after(world, FIRST_UNHEALTHY_MS, incident);
}

/** The tasks that fail now and then: the interesting ones of the pipeline, or any. */
function failingIn({ definition }: Dag): readonly string[] {
	const ids = definition.tasks.map(({ taskId }) => taskId);
	const chosen = FAILING.filter(taskId => ids.includes(taskId));
	return chosen.length > 0 ? chosen : ids;
}

const brokerLost = 'consumer: Connection to broker lost. Trying to re-establish the connection...';
const COMPLAINTS: Readonly<Record<string, { output: string; line: (time: number, isAirflow3: boolean) => string }>> = {
	'airflow-worker': {
		output: 'Error: No nodes replied within time constraint.\n',
		line: (time, isAirflow3) =>
			isAirflow3
				? structuredLine(time, {
						level: 'warning',
						event: brokerLost,
						logger: 'celery.worker.consumer.consumer',
						loc: 'consumer.py:384',
					})
				: `[${logTime.celery(time)}: WARNING/MainProcess] ${brokerLost}`,
	},
	mlflow: {
		output: 'bash: line 3: read: read error: 0: Connection timed out\n',
		line: time => `[${logTime.gunicorn(time)}] [10] [CRITICAL] WORKER TIMEOUT (pid:11)`,
	},
};

/** Its probes fail for a while; the program itself continues. */
function turnUnhealthy(world: World, name: string): void {
	const container = containerOf(world, name);
	const complaint = COMPLAINTS[container.definition.service];
	if (container.status !== 'running' || complaint === undefined) return;
	const failingProbe = { exitCode: 1, output: complaint.output };
	container.failingProbe = failingProbe;
	say(container, world.time, complaint.line(world.time, world.airflow.generation === '3'));
	after(world, UNHEALTHY_MS, () => {
		if (container.failingProbe === failingProbe) container.failingProbe = undefined;
	});
}
