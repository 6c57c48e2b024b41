import { failureOf } from '../clients/failure.ts';
import { displayName } from '../model/container.ts';
import type { ContainerState } from '../model/state.ts';
import { selectedService } from '../ui/view-state.ts';
import type { ActionContext } from './action.ts';
import type { Outcome, Planned } from './plan.ts';

/** Restarts the selected container (in the logs pane: the one whose log is shown). */
export function restartPlan(context: ActionContext): Planned {
	const { state, view, ownProject } = context;
	if (state.feeds.containers.status === 'failed')
		return { refused: 'The Docker Engine does not answer: nothing can be restarted', kind: 'unreachable' };
	const service =
		view.focus === 'logs' && view.logContainer !== null
			? Object.values(state.containers).find(one => one.container.name === view.logContainer)
			: selectedService(state, view, ownProject);
	if (!service) return { refused: 'There is no service to restart', kind: 'nothing' };
	const { container } = service;
	const name = displayName(container);
	return {
		actionId: 'restart',
		title: `restart ${name}`,
		asks: [
			`The container ${container.name} (${container.image}) is stopped, within 10 s, and started again.`,
			...consequences(service),
		],
		command: `docker restart ${container.name}`,
		targets: [`container ${container.name}`],
		perform: async ({ clients, clock, signal }): Promise<Outcome> => {
			const startedAt = clock.now();
			try {
				await clients.docker.restart(container.id, signal);
			} catch (error) {
				const failure = failureOf(error);
				if (failure.kind !== 'timeout' && failure.kind !== 'lost')
					return { outcome: 'failed', message: failure.message };
				return whatHappened(container.id, startedAt, clients.docker, failure.message);
			}
			return { outcome: 'done', message: `started again after ${((clock.now() - startedAt) / 1000).toFixed(1)} s` };
		},
	};
}

/** The answer was lost: the container's own start time tells whether it was restarted. */
async function whatHappened(
	id: string,
	since: number,
	docker: { inspect(id: string): Promise<{ startedAt: number | null; state: string }> },
	why: string,
): Promise<Outcome> {
	try {
		const { startedAt, state } = await docker.inspect(id);
		if (startedAt !== null && startedAt >= since)
			return { outcome: 'done', message: 'started again (its answer was lost)' };
		return { outcome: 'unknown', message: `${why}; the container is ${state}, check again` };
	} catch {
		return { outcome: 'unknown', message: `${why}; check whether it was restarted` };
	}
}

/** What a restart of the stack's known services means for those who use them. */
function consequences({ container }: ContainerState): string[] {
	const name = container.service ?? container.name;
	if (/worker/.test(name))
		return ['Tasks that run on this worker are interrupted; Airflow retries them if they have tries left.'];
	if (/scheduler/.test(name)) return ['No task is queued until it is back; running tasks go on.'];
	if (/webserver/.test(name)) return ['The Airflow page and API are away until it is back; runs go on.'];
	if (/redis/.test(name)) return ['Tasks that wait in the queue may be lost; Airflow queues them again.'];
	if (/postgres/.test(name)) return ['Airflow cannot work without its metadata database; running tasks may fail.'];
	if (/mlflow/.test(name)) return ['Tasks that log to MLflow meanwhile may fail.'];
	return [];
}
