import fc from 'fast-check';
import type { DagTask } from '../../../source/model/airflow/pipeline.ts';
import { taskStateLook } from '../../../source/model/airflow/task-state.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { drawGraph } from '../../../source/presentation/graph/draw.ts';
import { type FittedGraph, fitted } from '../../../source/presentation/graph/sizes.ts';
import { dagShape } from '../../../source/selectors/graph-grid-gantt/dag-shape.ts';
import { type GraphTask, groupCounts, type RunGraph } from '../../../source/selectors/graph-grid-gantt/run-graph.ts';
import { writer } from '../../../source/words/write.ts';

/** Downstream tasks by task, in the order of execution. */
export type Edges = Readonly<Record<string, readonly string[]>>;

export type Given = {
	readonly width?: number;
	readonly height?: number;
	readonly folded?: readonly string[];
	readonly states?: Readonly<Record<string, string | null>>;
	readonly more?: Readonly<Record<string, Partial<DagTask>>>;
	readonly glyphs?: keyof typeof glyphSets;
	readonly selected?: string | null;
};

export const tasksOf = (edges: Edges, more: Given['more'] = {}): DagTask[] =>
	Object.entries(edges).map(([taskId, downstreamTaskIds]) => ({
		taskId,
		operator: 'PythonOperator',
		downstreamTaskIds: [...downstreamTaskIds],
		triggerRule: 'all_success',
		...more[taskId],
	}));

export const shapeWith = (edges: Edges, more: Given['more'] = {}) =>
	dagShape(tasksOf(edges, more), Object.keys(edges).join('\n'));

export function graphOf(edges: Edges, given: Given = {}): FittedGraph & { readonly run: RunGraph } {
	const { width = 120, height = 40, folded = [], states = {}, more = {}, glyphs = 'unicode' } = given;
	const shape = shapeWith(edges, more);
	const tasks = new Map(
		Object.keys(edges).map((taskId): [string, GraphTask] => [
			taskId,
			{
				taskId,
				look: taskStateLook(states[taskId] ?? null),
				counts: null,
				elapsedMs: null,
				tryNumber: 1,
				operator: 'PythonOperator',
				triggerRule: more[taskId]?.triggerRule ?? 'all_success',
			},
		]),
	);
	const run = { shape, hasEdges: true, tasks, groups: groupCounts(shape, tasks), now: null };
	return { run, ...fitted(shape, folded, width, height, glyphSets[glyphs]) };
}

/** The whole picture as text. */
export function drawn(edges: Edges, given: Given = {}): string[] {
	const { run, ...shown } = graphOf(edges, given);
	const part = { x: 0, y: 0, width: shown.graph.width, height: shown.graph.height };
	const look = {
		glyphs: glyphSets[given.glyphs ?? 'unicode'],
		say: writer('en'),
		language: 'en' as const,
		selected: given.selected ?? null,
		marked: [],
	};
	return drawGraph(run, shown, part, look).map(line => line.map(({ text }) => text).join(''));
}

/** Any DAG of some tasks, in nested groups or not, with names of any width. */
export const anyDag = (
	most = 60,
	groups: readonly string[] = ['', 'ingest.', 'ingest.orders.', 'ingest.returns.', 'publish.', '게시.'],
): fc.Arbitrary<Edges> =>
	fc
		.record({
			names: fc.uniqueArray(
				fc.tuple(
					fc.constantFrom(...groups),
					fc.string({ unit: fc.constantFrom('a', 'b', '_', '데', '7'), minLength: 1, maxLength: 9 }),
				),
				{ minLength: 1, maxLength: most, selector: ([group, name]) => group + name },
			),
			pairs: fc.array(fc.tuple(fc.nat({ max: most }), fc.nat({ max: most })), { maxLength: 2 * most }),
		})
		.map(({ names, pairs }) => {
			const ids = names.map(([group, name]) => group + name);
			return Object.fromEntries(
				ids.map((id, index) => [
					id,
					// An edge leads to a later task, so that there is no circle; groups may still depend on each other.
					[...new Set(pairs.flatMap(([from, to]) => (from === index && to > index && ids[to] ? [ids[to]] : [])))],
				]),
			);
		});
