import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { parentOf } from '../../model/mlflow/run-series.ts';

/** A run in the tree of nested runs. */
export type RunNode = MlflowRun & {
	/** Left out or 0 for a run without a known parent. */
	readonly depth?: number;
	/** Runs below it, at any depth; left out or 0: none. */
	readonly nested?: number;
	/** Those are not shown. */
	readonly isFolded?: boolean;
	/** It is no row of its own: it is shown for its children. */
	readonly isContext?: boolean;
};

/** Deeper runs are shown at this depth: a server may name a run as its own ancestor. */
const deepest = 20;

/**
 * Runs as a tree by MLflow's tag of the parent. Each group of nested runs stands where its first run would, and keeps its
 * order inside. Pure.
 * @param runs in the order of the list
 * @param others runs that may be parents of these
 * @param folded IDs of runs whose nested runs are hidden
 */
export function runTree(
	runs: readonly MlflowRun[],
	others: readonly MlflowRun[],
	folded: ReadonlySet<string>,
): readonly RunNode[] {
	// Of most experiments all are single: 10,000 runs need no nodes of their own.
	if (!runs.some(run => parentOf(run) !== null)) return runs;
	const listed = new Set(runs.map(({ runId }) => runId));
	const known = new Map([...others, ...runs].map(run => [run.runId, run]));
	const children = new Map<string, MlflowRun[]>();
	const placed = new Set<string>();
	/** Places the run below its parent, and that below its own; returns the run above all, if it is new. */
	const place = (run: MlflowRun, steps: number): MlflowRun | null => {
		if (placed.has(run.runId)) return null;
		placed.add(run.runId);
		const parentId = parentOf(run);
		const parent = parentId === null || steps >= deepest ? undefined : known.get(parentId);
		if (parent === undefined || isAncestor(run.runId, parent, known)) return run;
		const siblings = children.get(parent.runId);
		if (siblings) siblings.push(run);
		else children.set(parent.runId, [run]);
		return place(parent, steps + 1);
	};
	// The place of a group is that of its first run, which may be a nested one.
	const roots = runs.flatMap(run => place(run, 0) ?? []);
	return written(roots, children, folded).map(({ run, ...place }) => ({
		...run,
		...place,
		isContext: !listed.has(run.runId),
	}));
}

type Written = Pick<RunNode, 'depth' | 'nested' | 'isFolded'> & { readonly run: MlflowRun };

/** The tree from top to bottom, without what is folded. A server may nest thousands: no call for each of them. */
function written(
	roots: readonly MlflowRun[],
	children: ReadonlyMap<string, readonly MlflowRun[]>,
	folded: ReadonlySet<string>,
): readonly Written[] {
	type Row = { readonly run: MlflowRun; readonly depth: number; readonly above: Row | null; nested: number };
	const rows: Row[] = [];
	const ahead = roots.toReversed().map((run): Row => ({ run, depth: 0, above: null, nested: 0 }));
	for (let row = ahead.pop(); row !== undefined; row = ahead.pop()) {
		const above = row;
		const depth = Math.min(deepest, above.depth + 1);
		rows.push(above);
		const below = children.get(above.run.runId) ?? [];
		ahead.push(...below.toReversed().map(run => ({ run, depth, above, nested: 0 })));
	}
	for (const { above, nested } of rows.toReversed()) if (above !== null) above.nested += 1 + nested;
	const shown: Written[] = [];
	let skipped = 0;
	for (const { run, depth, nested } of rows) {
		if (skipped > 0) {
			skipped--;
			continue;
		}
		const isFolded = nested > 0 && folded.has(run.runId);
		shown.push({ run, depth, nested, isFolded });
		skipped = isFolded ? nested : 0;
	}
	return shown;
}

/** Whether the run is the other one, or above it. */
function isAncestor(runId: string, of: MlflowRun, known: ReadonlyMap<string, MlflowRun>): boolean {
	let run: MlflowRun | undefined = of;
	for (let steps = 0; run !== undefined && steps < deepest; steps++) {
		if (run.runId === runId) return true;
		const parentId = parentOf(run);
		run = parentId === null ? undefined : known.get(parentId);
	}
	return false;
}
