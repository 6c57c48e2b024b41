import { expect, test } from 'vitest';
import type { KeyBinding } from '../../../source/config/schema.ts';
import { ConfigError } from '../../../source/model/failures/config-error.ts';
import { withKeymap } from '../../../source/ui/actions/keymap.ts';
import { actionForKey, actionsFor, actions as table } from '../../../source/ui/actions/table.ts';
import { helpDialog } from '../../../source/ui/dialogs/help.ts';
import { keyFromWords } from '../../../source/ui/keys.ts';
import { english } from '../../english.ts';
import { airflow, at, engine, screenOf } from '../screens.tsx';

const keymap = (of: Readonly<Record<string, readonly string[]>>): KeyBinding[] =>
	Object.entries(of).map(([actionId, keys], index) => ({
		actionId,
		keys,
		where: `laketop.yaml:${index + 1}: keys.${actionId}`,
	}));

function complaint(of: Readonly<Record<string, readonly string[]>>): string {
	try {
		withKeymap(table, keymap(of));
	} catch (error) {
		if (error instanceof ConfigError) return `${error.message} | ${english(error.fix)}`;
		throw error;
	}
	return 'no complaint';
}

const keysOf = (id: string, of: Readonly<Record<string, readonly string[]>>) =>
	withKeymap(table, keymap(of)).find(action => action.id === id)?.keys;

test('without overrides the table is what it was', () => {
	expect(withKeymap(table, [])).toBe(table);
});

test('the table itself has no two actions on one key at one place', () => {
	const same = Object.fromEntries(table.map(action => [action.id, action.keys]));
	expect(complaint(same)).toBe('no complaint');
});

test('an action gets the keys that were given, and no others', () => {
	const changed = { restart: ['Q'], trigger: ['t', 'J'], freeze: [] };
	expect(keysOf('restart', changed)).toEqual(['Q']);
	expect(keysOf('trigger', changed)).toEqual(['t', 'J']);
	expect(keysOf('freeze', changed)).toEqual([]);
	expect(keysOf('help', changed)).toEqual(['?']);
	const actions = withKeymap(table, keymap(changed));
	expect(actionForKey(actions, 'Q', { focus: 'services', browse: null })?.id).toBe('restart');
	expect(actionForKey(actions, 'r', { focus: 'services', browse: null })).toBeUndefined();
});

test('a key is taken from an action that keeps another', () => {
	expect(keysOf('refresh', { restart: ['ctrl-r'] })).toEqual(['R']);
});

test('two actions may change places', () => {
	const swapped = { trigger: ['r'], restart: ['t'] };
	expect([keysOf('trigger', swapped), keysOf('restart', swapped)]).toEqual([['r'], ['t']]);
});

test('the same key may mean two things at two places', () => {
	expect(complaint({ 'next-log': ['Q'], logs: ['Q'] })).toBe('no complaint');
});

test.each([
	[{ restrat: ['x'] }, /^laketop\.yaml:1: keys\.restrat: unknown action restrat; did you mean restart\? \| /],
	[{ restart: ['w'], trigger: ['ctl-'] }, /^laketop\.yaml:2: keys\.trigger: unknown key ctl-/],
	[{ restart: ['pgpu'] }, /unknown key pgpu; did you mean PgUp\?/],
	[{ restart: ['ctrl-i'] }, /terminals send the same bytes for Ctrl-I and Tab: write tab/],
	[{ restart: ['ctrl-c'] }, /keys\.restart: Ctrl-C always quits/],
	[{ restart: ['?'] }, /keys\.restart: key \? is bound to both restart and help.* \| .* give help another/],
	[{ restart: ['R'], refresh: ['R', 'A'] }, /keys\.restart: key R is bound to both restart and refresh/],
	[{ restart: ['w'], trigger: ['w'] }, /keys\.trigger: key w is bound to both trigger and restart/],
	[{ restart: ['l'] }, /key l is bound to both restart and logs \(services/],
	[{ logs: ['r'] }, /key r is bound to both logs and restart \(services/],
])('%j is refused', (of, words) => {
	expect(complaint(of)).toMatch(words);
});

test('Ctrl-C goes on quitting, whatever else does', () => {
	expect(keysOf('quit', { quit: ['J'] })).toEqual(['J', 'ctrl-c']);
	expect(keysOf('quit', { quit: [] })).toEqual(['ctrl-c']);
});

test('read-only mode removes the changing actions after the keys were assigned', () => {
	const actions = actionsFor({ readOnly: true }, keymap({ restart: ['Q'], help: ['J'] }));
	expect(actions.some(action => action.kind === 'change')).toBe(false);
	expect(actions.find(action => action.id === 'help')?.keys).toEqual(['J']);
	expect(() => actionsFor({ readOnly: true }, keymap({ help: ['t'] }))).toThrow(/both help and trigger/);
});

test.each([
	['T', 'T'],
	['ㅅ', 'ㅅ'],
	['5', '5'],
	[' ', 'space'],
	['-', '-'],
	['Space', 'space'],
	['Ctrl-R', 'ctrl-r'],
	['ctrl+r', 'ctrl-r'],
	['C-r', 'ctrl-r'],
	['shift-t', 'T'],
	['Shift-Tab', 'shift-tab'],
	['PgUp', 'pageup'],
	['ESC', 'esc'],
])('%s is the key %s', (words, key) => {
	expect(keyFromWords(words)).toEqual({ key });
});

test.each(['', 'ctrl-', 'ctrl-1', 'hyper-x', 'xy', '\u001B', 'ctrl-m'])('%j is no key', words => {
	expect(keyFromWords(words)).toHaveProperty('problem');
});

test('help and key bar show the keys that are in force', () => {
	const keys = keymap({ restart: ['Q', 'ctrl-x'], trigger: [], help: ['J'] });
	const help = screenOf({ seen: engine(), dialog: helpDialog, rows: 60, keys });
	expect(help).toMatch(/Q, Ctrl-X +Restart the selected or marked services/);
	const bar = screenOf({ seen: engine(), keys }).split('\n').at(-2) ?? '';
	expect(bar).toContain(' Q restart ');
	expect(bar).toContain(' J help ');
	expect(bar).not.toContain('trigger');
});

test('sentences on the screen name the keys that are in force', () => {
	const seen = [...engine(), ...airflow([])].filter(one => one.type !== 'dag runs fetched');
	const empty = [...seen, { type: 'dag runs fetched' as const, at, dagId: 'ml_pipeline_end_to_end', runs: [] }];
	expect(screenOf({ seen: empty })).toContain('No DAG runs yet. Press t to trigger one.');
	expect(screenOf({ seen: empty, keys: keymap({ trigger: ['J'] }) })).toContain(
		'No DAG runs yet. Press J to trigger one.',
	);
	expect(screenOf({ seen: empty, readOnly: true })).toMatch(/No DAG runs yet\.\s/);
	const frozen = { seen, view: { frozen: true }, columns: 120 };
	expect(screenOf(frozen)).toContain('(Z)');
	expect(screenOf({ ...frozen, keys: keymap({ freeze: ['J'] }) })).toContain('(J)');
});
