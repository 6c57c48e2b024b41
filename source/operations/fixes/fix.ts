import type { Clients } from '../../clients/clients.ts';
import { type ChangingAction, type Finding, isChanging } from '../../model/finding.ts';
import type { ContainerState } from '../../model/state.ts';
import { unknownDag } from '../../selectors/names/dags.ts';
import { type Message, phrase } from '../../words/message.ts';
import { planContainers } from '../containers/containers.ts';
import { planClear } from '../dag-runs/clear.ts';
import { planStopRun } from '../dag-runs/mark-run.ts';
import { planPause } from '../dags/pause.ts';
import { planReparse } from '../dags/reparse.ts';
import type { Facts, Planned, Refusal } from '../plan/plan.ts';
import { refusalOfName } from '../plan/unresolved.ts';
import { planCompose } from '../stack/compose.ts';
import { type FirstUser, planInit } from '../stack/init.ts';
import { planCommand, planConnect, planPool, planRunOnce } from './fix-plans.ts';

export type FixTools = {
	readonly clients: Clients;
	readonly facts: Facts;
	readonly signal: AbortSignal;
	/** The stack's own project: a fix changes no other. */
	readonly project: string | null;
	/** Login of the first user that a fix creates in Airflow. */
	readonly airflowLogin: FirstUser;
};

/** The plan of a fix, made now: the same plan as for the key or command. */
export async function planOfFix(action: ChangingAction, tools: FixTools): Promise<Planned> {
	const { clients, facts, signal } = tools;
	const { state } = facts;
	const on = (name: string, plan: (service: ContainerState) => Planned): Planned => {
		const service = containerOf(name, tools);
		return 'refused' in service ? service : plan(service);
	};
	switch (action.kind) {
		case 'container':
			return planReplicas(action, tools);
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
			return dag ? planReparse(facts, dag) : refusalOfName(unknownDag(action.dagId, state.dags ?? []));
		}
		case 'pool':
			return planPool(facts, action);
		case 'exec':
			return on(action.container, service => planCommand(facts.state, service, action));
		case 'run once':
			return planRunOnce(clients, action.service, action);
		case 'connect':
			return on(action.container, service => planConnect(facts.state, service, action));
	}
}

/** What is done to replicas is refused as a whole where it cannot be done to one: that is another world than the finding's. */
function planReplicas(
	{ verb, container, others = [] }: Extract<ChangingAction, { kind: 'container' }>,
	tools: FixTools,
): Planned {
	const { facts, project } = tools;
	const services: ContainerState[] = [];
	for (const name of [container, ...others]) {
		const service = containerOf(name, tools);
		if ('refused' in service) return service;
		services.push(service);
	}
	return planContainers(verb, services, project, facts.state);
}

/** The container of this name, which may now belong to another project. */
function containerOf(name: string, { facts, project }: FixTools): ContainerState | Refusal {
	const service = Object.values(facts.state.containers).find(one => one.container.name === name);
	if (!service)
		return {
			refused: phrase(['Container {name} no longer exists', '컨테이너 {name}이(가) 더 이상 없습니다'], { name }),
			kind: 'nothing',
		};
	const its = service.container.project;
	if (its === project) return service;
	return {
		refused:
			its === null
				? phrase(
						[
							'Container {name} now belongs to no project',
							'컨테이너 {name}은(는) 이제 어떤 프로젝트에도 속하지 않습니다',
						],
						{ name },
					)
				: phrase(
						['Container {name} now belongs to project {its}', '컨테이너 {name}은(는) 이제 {its} 프로젝트에 속합니다'],
						{ name, its },
					),
		kind: 'refused',
	};
}

/** The numbered fixes of a finding, for `laketop doctor --fix`. */
export function fixables(finding: Finding): { readonly message: Message; readonly action: ChangingAction }[] {
	return finding.fixes.flatMap(({ message, action }) => (isChanging(action) ? [{ message, action }] : []));
}
