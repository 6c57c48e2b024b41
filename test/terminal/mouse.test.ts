import { expect, test, vi } from 'vitest';
import { soon } from '../patience.ts';
import { live } from './program-on-stack.ts';

/** Mouse reports are switched on only if requested, and off on every way out. */
const on = '\u001B[?1000h';
const off = '\u001B[?1000l';
const count = (text: string, what: string) => text.split(what).length - 1;

test('off by default: the terminal keeps its own selection; the palette turns it on', async () => {
	const { term } = await live();
	expect(term.raw().toString()).not.toContain(on);
	term.write(':');
	await term.waitFor(/Run an action or go to/);
	term.write('mouse');
	await term.waitFor(/▸ +mouse /);
	term.press('enter');
	await term.waitFor(/Mouse on/);
	expect(count(term.raw().toString(), on)).toBe(1);
	term.write('q');
	await term.exited;
	expect(count(term.raw().toString(), off)).toBe(1);
});

test('a click selects, a shell gets a terminal without reports, and the end takes them back', async () => {
	const { term } = await live(['--mouse']);
	await term.waitFor(/airflow-redis +✔/);
	const row = term.screen().findIndex(line => /│.*airflow-redis +✔/.test(line));
	term.write(`\u001B[<0;10;${row + 1}M\u001B[<0;10;${row + 1}m`);
	await term.waitFor(/▸ airflow-redis/);
	const mark = term.mark();
	term.write('x');
	await term.waitFor(/y Yes, do it/);
	term.write('y');
	await term.waitFor(/exit or Ctrl-D to return to laketop/);
	expect(term.rawSince(mark).toString()).toContain(off);
	expect(term.rawSince(mark).toString()).not.toContain(on);
	term.write('exit\r');
	await vi.waitFor(() => expect(term.rawSince(mark).toString()).toContain(on), soon);
	const end = term.mark();
	process.kill(term.pid, 'SIGTERM');
	await term.exited;
	expect(term.rawSince(end).toString()).toContain(off);
});
