import type { SwitchableServer } from '../server/switchable-server.ts';
import { findRun, keyOf, type TaskInstance } from '../world/airflow/airflow-state.ts';
import { createRun, setRunState } from '../world/airflow/runs.ts';
import { isUp } from '../world/containers/container.ts';
import { forceHealth } from '../world/containers/health.ts';
import {
	crash,
	kill,
	pause,
	recreate,
	restart,
	setDetached,
	start,
	stop,
	unpause,
} from '../world/containers/life-cycle.ts';
import { writeLog } from '../world/logs/container-log.ts';
import { logMetric } from '../world/mlflow/tracking-store.ts';
import { containerOf, type World } from '../world/world.ts';
import type { Outages } from './outages.ts';
import type { Scenario, ServerName } from './scenario.ts';

type Given = {
	readonly world: World;
	/** Makes everything happen that is due. */
	readonly catchUp: () => void;
	readonly servers: Readonly<Record<ServerName, SwitchableServer>>;
	readonly outages: Outages;
	readonly statsStreams: Set<() => void>;
};

/** Controls of the servers that `given` names, see `Scenario`. */
export function createScenario(given: Given): Scenario {
	const { world, catchUp } = given;
	return {
		now() {
			catchUp();
			return world.time;
		},
		tick: catchUp,
		...containerControls(given),
		...streamControls(given),
		...serverControls(given),
		...airflowControls(given),
		setMlflowMetric(run, key, value, step = 0) {
			catchUp();
			const named = [...world.mlflow.runs.values()].filter(({ name }) => name === run);
			const target = world.mlflow.runs.get(run) ?? named.sort((a, b) => b.startTime - a.startTime)[0];
			if (target === undefined) throw new RangeError(`MLflow has no run ${run}`);
			logMetric(target, key, { value, timestamp: Math.floor(world.time), step });
		},
	};
}

function containerControls({ world, catchUp }: Given) {
	const containerAt = (name: string) => {
		catchUp();
		return containerOf(world, name);
	};
	/** After everything logged so far, so that successive lines have increasing times, as in an engine. */
	const nextMoment = () => {
		const last = [...world.containers.values()].map(({ logs }) => Number(logs.at(-1)?.time ?? 0n) / 1e6);
		// Two microseconds: more than the rounding error of a JavaScript number, in ms since the epoch.
		return Math.max(world.time, Math.max(...last) + 0.002);
	};
	return {
		stopContainer: name => stop(world, containerAt(name)),
		startContainer(name) {
			const container = containerAt(name);
			if (!isUp(container)) start(world, container);
		},
		restartContainer: name => restart(world, containerAt(name)),
		killContainer: name => kill(world, containerAt(name)),
		crashContainer: (name, exitCode = 1, oom = false) => crash(world, containerAt(name), exitCode, oom),
		pauseContainer: name => pause(world, containerAt(name)),
		unpauseContainer: name => unpause(world, containerAt(name)),
		disconnectContainer: name => setDetached(world, containerAt(name), true),
		setLogDriver(name, driver) {
			containerAt(name).logDriver = driver;
		},
		recreateContainer: name => recreate(world, containerAt(name)),
		setHealth: (name, status, output) => forceHealth(world, containerAt(name), status, output),
		emitLog(name, line, stream = 'stdout') {
			const container = containerAt(name);
			writeLog(container, nextMoment(), stream, line);
		},
	} satisfies Partial<Scenario>;
}

function streamControls({ world, catchUp, statsStreams }: Given) {
	const followers = () => [...world.containers.values()].flatMap(container => [...container.followers]);
	return {
		cutLogStreams() {
			catchUp();
			for (const follower of followers()) follower.cut();
		},
		cutEventStreams() {
			catchUp();
			for (const subscriber of [...world.events.subscribers]) subscriber.end();
		},
		cutStatsStreams() {
			for (const end of [...statsStreams]) end();
		},
		openStreams: () => ({ logs: followers().length, events: world.events.subscribers.size, stats: statsStreams.size }),
	} satisfies Partial<Scenario>;
}

