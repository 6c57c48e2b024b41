/** Columns of one metric, param or tag of MLflow runs. Their IDs are MLflow's names: `metrics.accuracy`. */

export const keyKinds = ['metrics', 'params', 'tags'] as const;
export type KeyKind = (typeof keyKinds)[number];
export type KeyColumn = { readonly kind: KeyKind; readonly key: string };

/** The kind and the key of an ID; null for that of another column. */
export function keyColumn(id: string): KeyColumn | null {
	const kind = keyKinds.find(one => id.startsWith(`${one}.`) && id.length > one.length + 1);
	return kind === undefined ? null : { kind, key: id.slice(kind.length + 1) };
}

/** Columns of a list that the user chose, by the name of the experiment: IDs in the order in which they were chosen. */
export type ChosenColumns = Readonly<Record<string, readonly string[]>>;

/** More columns do not fit any screen. */
export const columnsChosen = 50;
/** Experiments whose columns are remembered: those chosen last. */
export const experimentsRemembered = 200;

/** The chosen columns of one more experiment; null: the usual ones again. Pure. */
export function withColumns(before: ChosenColumns, experiment: string, ids: readonly string[] | null): ChosenColumns {
	const others = Object.entries(before).filter(([name]) => name !== experiment);
	const chosen = ids === null ? [] : [[experiment, ids.slice(0, columnsChosen)] as const];
	return Object.fromEntries([...others, ...chosen].slice(-experimentsRemembered));
}
