import type { TaskInstance } from '../model/airflow/pipeline.ts';
import type { Role } from '../model/engine/role.ts';
import type { Fix, FixAction } from '../model/finding.ts';
import { instanceName, runningTasksOn } from '../selectors/links/running-tasks.ts';
import { isAirflow3 } from '../selectors/printed-commands/airflow-command.ts';
import type { Message } from '../words/message.ts';
import type { DiagnosisFacts, Service } from './facts.ts';
import { isRunning } from './facts.ts';
import { say } from './messages/message.ts';

/** What a fix interrupts while it runs. Fixes that interrupt less are offered first. */
export const risks = ['nothing', 'service', 'tasks'] as const;
export type Risk = (typeof risks)[number];

export type Interruption = {
	readonly risk: Risk;
	/** What is interrupted, one sentence each, the worst first. */
	readonly messages: readonly Message[];
};

const nothing: Interruption = { risk: 'nothing', messages: [] };

/** Tasks that are named; more are counted. */
const named = 3;

/** What a fix would interrupt now. */
export function interruptionBy(facts: DiagnosisFacts, action: FixAction): Interruption {
	switch (action.kind) {
		case 'container':
			// Starting and unpausing interrupt nothing.
			return action.verb === 'restart' || action.verb === 'stop'
				? byServices(
						facts,
						facts.services.filter(({ container }) => [action.container, ...(action.others ?? [])].includes(container)),
					)
				: nothing;
		case 'compose':
			return byServices(facts, composed(facts, action));
		case 'reparse':
			// Airflow 3 has a request for it.
			return isAirflow3(facts.state)
				? nothing
				: byServices(
						facts,
						facts.services.filter(({ role }) => role === 'scheduler'),
					);
		case 'stop run':
			return byTasks(tasksOfRun(facts, action));
		case 'clear':
			return action.onlyFailed
				? nothing
				: byTasks(tasksOfRun(facts, action).filter(({ taskId }) => action.taskIds?.includes(taskId) ?? true));
		case 'init':
		case 'unpause':
		case 'pool':
		case 'exec':
		case 'run once':
		case 'connect':
		case 'type':
		case 'look':
		case 'check':
		case 'advice':
			return nothing;
	}
}

/** Fixes with what they interrupt, harmless ones first, otherwise in the order of the rule. */
export function orderedFixes(facts: DiagnosisFacts, fixes: readonly Fix[]): Fix[] {
	return fixes
		.map(fix => ({ fix, by: interruptionBy(facts, fix.action) }))
		.toSorted((a, b) => risks.indexOf(a.by.risk) - risks.indexOf(b.by.risk))
		.map(({ fix, by }) => ({ ...fix, interrupts: [...by.messages] }));
}

function tasksOfRun(facts: DiagnosisFacts, { dagId, dagRunId }: { readonly dagId: string; readonly dagRunId: string }) {
	return facts.tasks().filter(task => task.state === 'running' && task.dagId === dagId && task.dagRunId === dagRunId);
}

function byTasks(tasks: readonly TaskInstance[]): Interruption {
	return tasks.length === 0 ? nothing : { risk: 'tasks', messages: [taskMessage(tasks)] };
}

function taskMessage(tasks: readonly TaskInstance[]): Message {
	const names = tasks.slice(0, named).map(instanceName).join(', ');
	const more = tasks.length - named;
	if (tasks.length === 1) return say('interrupts.task', { task: names });
	return more > 0
		? say('interrupts.many tasks', { count: tasks.length, tasks: names, more })
		: say('interrupts.tasks', { count: tasks.length, tasks: names });
}

/** Containers that Compose would stop: to restart them, or to recreate them with a changed configuration. */
function composed(
	facts: DiagnosisFacts,
	{ verb, services }: Extract<FixAction, { kind: 'compose' }>,
): readonly Service[] {
	const meant = facts.services.filter(({ service }) => services.length === 0 || services.includes(service));
	if (verb === 'restart') return meant;
	const file = facts.check('compose file');
	return meant.filter(({ service, it }) => {
		const setup = facts.check('setup', it.container.id)?.setup;
		// It may be any of them while the Compose file was not checked.
		if (!file || !setup) return true;
		const image = file.images[it.container.image];
		return (
			(setup.configHash !== null && file.hashes[service] !== setup.configHash) ||
			(typeof image === 'string' && setup.imageId !== '' && image !== setup.imageId)
		);
	});
}

function byServices(facts: DiagnosisFacts, stopped: readonly Service[]): Interruption {
	const running = stopped.filter(isRunning);
	if (running.length === 0) return nothing;
	const tasks = tasksIn(facts, running);
	// Pools count the tasks of all DAGs, but only those of the shown DAG are known by name.
	const inPools = (facts.check('pools')?.pools ?? []).reduce((sum, pool) => sum + pool.running, 0);
	const isRunner = running.some(service => runners(facts).includes(service));
	const unnamed = isRunner && tasks.length === 0 ? inPools : 0;
	const messages = [
		...(tasks.length > 0
			? [taskMessage(tasks)]
			: unnamed > 0
				? [say('interrupts.other tasks', { count: unnamed })]
				: []),
		...(isRunner && tasks.length === 0 && unnamed === 0 ? [say('interrupts.no task')] : []),
		...running.flatMap(({ role }) => (role === null ? [] : (consequences[role] ?? []))),
	];
	return { risk: tasks.length > 0 || unnamed > 0 ? 'tasks' : 'service', messages };
}

/** Containers in which tasks run: the workers, or the scheduler if there are none. */
function runners({ services }: DiagnosisFacts): readonly Service[] {
	const workers = services.filter(({ role }) => role === 'worker');
	return workers.length > 0 ? workers : services.filter(({ role }) => role === 'scheduler');
}

function tasksIn(facts: DiagnosisFacts, stopped: readonly Service[]): TaskInstance[] {
	const all = facts.tasks().filter(({ state }) => state === 'running');
	// No task outlives the database.
	if (stopped.some(({ role }) => role === 'database')) return all;
	const those = runners(facts);
	const containers = those.map(({ it }) => it.container);
	const found = stopped
		.filter(service => those.includes(service))
		.flatMap(({ it }) => runningTasksOn(it.container, containers, all));
	return [...new Set(found)];
}

const consequences: Readonly<Partial<Record<Role, readonly Message[]>>> = {
	database: [say('interrupts.database')],
	broker: [say('interrupts.broker')],
	scheduler: [say('interrupts.scheduler')],
	webserver: [say('interrupts.webserver')],
	mlflow: [say('interrupts.mlflow')],
};
