import { expect, test } from 'vitest';
import type { Effect } from '../../../../source/ui/conversation.ts';
import { inUtc } from '../../../in-utc.ts';
import { LogsPane } from '../../logs-pane.ts';
import { airflow, now } from '../../screens.tsx';

inUtc();

const shown = ({ view }: LogsPane) => view.logs.selection;
const inputOf = (effect: Effect) => {
	if (effect.kind !== 'input') throw new Error(`an input was expected: ${effect.kind}`);
	return effect.question;
};

test('] and [ go round the containers', async () => {
	const pane = new LogsPane();
	await pane.press(']');
	const first = shown(pane);
	expect(first).toMatchObject({ kind: 'container' });
	await pane.press('[');
	expect(shown(pane)).toEqual({ kind: 'container', name: 'airflow-worker' });
	for (let step = 0; step < 6; step++) await pane.press(']');
	expect(shown(pane)).toEqual({ kind: 'container', name: 'airflow-worker' });
	// Of several together: to the first of all.
	await pane.press('a ]');
	expect(shown(pane)).toMatchObject({ kind: 'container' });
});

test('a container is chosen, and the one that is shown is the one chosen at first', async () => {
	const pane = new LogsPane();
	const effect = pane.asks('d');
	expect(effect).toMatchObject({ kind: 'choose', question: { selected: 'airflow-worker' } });
	await pane.press('d', 'mlflow');
	expect(shown(pane)).toEqual({ kind: 'container', name: 'mlflow' });
});

test('the last log is not removed from beside itself', async () => {
	const pane = new LogsPane();
	await pane.press('\\', 'airflow-worker');
	expect(shown(pane)).toMatchObject({ kind: 'container' });
});

test('p follows the run from its running stage, and stays with a stage', async () => {
	const pane = new LogsPane({ seen: airflow(['success', 'running']) });
	await pane.press('=');
	expect(shown(pane)).toMatchObject({ kind: 'task', request: { taskId: 'bronze_to_silver', follow: 'run' } });
	await pane.press('=');
	expect(shown(pane)).toMatchObject({ request: { taskId: 'bronze_to_silver', follow: 'task' } });
});

test('p where no run is shown says so', async () => {
	const pane = new LogsPane();
	await pane.press('=');
	expect(pane.view.hint).toBe('The shown DAG run has no tasks to follow');
	await pane.press('B');
	expect(pane.view.hint).toBe('This log is of a container, not of a task');
	await pane.press('<');
	expect(pane.view.hint).toBe('The shown DAG run has not started');
});

test('[ and ] go from try to try, up to the newest, which is followed', async () => {
	const pane = new LogsPane({ seen: airflow(['running'], [{ tryNumber: 3 }]) });
	pane.view = { ...pane.view, focus: 'pipeline', taskId: 'raw_to_bronze' };
	await pane.press('l [');
	expect(shown(pane)).toMatchObject({ request: { tryNumber: 2, follow: 'try' } });
	await pane.press(']');
	expect(shown(pane)).toMatchObject({ request: { tryNumber: null, follow: 'task' } });
	await pane.press(']');
	expect(pane.view.hint).toBe('This is the latest try of raw_to_bronze');
});

test('there is no try before the first', async () => {
	const pane = new LogsPane({ seen: airflow(['running']) });
	pane.view = { ...pane.view, focus: 'pipeline', taskId: 'raw_to_bronze' };
	await pane.press('l [');
	expect(pane.view.hint).toBe('This is the first try of raw_to_bronze');
});

test('Esc in the small pane leads from the log of a stage back to it', async () => {
	const pane = new LogsPane({ seen: airflow(['running']) });
	pane.view = { ...pane.view, zoomed: false, focus: 'pipeline', taskId: 'raw_to_bronze' };
	await pane.press('l esc');
	expect(pane.view).toMatchObject({ focus: 'pipeline', taskId: 'raw_to_bronze' });
	await pane.press('3 esc');
	expect(pane.view.focus).not.toBe('services');
});

test('in an empty log nothing moves, and what needs a line says that there is none', async () => {
	const pane = new LogsPane();
	const before = pane.view.logs;
	await pane.press('up down pageup pagedown g enter b');
	expect(pane.view.logs).toEqual(before);
	await pane.press('@');
	expect(pane.view.hint).toBe('No log lines yet');
	await pane.press('|');
	expect(pane.view.hint).toBe('No lines to show');
	await pane.press('W', '/nonexistent/x.log');
	expect(pane.view.hint).toBe('No lines to save');
	await pane.press('y');
	expect(pane.taken).not.toBe('');
});

