/** Airflow's own answers about a DAG and one of its runs, without laketop: those of its REST API, and of its web pages. */
import * as z from 'zod/mini';
import type { AirflowApi, Generation } from '../airflow-api.ts';
import { until } from '../stack.ts';

const tasksAnswer = z.object({
	tasks: z.array(
		z.object({
			task_id: z.string(),
			operator_name: z.nullish(z.string()),
			downstream_task_ids: z.array(z.string()),
			trigger_rule: z.string(),
		}),
	),
});
const instance = z.object({
	task_id: z.string(),
	map_index: z.number(),
	state: z.nullable(z.string()),
	try_number: z.number(),
	max_tries: z.number(),
	queued_when: z.nullable(z.string()),
	start_date: z.nullable(z.string()),
	end_date: z.nullable(z.string()),
	duration: z.nullable(z.number()),
	hostname: z.nullable(z.string()),
	pool: z.string(),
});
const instancesAnswer = z.object({ task_instances: z.array(instance), total_entries: z.number() });
const runAnswer = z.object({ state: z.string(), start_date: z.nullable(z.string()), end_date: z.nullable(z.string()) });

export type Defined = z.infer<typeof tasksAnswer>['tasks'][number];
export type Instance = z.infer<typeof instance>;
/** Where a task is: ids of the groups around it, the outermost first. */
export type Place = { readonly groups: readonly string[]; readonly isMapped: boolean; readonly role: string | null };
/** What Airflow's grid shows of a task or a group in a run. */
export type Square = { readonly state: string | null; readonly states: Readonly<Record<string, number>> | null };

export type Truth = {
	readonly generation: Generation;
	readonly run: z.infer<typeof runAnswer>;
	readonly defined: readonly Defined[];
	readonly instances: readonly Instance[];
	/** By task. */
	readonly places: ReadonlyMap<string, Place>;
};

/** Everything about one run. */
export async function truthOf(
	api: AirflowApi,
	generation: Generation,
	dagId: string,
	dagRunId: string,
): Promise<Truth> {
	const runPath = `dags/${dagId}/dagRuns/${encodeURIComponent(dagRunId)}`;
	return {
		generation,
		run: runAnswer.parse(await api.request(runPath)),
		defined: tasksAnswer.parse(await api.request(`dags/${dagId}/tasks`)).tasks,
		instances: await instancesOf(api, runPath),
		places: await placesOf(api, generation, dagId),
	};
}

/** All instances of a run: pages are read again until none is missing, as rows may move between two of them. */
async function instancesOf(api: AirflowApi, runPath: string): Promise<Instance[]> {
	let whole: Instance[] = [];
	await until(async () => {
		const found = new Map<string, Instance>();
		let total = 0;
		let read = 0;
		do {
			const answer = await api.request(`${runPath}/taskInstances?limit=100&offset=${read}`);
			const { task_instances: page, total_entries } = instancesAnswer.parse(answer);
			for (const one of page) found.set(`${one.task_id} ${one.map_index}`, one);
			total = total_entries;
			read += Math.max(1, page.length);
		} while (read < total);
		if (found.size !== total) throw new Error(`${runPath}: ${found.size} of ${total} instances`);
		whole = [...found.values()];
	}, 30_000);
	return whole;
}

type Node = {
	readonly id?: string | null | undefined;
	readonly type?: string | undefined;
	readonly children?: readonly Node[] | null | undefined;
	readonly is_mapped?: boolean | null | undefined;
	readonly isMapped?: boolean | undefined;
	readonly setupTeardownType?: string | undefined;
	readonly setup_teardown_type?: string | null | undefined;
	readonly instances?: readonly z.infer<typeof gridInstance>[] | undefined;
};
const gridInstance = z.object({
	run_id: z.string(),
	state: z.nullable(z.string()),
	mapped_states: z.nullish(z.record(z.string(), z.number())),
});
const node: z.ZodMiniType<Node> = z.object({
	id: z.nullish(z.string()),
	type: z.optional(z.string()),
	children: z.nullish(z.array(z.lazy(() => node))),
	is_mapped: z.nullish(z.boolean()),
	isMapped: z.optional(z.boolean()),
	setupTeardownType: z.optional(z.string()),
	setup_teardown_type: z.nullish(z.string()),
	instances: z.optional(z.array(gridInstance)),
});

async function placesOf(api: AirflowApi, generation: Generation, dagId: string): Promise<Map<string, Place>> {
	const places = new Map<string, Place>();
	const walk = (some: readonly Node[], groups: readonly string[], inMapped: boolean) => {
		for (const one of some) {
			const isMapped = inMapped || one.is_mapped === true || one.isMapped === true;
			if (one.children) walk(one.children, one.id ? [...groups, one.id] : groups, isMapped);
			else if (one.id && one.type !== 'join')
				places.set(one.id, { groups, isMapped, role: one.setupTeardownType ?? one.setup_teardown_type ?? null });
		}
	};
	walk(await nodesOf(api, generation, dagId), [], false);
	return places;
}

async function nodesOf(api: AirflowApi, generation: Generation, dagId: string): Promise<readonly Node[]> {
	if (generation === 2) {
		const page = await api.page(`/object/grid_data?dag_id=${dagId}&num_runs=25`);
		return [z.object({ groups: node }).parse(JSON.parse(page)).groups];
	}
	const page = await api.page(`/ui/structure/structure_data?dag_id=${dagId}`);
	return z.object({ nodes: z.array(node) }).parse(JSON.parse(page)).nodes;
}

const summaries = z.object({
	task_instances: z.array(
		z.object({
			task_id: z.string(),
			state: z.nullable(z.string()),
			child_states: z.nullish(z.record(z.string(), z.number())),
		}),
	),
});

/** The squares of a run in Airflow's grid, of tasks and groups, by their ids. */
export async function squaresOf(
	api: AirflowApi,
	generation: Generation,
	dagId: string,
	dagRunId: string,
): Promise<Map<string, Square>> {
	const squares = new Map<string, Square>();
	if (generation === 3) {
		const lines = await api.page(`/ui/grid/ti_summaries/${dagId}?run_ids=${encodeURIComponent(dagRunId)}`);
		for (const line of lines.split('\n').filter(Boolean)) {
			for (const one of summaries.parse(JSON.parse(line)).task_instances)
				squares.set(one.task_id, { state: one.state, states: one.child_states ?? null });
		}
		return squares;
	}
	const walk = (one: Node) => {
		const shown = one.instances?.find(({ run_id }) => run_id === dagRunId);
		if (one.id && shown) squares.set(one.id, { state: shown.state, states: shown.mapped_states ?? null });
		for (const child of one.children ?? []) walk(child);
	};
	for (const one of await nodesOf(api, generation, dagId)) walk(one);
	return squares;
}
