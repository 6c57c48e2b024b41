import { spawn } from 'node:child_process';
import { exactId, inPath } from '../../model/outside-id.ts';
import { userName } from '../../operations/audit.ts';
import type { Effect } from '../conversation.ts';
import { shownLogContainer } from '../view-state.ts';
import { type ActionContext, placeOf, type StepContext } from './action.ts';
import { cannot } from './step.ts';
import { targetDagId, targetMlflowRun, targetRun, targetService, targetStage } from './targets.ts';

/** The web page of what is selected. */
export type Address = { readonly title: string; readonly url: string };

/** The page of what is selected: a run's or a task's in Airflow, a run's in MLflow, a service's own; null for none. */
export function addressOf(context: ActionContext): Address | null {
	const { state, view } = context;
	const pageOf = (id: string) =>
		state.endpoints.find(endpoint => endpoint.id === id)?.pageUrl.replace(/(?<!\/)\/+$/, '');
	const airflow = pageOf('airflow');
	const mlflow = pageOf('mlflow');
	switch (placeOf(view)) {
		case 'dags': {
			const dagId = targetDagId(context);
			return airflow ? { title: `DAG ${dagId} in Airflow`, url: `${airflow}/dags/${inPath(dagId)}/grid` } : null;
		}
		case 'pipeline':
		case 'runs':
			return airflow ? runAddress(airflow, context) : null;
		case 'mlflow':
		case 'mlflow-runs': {
			if (!mlflow) return null;
			const experimentId = state.experiment?.experimentId;
			const shown = targetMlflowRun(context) ?? state.mlflowRuns?.[0];
			if (!experimentId) return { title: 'MLflow', url: mlflow };
			const run = shown ? `/runs/${inPath(shown.runId)}` : '';
			return {
				title: shown ? `run ${shown.runName} in MLflow` : 'the experiment in MLflow',
				url: `${mlflow}/#/experiments/${inPath(experimentId)}${run}`,
			};
		}
		default: {
			// The log of a task is a page of Airflow's, whoever ran it.
			const { selection } = view.logs;
			if (view.focus === 'logs' && selection.kind === 'task' && airflow) {
				const { dagId, dagRunId, taskId } = selection.wish;
				return gridAddress(airflow, { dagId, dagRunId, taskId });
			}
			const service = targetService(context);
			const name = view.focus === 'logs' ? shownLogContainer(state, view, context.ownProject) : service?.container.name;
			const endpoint = state.endpoints.find(one => {
				const container = one.containerId ? state.containers[one.containerId]?.container : undefined;
				return container?.name === name;
			});
			if (endpoint) return { title: endpoint.title, url: endpoint.pageUrl };
			return airflow ? { title: 'Airflow', url: airflow } : null;
		}
	}
}

function runAddress(airflow: string, context: ActionContext): Address {
	const run = targetRun(context);
	const stage = run ? targetStage(context) : undefined;
	return gridAddress(airflow, {
		dagId: targetDagId(context),
		dagRunId: run?.dagRunId ?? null,
		taskId: stage?.taskId ?? null,
	});
}

/** Airflow's page of a DAG, of a run of it, or of the log of a task of that run. */
function gridAddress(
	airflow: string,
	{ dagId, dagRunId, taskId }: { dagId: string; dagRunId: string | null; taskId: string | null },
): Address {
	const query = new URLSearchParams();
	if (dagRunId !== null) query.set('dag_run_id', exactId(dagRunId));
	if (taskId !== null) {
		query.set('task_id', exactId(taskId));
		query.set('tab', 'logs');
	}
	const what = taskId !== null ? `log of ${taskId}` : dagRunId !== null ? `run ${dagRunId}` : `DAG ${dagId}`;
	const search = query.size > 0 ? `?${query}` : '';
	return { title: `${what} in Airflow`, url: `${airflow}/dags/${inPath(dagId)}/grid${search}` };
}

/** A program that shows a page on this machine; null where nobody sits in front of it (ssh), or there is none. */
export function browserCommand(
	environment: Readonly<Record<string, string | undefined>>,
	platform: NodeJS.Platform = process.platform,
): readonly string[] | null {
	if (environment.SSH_CONNECTION || environment.SSH_TTY) return null;
	if (environment.BROWSER) return [environment.BROWSER];
	if (platform === 'darwin') return ['open'];
	if (environment.WSL_DISTRO_NAME) return ['wslview'];
	return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}

/** How the page is reached from the machine that the user sits at: an ssh tunnel to this host. */
export function tunnelCommand(url: string, environment: Readonly<Record<string, string | undefined>>): string | null {
	const parsed = URL.parse(url);
	if (!parsed) return null;
	const { port, protocol, hostname } = parsed;
	const number = port || (protocol === 'https:' ? '443' : '80');
	// `client-address client-port server-address server-port` (ssh(1), SSH_CONNECTION).
	const host = environment.SSH_CONNECTION?.split(' ')[2];
	if (!host) return null;
	const local = Number(number) < 1024 ? String(Number(number) + 10_000) : number;
	return `ssh -N -L ${local}:${hostname}:${number} ${environment.USER || userName()}@${host}`;
}

/** Opens the page where there is a browser, else shows its address and the way to it. */
export function openAddress(context: StepContext, address: Address | null): Effect {
	if (!address) return cannot('No page belongs to what is selected');
	const { environment } = context;
	if (browserCommand(environment)) return { kind: 'open address', url: address.url };
	const tunnel = tunnelCommand(address.url, environment);
	return {
		kind: 'page',
		page: {
			title: address.title,
			copies: address.url,
			copiesWhat: 'the address',
			...(tunnel ? { also: [{ key: 't', what: 'the tunnel command', text: tunnel }] } : {}),
			note: tunnel ? 'y copies the address, t the tunnel command' : 'y copies the address',
			lines: [
				{ text: address.url, tone: 'accent', bold: true },
				...(tunnel
					? [
							{ text: '' },
							{ text: 'On your own machine, to reach it there:' },
							{ text: `$ ${tunnel}`, tone: 'muted' as const },
						]
					: [{ text: '' }, { text: 'There is no browser on this terminal.', tone: 'muted' as const }]),
			],
		},
	};
}

/** Starts the browser; resolves with why it could not be started, or null. Its output goes nowhere. */
export function startBrowser(
	url: string,
	environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
	const [program, ...words] = browserCommand(environment) ?? [];
	if (!program) return Promise.resolve('there is no browser here');
	return new Promise(resolve => {
		const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
		child.once('error', error => resolve(`${program}: ${error.message}`));
		child.once('spawn', () => {
			child.unref();
			resolve(null);
		});
	});
}
