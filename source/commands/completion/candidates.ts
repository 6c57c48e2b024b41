import type { Watched } from '../../app/feeds.ts';
import { gather, type Requirement } from '../../app/gather.ts';
import { type Monitor, startMonitor } from '../../app/monitor.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { lookUntilJudged, requiredForFindings, storeOf, watchedForFindings } from '../../command-line/show/judged.ts';
import type { Config } from '../../config/schema.ts';
import { taskName } from '../../model/airflow/task-name.ts';
import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { servicesInOrder } from '../../selectors/containers/service-groups.ts';
import { shownPipeline } from '../../selectors/dag-runs/shown-pipeline.ts';
import { rootFindings } from '../../selectors/findings/findings.ts';
import { foreignNames, ownNames } from '../../selectors/names/containers.ts';
import { dagNames } from '../../selectors/names/dags.ts';
import { runNames } from '../../selectors/names/runs.ts';
import { mostRelevantFirst } from '../../selectors/names/tasks.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { type Asked, airflow3Names, askAirflow3 } from './airflow3-names.ts';

/** The kind of names asked for, and the stack. */
export type Question = {
	readonly kind: string;
	readonly config: Config;
	readonly dagId: string;
	/** null: the newest. */
	readonly dagRunId: string | null;
	/** Which question of a task is meant. */
	readonly asked: Asked;
	/** What stands first after the command: a model or a task. */
	readonly subject: string | null;
};

type Source = {
	readonly watch: readonly Watched[];
	readonly requires: readonly Requirement[];
	names(state: StackState, question: Question): string[];
};

/** Instances of mapped tasks that are offered: a task may have thousands. */
const instancesOffered = 100;

const sources: Readonly<Record<string, Source>> = {
	service: {
		watch: ['containers'],
		requires: ['containers'],
		names: (state, { config }) => {
			const project = ownProject(state, config.discovery.project);
			// Containers of another project belong to somebody else. Without a project of its own, laketop shows all of
			// them.
			return project === null
				? [...ownNames(state, project), ...foreignNames(state, project)]
				: ownNames(state, project);
		},
	},
	project: {
		watch: ['containers'],
		requires: ['containers'],
		names: (state, { config }) => {
			const project = ownProject(state, config.discovery.project);
			return servicesInOrder(state, project).flatMap(({ container }) => container.project ?? []);
		},
	},
	dag: { watch: ['dags'], requires: ['dags'], names: dagNames },
	run: {
		watch: ['pipeline'],
		requires: ['pipeline'],
		names: (state, question) => {
			const ids = runNames(state, dagOf(state, question));
			return ids.length > 0 ? [...ids, 'newest'] : [];
		},
	},
	task: {
		watch: ['dags', 'pipeline'],
		requires: ['dags', 'pipeline'],
		names: (state, question) => taskNames(state, dagOf(state, question), question.dagRunId),
	},
	finding: { watch: watchedForFindings, requires: requiredForFindings, names: findingNames },
	experiment: { watch: ['models'], requires: ['models'], names: state => [...(state.experimentNames ?? [])] },
	model: {
		watch: ['models'],
		requires: ['models'],
		names: state => (state.modelVersions ?? []).map(({ name }) => name),
	},
	'mlflow-run': { watch: ['experiment'], requires: ['experiment'], names: mlflowRunNames },
	metric: { watch: ['experiment'], requires: ['experiment'], names: metricNames },
	'model-version': {
		watch: ['models'],
		requires: ['models'],
		names: (state, question) => {
			const versions = versionsOf(state, question);
			return [...versions.map(({ version }) => version), ...aliasesOf(versions).map(alias => `@${alias}`)];
		},
	},
	'model-alias': {
		watch: ['models'],
		requires: ['models'],
		names: (state, question) => aliasesOf(versionsOf(state, question)),
	},
	'model-tag': {
		watch: ['models'],
		requires: ['models'],
		names: (state, question) => versionsOf(state, question).flatMap(({ tags = [] }) => tags.map(({ key }) => key)),
	},
	xcom: { watch: ['pipeline'], requires: ['pipeline'], names: () => [] },
};

const addressOnly = { watch: ['airflow address'], requires: ['addresses'] } as const;

/** The stack determines the DAG if none is named. */
function dagOf({ defaultDag }: StackState, { dagId, config }: Question): string {
	return dagId === config.dag ? (defaultDag ?? dagId) : dagId;
}

const newerNames: Readonly<Record<string, (typeof airflow3Names)[keyof typeof airflow3Names]>> = airflow3Names;

