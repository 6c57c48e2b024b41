import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { columnsIn, columnsInMemory, columnsPath } from '../../source/clients/column-file.ts';
import { columnsChosen, experimentsRemembered } from '../../source/model/run-columns.ts';
import { render } from '../../source/words/message.ts';

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-columns-'));
	path = columnsPath({ XDG_STATE_HOME: folder });
});
afterEach(() => {
	chmodSync(folder, 0o700);
	rmSync(folder, { recursive: true, force: true });
});

test('what one laketop keeps the next one reads, by experiment, until the usual ones are back', async () => {
	expect(await columnsIn(path).read()).toEqual({});
	expect(await columnsIn(path).save('churn', ['status', 'metrics.f1'])).toBeNull();
	expect(await columnsIn(path).save('sales', ['tags.team'])).toBeNull();
	expect(await columnsIn(path).read()).toEqual({ churn: ['status', 'metrics.f1'], sales: ['tags.team'] });
	expect(await columnsIn(path).save('churn', null)).toBeNull();
	expect(await columnsIn(path).read()).toEqual({ sales: ['tags.team'] });
	expect(statSync(path).mode & 0o777).toBe(0o600);
	// No draft and no lock stays.
	expect(readdirSync(join(folder, 'laketop'))).toEqual(['columns.json']);
});

test('two at once lose nothing', async () => {
	const names = Array.from({ length: 12 }, (_, index) => `e${index}`);
	expect(await Promise.all(names.map(name => columnsIn(path).save(name, [name])))).toEqual(names.map(() => null));
	expect(Object.keys(await columnsIn(path).read())).toHaveLength(names.length);
});

test('a file that is none of ours counts as none: garbled, of other types, a folder, a link', async () => {
	mkdirSync(join(folder, 'laketop'));
	for (const text of [
		'',
		'{',
		'[]',
		'{"mlflow-runs":[]}',
		'{"mlflow-runs":{"churn":"f1"}}',
		'{"mlflow-runs":{"churn":[1]}}',
	]) {
		writeFileSync(path, text);
		expect(await columnsIn(path).read()).toEqual({});
	}
	rmSync(path);
	writeFileSync(join(folder, 'other'), '{"mlflow-runs":{"churn":["x"]}}');
	symlinkSync(join(folder, 'other'), path);
	expect(await columnsIn(path).read()).toEqual({});
	rmSync(path);
	mkdirSync(path);
	expect(await columnsIn(path).read()).toEqual({});
	const problem = await columnsIn(path).save('churn', ['x']);
	expect(problem && render(problem, 'en')).toMatch(/^Columns are not saved in .*columns\.json: /);
	expect(readdirSync(join(folder, 'laketop'))).toEqual(['columns.json']);
});

test('a file written by hand is bounded and cleaned; names of objects are names', async () => {
	mkdirSync(join(folder, 'laketop'));
	const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`e${index}`, ['x']]));
	const columns = { ...many, churn: [...Array(80).fill('status'), '\u001b[31mred'] };
	writeFileSync(path, JSON.stringify({ 'mlflow-runs': columns }));
	const read = await columnsIn(path).read();
	expect(Object.keys(read)).toHaveLength(experimentsRemembered);
	expect(read.churn).toHaveLength(columnsChosen);
	writeFileSync(path, '{"mlflow-runs":{"churn":["a\\u001b[31mb"],"__proto__":["y"],"constructor":["z"]}}');
	const odd = await columnsIn(path).read();
	expect(JSON.stringify(odd)).not.toContain('\\u001b');
	expect(await columnsIn(path).save('constructor', ['metrics.a'])).toBeNull();
	expect((await columnsIn(path).read()).constructor).toEqual(['metrics.a']);
});

test('those of a demo stay in memory', async () => {
	const store = columnsInMemory();
	expect(await store.save('churn', ['status'])).toBeNull();
	expect(await store.read()).toEqual({ churn: ['status'] });
	expect(await columnsInMemory().read()).toEqual({});
});
