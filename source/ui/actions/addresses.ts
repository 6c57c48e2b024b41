import { spawn } from 'node:child_process';
import type { MlflowRun } from '../../model/experiment.ts';
import { exactId, inPath } from '../../model/outside-id.ts';
import type { StackState } from '../../model/state.ts';
import { userName } from '../../operations/audit.ts';
import type { Effect } from '../conversation.ts';
import type { ActionContext, StepContext } from './action.ts';
import { cannot } from './step.ts';
import { targetDagId, targetRun, targetStage } from './targets.ts';

/** The web page of what is selected. */
export type Address = { readonly title: string; readonly url: string };

/** The page of a server, without the slash at its end; undefined where its address is not known. */
export function serverPage(state: StackState, id: 'airflow' | 'mlflow'): string | undefined {
	return state.endpoints.find(endpoint => endpoint.id === id)?.pageUrl.replace(/(?<!\/)\/+$/, '');
}

/** The page of a service; where it has none, that of Airflow. */
export function serviceAddress(state: StackState, name: string | undefined): Address | null {
	const endpoint = state.endpoints.find(one => {
		const container = one.containerId ? state.containers[one.containerId]?.container : undefined;
		return name !== undefined && container?.name === name;
	});
	if (endpoint) return { title: endpoint.title, url: endpoint.pageUrl };
	const airflow = serverPage(state, 'airflow');
	return airflow ? { title: 'Airflow', url: airflow } : null;
}

/** The page of a run in MLflow, else of the experiment. */
export function mlflowAddress(state: StackState, run: MlflowRun | undefined): Address | null {
	const mlflow = serverPage(state, 'mlflow');
	if (!mlflow) return null;
	const experimentId = state.experiment?.experimentId;
	if (!experimentId) return { title: 'MLflow', url: mlflow };
	return {
		title: run ? `run ${run.runName} in MLflow` : 'the experiment in MLflow',
		url: `${mlflow}/#/experiments/${inPath(experimentId)}${run ? `/runs/${inPath(run.runId)}` : ''}`,
	};
}

/** The page of the DAG that is meant. */
export function dagAddress(context: ActionContext): Address | null {
	const airflow = serverPage(context.state, 'airflow');
	const dagId = targetDagId(context);
	return airflow ? { title: `DAG ${dagId} in Airflow`, url: `${airflow}/dags/${inPath(dagId)}/grid` } : null;
}

/** The page of the run that is meant, and of the picked task. */
export function runAddress(context: ActionContext): Address | null {
	const airflow = serverPage(context.state, 'airflow');
	if (!airflow) return null;
	const run = targetRun(context);
	const stage = run ? targetStage(context) : undefined;
	return gridAddress(airflow, {
		dagId: targetDagId(context),
		dagRunId: run?.dagRunId ?? null,
		taskId: stage?.taskId ?? null,
	});
}

/** Airflow's page of a DAG, of a run of it, or of the log of a task of that run. */
export function gridAddress(
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
