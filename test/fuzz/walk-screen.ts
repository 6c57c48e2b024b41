import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Config } from '../../source/config/schema.ts';
import { actions } from '../../source/ui/actions/table.ts';
import { controllerOnDemo } from '../ui/on-demo.ts';
import type { AlteredDemo } from './altered-demo.ts';

/** Ends the program, or takes the terminal away from it. */
const leaves = new Set(['q', 'ctrl-c', 'ctrl-z']);
const keys = [...new Set(actions.flatMap(action => action.keys))].filter(key => !leaves.has(key));
/** Every kind of box that the walk has to open to be complete. */
const boxes = ['choose', 'confirm', 'form', 'help', 'input', 'page'];
/** Maximum time to act on a key, and to wait for a response, ms. */
const keyMs = 5;
const answerMs = 5000;
/** Until all servers were called. */
const settledMs = 3000;

/**
 * Presses every key of every action in each pane, small and zoomed, and in each list; looks at whatever opens, and goes
 * back. Nothing is confirmed. `check` gets each screen, and texts for the clipboard, a pager or a browser. Resolves
 * with everything that was shown.
 */
export async function walkScreen(
	{ demo, dockerHost, airflowUrl, mlflowUrl }: AlteredDemo,
	more: Pick<Config, 'dag' | 'experiment'> & { readonly password?: string },
	check: (text: string, where: string) => void,
	/**
	 * False: the servers' responses are nonsense, so that little can be opened; each key is pressed only in the opened
	 * panes.
	 */
	isWhole = true,
): Promise<string> {
	const outside: string[] = [];
	const on = await controllerOnDemo({
		demo,
		config: {
			dockerHost: { kind: 'tcp', address: dockerHost, origin: 'test', tlsDirectory: null },
			discovery: { airflowUrl, mlflowUrl },
			airflow: { username: 'admin', password: more.password ?? 'admin' },
			dag: more.dag,
			experiment: more.experiment,
		},
		terminal: {
			open: async url => {
				outside.push(url);
				return null;
			},
			page: async text => {
				outside.push(text);
				return null;
			},
		},
	});
	const seen = new Set<string>();
	const look = (where: string) => {
		const text = on.text();
		if (seen.has(text)) return;
		seen.add(text);
		check(text, where);
	};
	const boxesSeen = new Set<string>();
	const answered = async () => {
		const end = Date.now() + answerMs;
		while (on.controls.dialog()?.kind === 'waiting' && Date.now() < end) await pause(keyMs);
	};
	const back = () => {
		for (let times = 0; times < 6; times++) on.controls.press('esc');
	};
	try {
		if (isWhole) {
			await on.sees(/airflow 2\.8\.0 ✔/);
			await on.sees(/accuracy/);
		} else await pause(settledMs);
		const panes = ['1', '2', '3', '4', '5'];
		const opened = panes.map(pane => [pane, 'z']);
		const places = isWhole
			? [...panes.map(pane => [pane]), ...opened, ['2', 'D'], ['2', 'a'], ['4', 'a']]
			: [...opened, ['2', 'D']];
		for (const place of places)
			for (const key of keys) {
				back();
				for (const before of place) on.controls.press(before);
				on.controls.press(key);
				await pause(keyMs);
				await answered();
				boxesSeen.add(on.controls.dialog()?.kind ?? 'none');
				const where = [...place, key].join(' ');
				look(where);
				// Further down, and one step further in; enter confirms nothing, because No is selected.
				for (const next of ['down', 'pagedown', 'tab']) on.controls.press(next);
				look(`${where} down`);
			}
		if (isWhole) expect(boxes.filter(kind => !boxesSeen.has(kind))).toEqual([]);
		expect(on.changes()).toEqual([]);
	} finally {
		await on.close();
	}
	if (isWhole) expect([on.copied.length > 0, outside.length > 0]).toEqual([true, true]);
	for (const text of [...on.copied, ...outside]) {
		seen.add(text);
		check(text, 'handed to another program');
	}
	return [...seen].join('\n');
}
