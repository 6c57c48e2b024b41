import type { Clients } from '../../source/clients/clients.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import type { Browse } from '../../source/ui/conversation.ts';
import type { Dialog } from '../../source/ui/dialogs/dialogs.ts';
import { pageDialog } from '../../source/ui/dialogs/page.ts';
import type { ListId } from '../../source/ui/place.ts';
import type { Language } from '../../source/words/language.ts';
import { mlflowWith, runs, versions } from '../given/registry.ts';
import { begun, pageOf } from '../given/step-context.ts';
import { stubOf } from '../given/stub.ts';
import { airflowWith } from '../given/task-clients.ts';
import { airflow, at, engine, lakehouse, mlflow, now, type Scene, task } from './screens.tsx';

const dagId = 'ml_pipeline_end_to_end';
const minute = 60_000;

const registered: readonly Observation[] = [
	...engine({}, lakehouse),
	...airflow(['success', 'success', 'running']),
	...mlflow(),
	{ type: 'model versions fetched', at, versions: [...versions] },
	{ type: 'version runs fetched', at, runs: [...runs] },
];

/** A task mapped over twelve parts, in every state that parts are in together. */
const parts = [
	...['success', 'failed', 'running', 'success', 'up_for_retry', 'queued', 'success', 'skipped', null, 'success'],
	...['success', 'scheduled'],
].map((state, mapIndex) => {
	const hasRun = state === 'success' || state === 'failed';
	const took = 20 + 7 * mapIndex;
	const isWaiting = state === null || state === 'queued' || state === 'scheduled' || state === 'skipped';
	const startedAt = isWaiting ? null : now - (12 - mapIndex) * minute;
	return task('silver_to_gold', state, {
		...{ mapIndex, startedAt, tryNumber: isWaiting ? 0 : state === 'success' ? 1 : 2, maxTries: 2 },
		endedAt: hasRun && startedAt !== null ? startedAt + took * 1000 : null,
		durationSeconds: hasRun ? took : null,
		hostname: isWaiting ? '' : 'airflow-worker',
	});
});

/** The task is in its third try; the tries before failed. */
const third = task('silver_to_gold', 'running', {
	...{ tryNumber: 3, maxTries: 3, hostname: 'airflow-worker', queue: 'default', priorityWeight: null },
	...{ note: '재시도 중, see #42' },
});

const mapped: readonly Observation[] = [
	...registered,
	{ type: 'task instances fetched', at, dagId, dagRunId: 'manual__1', taskInstances: parts },
];

const single: readonly Observation[] = registered.flatMap((seen): Observation[] => {
	if (seen.type === 'source connected' && seen.source === 'airflow') return [{ ...seen, version: '3.3.2' }];
	if (seen.type !== 'task instances fetched') return [seen];
	return [
		{ ...seen, taskInstances: seen.taskInstances.map(one => (one.taskId === third.taskId ? third : one)) },
		{
			type: 'mlflow runs fetched',
			at,
			experimentId: '1',
			runs: runs.map(run => ({ ...run, startedAt: now - 30_000 })),
		},
	];
});

const listed = (kind: ListId): Browse => ({
	...{ kind, filter: '', sort: null, state: null, selected: null, back: null },
});

/** Lists of what the thread leads to. */
export const threadLists: Readonly<Record<string, Scene>> = {
	'model versions': { seen: registered, view: { browse: listed('model-versions') } },
	'marked model versions': {
		seen: registered,
		view: {
			browse: { ...listed('model-versions'), selected: 'churn/5' },
			marks: ['model-version churn/7', 'model-version churn/5'],
		},
	},
	'no model versions': {
		seen: [...registered, { type: 'model versions fetched', at, versions: [] }],
		view: { browse: listed('model-versions') },
	},
	'mapped instances': {
		seen: mapped,
		view: { focus: 'pipeline', taskId: 'silver_to_gold', browse: listed('task-instances') },
	},
};

/** Pages of the thread, as their keys open them. */
export const threadPages: Readonly<Record<string, Scene & { readonly key: string }>> = {
	'task page': { seen: single, view: { focus: 'pipeline', taskId: 'silver_to_gold' }, key: 'task' },
	'version page': {
		seen: registered,
		view: { browse: listed('model-versions') },
		key: 'open-version',
	},
	'version comparison': {
		seen: registered,
		view: { browse: listed('model-versions'), marks: ['model-version churn/7', 'model-version churn/5'] },
		key: 'compare-versions',
	},
	'MLflow run page': { seen: single, view: { browse: listed('mlflow-runs') }, key: 'open-mlflow-run' },
};

/** The page that the key opens there. */
export async function pageAt({ seen, view, key }: Scene & { key: string }, language: Language): Promise<Dialog> {
	const state = seen.reduce(reduce, initialState);
	const clients = stubOf<Clients>({ airflow: airflowWith([third]), ...mlflowWith() });
	return pageDialog(await pageOf(begun(key, { state, clients, language, ...(view && { view }) })));
}
