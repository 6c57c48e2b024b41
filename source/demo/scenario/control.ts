import type { SwitchableServer } from '../server/switchable-server.ts';
import { findRun, keyOf, type TaskInstance } from '../world/airflow-state.ts';
import { isUp } from '../world/container.ts';
import { writeLog } from '../world/container-log.ts';
import { PIPELINE_DAG } from '../world/dag-catalogue.ts';
import { forceHealth } from '../world/health.ts';
import { crash, kill, pause, recreate, restart, setDetached, start, stop, unpause } from '../world/life-cycle.ts';
import { createRun, setRunState } from '../world/runs.ts';
import { logMetric } from '../world/tracking-store.ts';
import { containerOf, type World } from '../world/world.ts';
import type { Outages } from './outages.ts';
import type { Scenario, ServerName } from './scenario.ts';

export function createScenario(given: {
	world: World;
	catchUp: () => void;
	servers: Readonly<Record<ServerName, SwitchableServer>>;
	outages: Outages;
	statsStreams: Set<() => void>;
}): Scenario {
	const { world, catchUp, servers, outages, statsStreams } = given;
	const { airflow } = world;
	const containerAt = (name: string) => {
		catchUp();
		return containerOf(world, name);
	};
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
	/** After everything logged so far, so that successive lines have increasing times, as in an engine. */
	const nextMoment = () => {
		const last = [...world.containers.values()].map(({ logs }) => Number(logs.at(-1)?.time ?? 0n) / 1e6);
		// Two microseconds: more than the rounding error of a JavaScript number, in ms since the epoch.
		return Math.max(world.time, Math.max(...last) + 0.002);
	};
	const followers = () => [...world.containers.values()].flatMap(container => [...container.followers]);

	return {
		now() {
			catchUp();
			return world.time;
		},
		tick: catchUp,

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

		triggerRun(conf = {}, dagId = PIPELINE_DAG) {
			return createRun(world, dagAt(dagId), { dagId, conf }).runId;
		},
		failTaskOnce(taskId) {
			airflow.failNext.set(taskId, (airflow.failNext.get(taskId) ?? 0) + 1);
		},
		setTaskState(runId, taskId, state) {
			const task = taskAt(runId, taskId);
			task.held = true;
			task.state = state;
			task.execution++;
			airflow.working.delete(keyOf(task));
			if (state === 'running') {
				task.startedAt ??= world.time;
				task.tryNumber = Math.max(1, task.tryNumber);
				task.endedAt = undefined;
			}
			if (state === 'queued') task.queuedAt = world.time;
			if (state === 'success' || state === 'failed') task.endedAt = world.time;
			const run = findRun(airflow, task.dagId, runId);
			if (run !== undefined) run.updatedAt = world.time;
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
		pauseDag(dagId) {
			dagAt(dagId).isPaused = true;
		},
		unpauseDag(dagId) {
			dagAt(dagId).isPaused = false;
		},

		setMlflowMetric(run, key, value, step = 0) {
			catchUp();
			const named = [...world.mlflow.runs.values()].filter(({ name }) => name === run);
			const target = world.mlflow.runs.get(run) ?? named.sort((a, b) => b.startTime - a.startTime)[0];
			if (target === undefined) throw new RangeError(`MLflow has no run ${run}`);
			logMetric(target, key, { value, timestamp: Math.floor(world.time), step });
		},

		requests(server, path = '') {
			let sum = 0;
			for (const [key, count] of servers[server].counts)
				if (key.slice(key.indexOf(' ') + 1).startsWith(path)) sum += count;
			return sum;
		},
		requestCounts: server => Object.fromEntries(servers[server].counts),
		openStreams: () => ({ logs: followers().length, events: world.events.subscribers.size, stats: statsStreams.size }),
	};
}
