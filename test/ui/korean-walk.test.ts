import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdersOf, spots } from '../../source/ui/actions/bindings.ts';
import { actionsFor } from '../../source/ui/actions/table.ts';
import { panes } from '../../source/ui/panes/panes.ts';
import { controllerOnDemo, type OnDemo } from './on-demo.ts';

/** Each pane of the screen with `--lang ko`, and what its keys open: no English word of ours is in any of them. */

let here: OnDemo;
beforeAll(async () => {
	here = await controllerOnDemo({ config: { language: 'ko' } });
	await here.sees('ml_pipeline_end_to_end');
	await here.sees('accuracy');
});
afterAll(() => here.close());

/**
 * Names that are the same in every language: of programs, protocols, keys, formats, what they call their parts, and words
 * that are typed as they are (`up` and `down` of Compose, `yesterday` as a time).
 */
const foreign = new Set(
	`laketop host up down yesterday Left Right Up Down Backspace Delete Airflow Celery Redis Postgres MLflow Docker Compose docker compose DAG DAGs CPU CONF OOM Esc Tab Enter Space PgUp PgDn Home End Ctrl
	MiB GiB KiB NaN JSON SQL URL OSC HTTP API UTC REST curl ping POST GET PATCH ssh dark light auto mono SIGKILL traceback root Admin admin debug info warning error`.split(
		/\s+/,
	),
);

/** A question without the command that does the same: from `$` to the empty line below. */
const withoutCommand = (text: string) => stripVTControlCharacters(text).replace(/│ \$ [\s\S]*?│ *│/g, '');

/** Not pressed: what leaves the program or the demo, and what shows the words of others: a DAG's form, ps. */
const left = new Set(['quit', 'shell', 'pager', 'trigger', 'top']);

test.each(spots.filter(({ place }) => panes.some(({ id }) => id === place)))('$place, zoomed: $zoomed', async spot => {
	const { controls, monitor } = here;
	const known = () => JSON.stringify(monitor.store.current());
	const seen = new Map<string, string>();
	const look = (where: string) => {
		here.text();
		const { overlay, footer, header, browse, panes } = controls.screen.getState();
		const own =
			spot.place === 'logs'
				? ''
				: Object.entries(panes)
						.map(([id, part]) => (id === 'logs' ? '' : part?.text))
						.join('\n');
		const facts = known();
		for (const word of [header?.text, footer?.text, browse?.text, withoutCommand(overlay?.text ?? ''), own]
			.join('\n')
			.match(/(?<![\w$./=-])[A-Za-z]{3,}(?![\w./=…-])/g) ?? [])
			if (!foreign.has(word) && !facts.includes(word) && !seen.has(word)) seen.set(word, where);
	};
	const go = () => {
		for (let index = 0; index < 6; index++) controls.press('escape');
		const key = String(panes.findIndex(({ id }) => id === spot.place) + 1);
		controls.press(key);
		if (spot.zoomed) controls.press('z');
	};
	const keys = new Set(actionsFor(false).flatMap(action => (left.has(action.id) ? [] : action.keys)));
	for (const key of keys) {
		const [action] = holdersOf(actionsFor(false), key, spot);
		if (!action || left.has(action.id)) continue;
		go();
		look('place');
		controls.press(key);
		look(`${action.id} (${key})`);
		await new Promise(resolve => setTimeout(resolve, 15));
		look(`${action.id} (${key})`);
	}
	expect(Object.fromEntries(seen)).toEqual({});
});