function serverControls({ catchUp, servers, outages }: Given) {
	return {
		takeDown: server => outages.set(server, 'down'),
		bringUp: server => outages.set(server, undefined),
		hang(server) {
			void outages.set(server, 'hang');
		},
		async settled() {
			catchUp();
			await Promise.all(Object.values(servers).map(server => server.settled()));
		},
		failNext(server, status, body = '', path) {
			const isJson = typeof body !== 'string';
			servers[server].failNext({
				status,
				body: isJson ? JSON.stringify(body) : body,
				contentType: isJson ? 'application/json' : 'text/plain; charset=utf-8',
				path,
			});
		},
		requests(server, path = '') {
			let sum = 0;
			for (const [key, count] of servers[server].counts)
				if (key.slice(key.indexOf(' ') + 1).startsWith(path)) sum += count;
			return sum;
		},
		requestCounts: server => Object.fromEntries(servers[server].counts),
	} satisfies Partial<Scenario>;
}

function airflowControls({ world, catchUp }: Given) {
	const { airflow } = world;
	const runAt = (runId: string) => {
		catchUp();
		const run = airflow.runs.find(candidate => candidate.runId === runId);
		if (run === undefined) throw new RangeError(`no run ${runId}`);
		return run;
	};
	const taskAt = (runId: string, name: string): TaskInstance => {
		const task = runAt(runId).tasks.find(
			({ taskId, mapIndex }) => name === (mapIndex < 0 ? taskId : `${taskId}[${mapIndex}]`),
		);
		if (task === undefined) throw new RangeError(`no task ${name} in ${runId}`);
		return task;
	};
	const dagAt = (dagId: string) => {
		catchUp();
		const dag = airflow.dags.get(dagId);
		if (dag === undefined) throw new RangeError(`no DAG ${dagId}`);
		return dag;
	};
	return {
		triggerRun(conf = {}, dagId = world.stack.mainDag) {
			return createRun(world, dagAt(dagId), { dagId, conf }).runId;
		},
		failTaskOnce(taskId) {
			airflow.failNext.set(taskId, (airflow.failNext.get(taskId) ?? 0) + 1);
		},
		setTaskState(runId, taskId, state) {
			holdTask(world, taskAt(runId, taskId), state);
		},
		emitTaskLog(runId, taskId, line) {
			const task = taskAt(runId, taskId);
			const number = Math.max(1, task.tryNumber);
			const attempt = task.attempts.get(number) ?? { lines: [], hostname: task.hostname };
			attempt.lines.push({ time: world.time, text: line });
			task.attempts.set(number, attempt);
		},
		setRunState: (runId, state) => setRunState(world, runAt(runId), state),
		task: taskAt,
		addImportError(file, stackTrace) {
			catchUp();
			const path = file.startsWith('/') ? file : `/opt/airflow/dags/${file}`;
			airflow.importErrors.push({ id: airflow.importErrors.length + 1, time: world.time, file: path, stackTrace });
			for (const dag of airflow.dags.values()) if (path.endsWith(`/${dag.definition.file}`)) dag.hasImportErrors = true;
		},
		clearImportErrors() {
			airflow.importErrors.splice(0);
			for (const dag of airflow.dags.values()) dag.hasImportErrors = false;
		},
		setPassword(password) {
			airflow.password = password;
		},
		setPoolSlots(slots) {
			catchUp();
			airflow.poolSlots = slots;
		},
		expireSessions() {
			airflow.sessions.clear();
			airflow.tokens.clear();
		},
		changeDag(dagId, source) {
			const dag = dagAt(dagId);
			dag.olderSources = [...(dag.olderSources ?? []), dag.definition.source];
			dag.definition.source = source;
		},
		pauseDag(dagId) {
			dagAt(dagId).isPaused = true;
		},
		unpauseDag(dagId) {
			dagAt(dagId).isPaused = false;
		},
	} satisfies Partial<Scenario>;
}

/** The task stays in the state: the scheduler no longer moves it. */
function holdTask(world: World, task: TaskInstance, state: TaskInstance['state']): void {
	task.held = true;
	task.state = state;
	task.execution++;
	world.airflow.working.delete(keyOf(task));
	if (state === 'running') {
		task.startedAt ??= world.time;
		task.tryNumber = Math.max(1, task.tryNumber);
		task.endedAt = undefined;
	}
	if (state === 'queued') task.queuedAt = world.time;
	if (state === 'success' || state === 'failed') task.endedAt = world.time;
	const run = findRun(world.airflow, task.dagId, task.runId);
	if (run !== undefined) run.updatedAt = world.time;
}