export const isKnownKind = (kind: string): boolean => kind in sources || kind in airflow3Names;

/**
 * Asks the servers. null if they did not answer in time.
 * @param timeoutMs how long
 */
export async function askStack(
	{ io, compose, signal }: CommandContext,
	question: Question,
	timeoutMs: number,
): Promise<string[] | null> {
	const { kind, config, dagId, dagRunId } = question;
	const source = sources[kind];
	const newer = newerNames[kind];
	if (!source && !newer) return [];
	const { watch, requires } = source ?? addressOnly;
	const monitor = startMonitor({
		config,
		clock: io.clock,
		watch,
		interest: { dagId, dagRunId },
		compose,
		acknowledgements: storeOf(config, io.environment),
	});
	try {
		await gather(monitor, requires, timeoutMs, signal);
		if (kind === 'finding') await lookUntilJudged(monitor, AbortSignal.any([signal]));
		if (newer) {
			const { airflow } = monitor.clients;
			if (!airflow) return null;
			const found = await askAirflow3(newer, airflow.airflow3.bind(airflow), question.asked, signal);
			return [...new Set(found)];
		}
		if (kind === 'xcom') return await xcomKeys(monitor, question, signal);
		const names = [...new Set(source?.names(monitor.store.current(), question))];
		return names.length > 0 || haveAnswered(monitor, requires) ? names : null;
	} finally {
		void monitor.stop();
	}
}

function haveAnswered({ store }: Monitor, requires: readonly Requirement[]): boolean {
	const feeds: Readonly<Record<string, { readonly status: string }>> = store.current().feeds;
	return requires.every(need => (feeds[need]?.status ?? 'live') === 'live');
}

/** Keys that the newest try of the task has pushed; of a mapped task, those of its first instance. */
async function xcomKeys(
	{ store, clients }: Monitor,
	question: Question,
	signal: AbortSignal,
): Promise<string[] | null> {
	const state = store.current();
	const dagId = dagOf(state, question);
	const { run } = shownPipeline(state, dagId, question.dagRunId);
	const instances = (run && state.taskInstances[runKey(dagId, run.dagRunId)]) ?? [];
	const task = instances.find(one => taskName(one) === question.subject || one.taskId === question.subject);
	if (!task || !clients.airflow) return null;
	const keys = await (await clients.airflow.taskRequests(signal)).xcomKeys(task, signal);
	return keys.map(({ key }) => key);
}

/** Every metric of the newest MLflow runs, those of the newest run first. */
function metricNames({ mlflowRuns }: StackState): string[] {
	return (mlflowRuns ?? []).flatMap(({ metrics }) => metrics.map(({ key }) => key));
}

/** Versions of the typed model, or of all models. */
function versionsOf({ modelVersions }: StackState, { subject }: Question): readonly ModelVersion[] {
	const all = modelVersions ?? [];
	const own = all.filter(({ name }) => name === subject);
	return own.length > 0 ? own : all;
}

const aliasesOf = (versions: readonly ModelVersion[]): string[] => versions.flatMap(({ aliases }) => aliases);

/** The tasks of the DAG, and the instances of mapped tasks: failed and running ones first. */
function taskNames(state: StackState, dagId: string, dagRunId: string | null): string[] {
	const { run } = shownPipeline(state, dagId, dagRunId);
	const instances = (run && state.taskInstances[runKey(dagId, run.dagRunId)]) ?? [];
	const mapped = mostRelevantFirst(instances).filter(({ mapIndex }) => mapIndex >= 0);
	return [
		...(state.dagTasks[dagId] ?? []).map(task => task.taskId),
		...mapped.slice(0, instancesOffered).map(taskName),
	];
}

/** Subjects are shorter than ids, and need no quotes; one that several findings share does not say which is meant. */
function findingNames(state: StackState): string[] {
	const findings = rootFindings(state.findings);
	const bySubject = Map.groupBy(findings, ({ subject }) => subject);
	return [
		...[...bySubject].flatMap(([subject, { length }]) => (length === 1 && !/\s/.test(subject) ? [subject] : [])),
		...findings.map(({ id }) => id),
	];
}

/** Names of MLflow runs, the DAG runs that made them, and their ids. */
function mlflowRunNames({ mlflowRuns }: StackState): string[] {
	const runs = mlflowRuns ?? [];
	const dagRuns = runs.flatMap(({ tags }) => tags.flatMap(tag => (tag.key === 'dag_run_id' ? [tag.value] : [])));
	return [...runs.flatMap(({ runName }) => runName ?? []), ...dagRuns, ...runs.map(({ runId }) => runId)];
}