test('a file that cannot be written says why, and a name is needed', async () => {
	const pane = new LogsPane().say(['one']);
	await pane.press('W', '/nonexistent/folder/x.log');
	expect(pane.view.hint).toMatch(/^Cannot write .*: no such file/);
	const question = inputOf(pane.asks('W'));
	expect(question.initial).toMatch(/^airflow-worker-20261124-\d{6}\.log$/);
	expect(question.problem(' ')).toBe('Enter a file name');
	expect(question.problem('x')).toBeNull();
});

test('what is no time, no number and no pattern is refused while it is typed', () => {
	const pane = new LogsPane().say(['one']);
	const time = inputOf(pane.asks('@'));
	expect(time.problem('soon')).toBe('Invalid time');
	expect(time.problem('14:03')).toBeNull();
	const around = inputOf(pane.asks('#'));
	expect(around.problem('many')).toBe('Enter one or two numbers');
	expect([around.problem(''), around.problem('3'), around.problem('1 2')]).toEqual([null, null, null]);
});

test('lines around are offered as they are, one number where both are the same', async () => {
	const pane = new LogsPane().say(['one']);
	await pane.press('#', '2');
	expect(inputOf(pane.asks('#')).initial).toBe('2');
	await pane.press('#', '1 3');
	expect(inputOf(pane.asks('#')).initial).toBe('1 3');
	await pane.press('#', '');
	expect(inputOf(pane.asks('#')).initial).toBe('');
});

test('a time after the last line is not in the log; for one before the first the hint says that the log starts later', async () => {
	const pane = new LogsPane().say(['one', 'two']);
	await pane.press('@', new Date(now).toISOString());
	expect(pane.view.hint).toBe('No log lines at that time or later');
	await pane.press('@', '2026-11-20T00:00:00Z');
	expect(pane.view.hint).toBe('The log starts later');
	await pane.press('@', 'nonsense');
	expect(pane.view.logs.cursor).not.toBeNull();
});

test('what is not there says so: a hit, an error, a bookmark, something to fold', async () => {
	const pane = new LogsPane().say(['INFO: one', 'INFO: two']);
	await pane.press('n');
	expect(pane.view.hint).toBe('No search yet');
	await pane.press('e');
	expect(pane.view.hint).toBe('No errors in this log');
	await pane.press("'");
	expect(pane.view.hint).toBe('No bookmarks in this log');
	await pane.press('enter');
	expect(pane.view.hint).toMatch(/^Nothing to fold here/);
	await pane.press('right');
	expect(pane.view.hint).toMatch(/^Long lines are wrapped/);
});

test('errors are gone round: past the last from the beginning, past the first from the end', async () => {
	const pane = new LogsPane().say(['ERROR: one', 'INFO: two', 'ERROR: three', 'INFO: four']);
	await pane.press('E E');
	expect(pane.chosen()).toMatch(/ERROR one$/);
	await pane.press('E');
	expect(pane.view.hint).toBe('Continued from the end');
	expect(pane.chosen()).toMatch(/ERROR three$/);
	await pane.press('e');
	expect(pane.view.hint).toBe('Continued from the beginning');
	expect(pane.chosen()).toMatch(/ERROR one$/);
});

test('a line higher than the pane is scrolled upwards too', async () => {
	const pane = new LogsPane({ columns: 40, rows: 10 }).say(['first', `long ${'x'.repeat(800)} end`, 'last']);
	await pane.press('g');
	const top = pane.lines();
	for (let step = 0; step < 6; step++) await pane.press('down');
	expect(pane.lines()).not.toEqual(top);
	for (let step = 0; step < 12; step++) await pane.press('up');
	expect(pane.lines()).toEqual(top);
	expect(pane.chosen()).toMatch(/first$/);
});

test('a cursor that runs out below is brought into sight whole', async () => {
	const pane = new LogsPane({ columns: 60, rows: 10 }).say([
		...Array.from({ length: 6 }, (_, index) => `line ${index}`),
		`wrapped ${'y'.repeat(120)} end`,
		...Array.from({ length: 6 }, (_, index) => `line ${index + 7}`),
	]);
	await pane.press('g');
	for (let step = 0; step < 6; step++) await pane.press('down');
	expect(pane.chosen()).toMatch(/wrapped/);
	expect(pane.lines().join('\n')).toMatch(/end$/m);
	for (let page = 0; page < 6; page++) await pane.press('pagedown');
	expect(pane.view.logs.cursor).toBeNull();
	await pane.press('pageup pagedown G');
	expect(pane.lines().at(-1)).toMatch(/line 12$/);
});
