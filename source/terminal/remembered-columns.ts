import type { ColumnStore } from '../clients/column-file.ts';
import type { Config } from '../config/schema.ts';

/** The columns that the user chose on this host; those of a demo stay in memory. Loaded when a list asks for them. */
export function columnStoreOf(
	{ demo }: Pick<Config, 'demo'>,
	environment: Readonly<Record<string, string | undefined>>,
): ColumnStore {
	let loaded: Promise<ColumnStore> | undefined;
	const store = () => {
		loaded ??= import('../clients/column-file.ts').then(({ columnsIn, columnsInMemory, columnsPath }) =>
			demo ? columnsInMemory() : columnsIn(columnsPath(environment)),
		);
		return loaded;
	};
	return {
		read: async () => (await store()).read(),
		save: async (experiment, ids) => (await store()).save(experiment, ids),
	};
}
