import { spawn } from 'node:child_process';
import { describe } from '../../model/failures/described-error.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { StackState } from '../../model/state.ts';
import { exactId, inPath } from '../../model/text/outside-id.ts';
import { userName } from '../../operations/plan/audit.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { type Message, phrase, render, sayer } from '../../words/message.ts';
import type { Effect } from '../conversation.ts';
import type { ActionContext, StepContext } from './action.ts';
import { targetDagId, targetInstance, targetRun, targetStage } from './targets.ts';

/** The web page of the selection. */
export type Address = { readonly title: Message; readonly url: string };

const titled = sayer({
	page: ['{title}', '{title}'],
	'mlflow run': ['MLflow run {name}', 'MLflow 실행 {name}'],
	experiment: ['MLflow experiment', 'MLflow 실험'],
	'model version': ['{name} version {version} in MLflow', 'MLflow의 {name} 버전 {version}'],
	dag: ['DAG {dagId} in Airflow', 'Airflow의 DAG {dagId}'],
	'dag run': ['DAG run {dagRunId} in Airflow', 'Airflow의 DAG 실행 {dagRunId}'],
	'task log': ['Log of {taskId} in Airflow', 'Airflow의 {taskId} 로그'],
});

/** The page of a server without a trailing slash; undefined if its address is unknown. */
export function serverPage(state: StackState, id: 'airflow' | 'mlflow'): string | undefined {
	return state.endpoints.find(endpoint => endpoint.id === id)?.pageUrl.replace(/(?<!\/)\/+$/, '');
}

/** Airflow's page if the service has none. */
export function serviceAddress(state: StackState, name: string | undefined): Address | null {
	const endpoint = state.endpoints.find(one => {
		const container = one.containerId ? state.containers[one.containerId]?.container : undefined;
		return name !== undefined && container?.name === name;
	});
	if (endpoint) return { title: titled('page', { title: endpoint.title }), url: endpoint.pageUrl };
	const airflow = serverPage(state, 'airflow');
	return airflow ? { title: titled('page', { title: 'Airflow' }), url: airflow } : null;
}

export function mlflowAddress(state: StackState, run: MlflowRun | undefined): Address | null {
	const mlflow = serverPage(state, 'mlflow');
	if (!mlflow) return null;
	const experimentId = state.experiment?.experimentId;
	if (!experimentId) return { title: titled('page', { title: 'MLflow' }), url: mlflow };
	return {
		title: run ? titled('mlflow run', { name: run.runName }) : titled('experiment'),
		url: `${mlflow}/#/experiments/${inPath(experimentId)}${run ? `/runs/${inPath(run.runId)}` : ''}`,
	};
}

/** MLflow's page of a model version (mlflow/server/js/src/model-registry/routes.js); its list of models without one. */
export function modelAddress(state: StackState, version: ModelVersion | undefined): Address | null {
	const mlflow = serverPage(state, 'mlflow');
	if (!mlflow) return null;
	if (!version) return { title: titled('page', { title: 'MLflow' }), url: `${mlflow}/#/models` };
	return {
		title: titled('model version', { name: version.name, version: version.version }),
		url: `${mlflow}/#/models/${inPath(version.name)}/versions/${inPath(version.version)}`,
	};
}

export function dagAddress(context: ActionContext): Address | null {
	const airflow = serverPage(context.state, 'airflow');
	const dagId = targetDagId(context);
	return airflow ? runPage(context.state, airflow, { dagId, dagRunId: null, taskId: null, mapIndex: -1 }) : null;
}

export function runAddress(context: ActionContext): Address | null {
	const airflow = serverPage(context.state, 'airflow');
	if (!airflow) return null;
	const run = targetRun(context);
	const stage = run ? targetStage(context) : undefined;
	return runPage(context.state, airflow, {
		dagId: targetDagId(context),
		dagRunId: run?.dagRunId ?? null,
		taskId: stage?.taskId ?? null,
		mapIndex: (run && targetInstance(context)?.mapIndex) ?? -1,
	});
}

/** Airflow's page of a DAG, of a DAG run, or of the log of a task of it. */
export function runPage(
	state: Pick<StackState, 'sources'>,
	airflow: string,
	{
		dagId,
		dagRunId,
		taskId,
		mapIndex,
	}: { dagId: string; dagRunId: string | null; taskId: string | null; mapIndex: number },
): Address {
	const query = new URLSearchParams();
	if (dagRunId !== null) query.set('dag_run_id', exactId(dagRunId));
	if (taskId !== null) {
		query.set('task_id', exactId(taskId));
		query.set('tab', 'logs');
	}
	const title =
		taskId !== null
			? titled('task log', { taskId })
			: dagRunId !== null
				? titled('dag run', { dagRunId })
				: titled('dag', { dagId });
	if (isAirflow3(state)) {
		// airflow-core/src/airflow/ui/src/router.tsx (3.0.0); a task's first page is its log.
		const task = taskId === null ? '' : `/tasks/${inPath(taskId)}${mapIndex < 0 ? '' : `/mapped/${mapIndex}`}`;
		const run = dagRunId === null ? '' : `/runs/${inPath(dagRunId)}${task}`;
		return { title, url: `${airflow}/dags/${inPath(dagId)}${run}` };
	}
	const search = query.size > 0 ? `?${query}` : '';
	return { title, url: `${airflow}/dags/${inPath(dagId)}/grid${search}` };
}

/** null over ssh, because the browser would open on the wrong machine, and if no browser is known. */
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

/** The ssh tunnel that reaches the page from the user's machine; null without ssh. */
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

/** Shows the address, and the tunnel that leads to it. */
export function addressPage(
	{ language, say }: Pick<StepContext, 'language' | 'say'>,
	address: Address,
	way: { readonly tunnel: string; readonly lead: string } | null,
): Effect {
	const noBrowser = say(['No browser is available here', '이 환경에는 브라우저가 없습니다']);
	return {
		kind: 'page',
		page: {
			title: render(address.title, language),
			copies: address.url,
			copiesWhat: ['address', '주소'],
			...(way ? { also: [{ key: 't', what: ['tunnel command', '터널 명령'], text: way.tunnel }] } : {}),
			note: way
				? say(['y copies the address, t the tunnel command', 'y 주소 복사, t 터널 명령 복사'])
				: say(['y copies the address', 'y 주소 복사']),
			lines: [
				{ text: address.url, tone: 'accent', bold: true },
				{ text: '' },
				...(way
					? [{ text: way.lead }, { text: `$ ${way.tunnel}`, tone: 'muted' as const }]
					: [{ text: noBrowser, tone: 'muted' as const }]),
			],
		},
	};
}

/** Resolves with the reason why the browser did not start, or null. Its output is discarded. */
export function startBrowser(
	url: string,
	environment: Readonly<Record<string, string | undefined>>,
): Promise<Message | null> {
	const [program, ...words] = browserCommand(environment) ?? [];
	if (!program) return Promise.resolve(phrase(['no browser is available here', '이 환경에는 브라우저가 없습니다']));
	return new Promise(resolve => {
		const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
		child.once('error', error =>
			resolve(phrase(['{program}: {why}', '{program}: {why}'], { program, why: describe(error) })),
		);
		child.once('spawn', () => {
			child.unref();
			resolve(null);
		});
	});
}
