import type { KeyBinding } from '../../source/config/schema.ts';
import { LogStore } from '../../source/model/logs/log-store.ts';
import type { Observation } from '../../source/model/observation.ts';
import { reduce } from '../../source/model/reduce.ts';
import { initialState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { plainTheme } from '../../source/presentation/theme.ts';
import { actionsFor } from '../../source/ui/actions/table.ts';
import type { ViewState } from '../../source/ui/conversation.ts';
import type { Dialog } from '../../source/ui/dialogs/dialogs.ts';
import { LogReader } from '../../source/ui/panes/logs/log-reader.ts';
import type { PresentInput } from '../../source/ui/presenter.ts';
import { initialView } from '../../source/ui/view-state.ts';

/** The clock of all pictures: 24 November 2026, 14:03:21 UTC. */
export const now = Date.UTC(2026, 10, 24, 14, 3, 21);
export type Scene = {
	readonly seen: readonly Observation[];
	readonly view?: Partial<ViewState>;
	readonly dialog?: Dialog;
	readonly logs?: readonly string[];
	/** Lines of other containers, by name. */
	readonly logsOf?: Readonly<Record<string, readonly string[]>>;
	readonly columns?: number;
	readonly rows?: number;
	readonly glyphs?: keyof typeof glyphSets;
	readonly readOnly?: boolean;
	/** False: managed servers, without containers. */
	readonly hasEngine?: boolean;
	readonly keys?: readonly KeyBinding[];
	readonly language?: 'en' | 'ko';
};

/** The input for a screen of these facts. */
export function inputOf(scene: Scene): PresentInput {
	const {
		seen,
		view = {},
		dialog = null,
		logs = [],
		logsOf = {},
		columns = 100,
		rows = 30,
		glyphs = 'unicode',
		readOnly = false,
		hasEngine = true,
		keys = [],
		language = 'en',
	} = scene;
	const store = new LogStore();
	for (const [name, lines] of Object.entries({ 'airflow-worker': logs, ...logsOf }))
		store.push(
			`container/${name}`,
			lines.map((text, index) => ({
				stamp: `2026-11-24T14:03:${String(index).padStart(2, '0')}.000000000Z`,
				loggedAt: now - (60 - index) * 1000,
				channel: 'stdout' as const,
				text,
			})),
		);
	return {
		state: seen.reduce(reduce, { ...initialState, hasEngine }),
		reader: new LogReader(store),
		view: { ...initialView('ml_pipeline_end_to_end'), ...view },
		dialog,
		config: {
			discovery: { project: 'mlops' },
			experiment: 'lakehouse_ml_pipeline',
			readOnly,
			demo: false,
			language,
			profile: null,
		},
		host: 'db-host',
		actions: actionsFor({ readOnly, hasEngine }, keys),
		now,
		keyPressedAt: 0,
		isAnswerable: true,
		columns,
		rows,
		glyphs: glyphSets[glyphs],
		theme: plainTheme,
	};
}
