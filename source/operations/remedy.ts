import type { Clients } from '../app/monitor.ts';
import { composeOptions, composeProjectOf } from '../model/compose-project.ts';
import type { Finding, Message, RemedyAction } from '../model/finding.ts';
import type { Secret } from '../model/secret.ts';
import type { ContainerState, StackState } from '../model/state.ts';
import { dockerCommand, laketopCommand, line } from '../selectors/printed-command.ts';
import { ownProject } from '../selectors/stack.ts';
import { airflowCommand } from './airflow.ts';
import { planClear } from './clear.ts';
import { planContainers } from './containers.ts';
import { planInit } from './init.ts';
import { planStopRun } from './mark.ts';
import { planCommand, planConnect, planPool, planRunOnce } from './mend.ts';
import { planPause } from './pause.ts';
import type { Facts, Planned } from './plan.ts';
import { planReparse } from './reparse.ts';
import { planCompose } from './stack.ts';

/** Kinds of remedies that change something; the others are looked at, typed, or thought about. */
export type ChangingAction = Exclude<
	RemedyAction,
	{ kind: 'type' } | { kind: 'look' } | { kind: 'check' } | { kind: 'advice' }
>;

export function isChanging(action: RemedyAction): action is ChangingAction {
	return !['type', 'look', 'check', 'advice'].includes(action.kind);
}

export type RemedyTools = {
	readonly clients: Clients;
	readonly facts: Facts;
	readonly signal: AbortSignal;
	/** The own project: no other is changed by a fix. */
	readonly project: string | null;
	/** What the first user of Airflow is created with. */
	readonly airflowLogin: { readonly username: string; readonly password: Secret };
};

/** The plan that a remedy comes to now: the same as those behind keys and commands. */
export async function planOfRemedy(action: ChangingAction, tools: RemedyTools): Promise<Planned> {
	const { clients, facts, signal } = tools;
	const { state } = facts;
	const { project } = tools;
	const on = (name: string, plan: (service: ContainerState) => Planned): Planned => {
		const service = Object.values(state.containers).find(({ container }) => container.name === name);
		if (!service) return { refused: `Container ${name} no longer exists`, kind: 'nothing' };
		// The container of that name may have been replaced by one of another project.
		const its = service.container.project;
		if (its === project) return plan(service);
		return {
			refused: `Container ${name} now belongs to ${its === null ? 'no project' : `project ${its}`}`,
			kind: 'refused',
		};
	};
	switch (action.kind) {
		case 'container':
			return on(action.container, service => planContainers(action.verb, [service], project, state));
		case 'compose':
			return planCompose(clients, facts, { verb: action.verb, services: action.services }, signal);
		case 'init':
			return planInit(clients, facts, tools.airflowLogin, signal);
		case 'unpause':
			return planPause(facts, [action.dagId], false);
		case 'clear': {
			const { dagId, dagRunId, onlyFailed, taskIds = null } = action;
			return planClear(clients, facts, { dagId, dagRunId, taskIds, withDownstream: false, onlyFailed }, signal);
		}
		case 'stop run':
			return planStopRun(facts, { dagId: action.dagId, dagRunId: action.dagRunId });
		case 'reparse': {
			const dag = state.dags?.find(({ dagId }) => dagId === action.dagId);
			return dag ? planReparse(facts, dag) : { refused: `Airflow has no DAG ${action.dagId} now`, kind: 'nothing' };
		}
		case 'pool':
			return planPool(facts, action);
		case 'exec':
			return on(action.container, service => planCommand(service, action));
		case 'run once':
			return planRunOnce(clients, action.service, action);
		case 'connect':
			return on(action.container, service => planConnect(service, action));
	}
}

/** The command that does the same, as far as it can be told without asking; null where there is none. */
export function commandOfRemedy(action: RemedyAction, { state }: Pick<Facts, 'state'>): string | null {
	switch (action.kind) {
		case 'container':
			return dockerCommand(state, action.verb, action.container);
		case 'compose':
			return composeCommand(state, action.verb, ...(action.verb === 'up' ? ['-d'] : []), ...action.services);
		case 'init':
			return airflowCommand(state, 'db', 'migrate');
		case 'unpause':
			return airflowCommand(state, 'dags', 'unpause', action.dagId);
		case 'clear': {
			const { dagId, dagRunId, onlyFailed, taskIds } = action;
			return laketopCommand(state, line.clear({ dagId, dagRunId, which: taskIds ?? (onlyFailed ? 'failed' : 'all') }));
		}
		case 'stop run':
			return laketopCommand(state, line.stopRun(action));
		case 'reparse':
			return laketopCommand(state, line.reparse(action));
		case 'pool':
			return airflowCommand(state, 'pools', 'set', action.pool, String(action.slots), '');
		case 'exec': {
			const user = action.user === null ? [] : ['-u', action.user];
			return dockerCommand(state, 'exec', ...user, action.container, ...action.argv);
		}
		case 'run once': {
			const [program = '', ...words] = action.argv;
			const user = action.user === null ? [] : ['--user', action.user];
			const once = ['run', '--rm', '--no-deps', ...user, '--entrypoint', program, action.service, ...words];
			return composeCommand(state, ...once);
		}
		case 'connect':
			return dockerCommand(state, 'network', 'connect', '--alias', action.alias, action.network, action.container);
		case 'type':
			return action.command;
		case 'look':
			return commandOfLook(action, state);
		case 'check':
			return laketopCommand(state, line.deepCheck());
		case 'advice':
			return null;
	}
}

/**
 * Compose with the file and the project of the stack: it is pasted anywhere, and must not start what lies there. The file
 * is the configured one, else what the containers name, else the guide's.
 */
function composeCommand(state: StackState, ...words: readonly string[]): string {
	const containers = Object.values(state.containers).map(({ container }) => container);
	const found = composeProjectOf(containers, {
		project: ownProject(state, undefined),
		composeFile: state.composeFile ?? undefined,
		currentDirectory: '.',
	});
	return dockerCommand(state, 'compose', ...composeOptions(found), ...words);
}

function commandOfLook(
	{ at, subject, dagId, dagRunId }: Extract<RemedyAction, { kind: 'look' }>,
	state: StackState,
): string | null {
	switch (at) {
		case 'service':
			return laketopCommand(state, line.services());
		case 'inspect':
			return laketopCommand(state, line.inspect({ service: subject }));
		case 'log':
			return laketopCommand(state, line.serviceLog({ service: subject }));
		case 'task log':
			return dagId === null || dagRunId === null
				? null
				: laketopCommand(state, line.taskLog({ dagId, dagRunId, task: subject }));
		case 'run':
			return dagId === null ? null : laketopCommand(state, line.tasks({ dagId, dagRunId }));
		case 'source':
			return dagId === null ? null : laketopCommand(state, line.source({ dagId }));
		case 'disk':
			return laketopCommand(state, line.diskUse());
	}
}

/** What the numbered remedies of a finding are called, for `laketop doctor --fix`. */
export function fixables(finding: Finding): { readonly message: Message; readonly action: ChangingAction }[] {
	return finding.remedies.flatMap(({ message, action }) => (isChanging(action) ? [{ message, action }] : []));
}
