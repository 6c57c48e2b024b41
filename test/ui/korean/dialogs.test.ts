import { afterAll, beforeAll, test } from 'vitest';
import { replicas } from '../../given/neighbours.ts';
import { demandVisited } from './visited.ts';
import { Walk } from './walk.ts';

demandVisited('dialogs');

/** What dialogs reply to what is typed into them: problems, empty lists, hints. */

const cases: Readonly<Record<string, readonly string[]>> = {
	'a param that is no number': ['2', 't', 'paste 셋', 'enter', 'down', 'enter'],
	'a conf that is no JSON': ['2', 't', 'tab', 'paste {"값":', 'enter'],
	'confs of recent runs': ['2', 't', 'ctrl-r'],
	'a regular expression that is none': ['3', '/', 'paste ([', 'enter'],
	'a search that finds nothing': ['3', '/', 'paste 없는 말', 'enter', 'n', 'N'],
	'a filter that finds nothing': ['3', '&', 'paste 없는 말', 'enter'],
	'lines that are hidden': ['3', '-', 'paste celery', 'enter'],
	'context lines that are no number': ['3', '#', 'paste 셋', 'enter'],
	'a time that is none': ['3', '@', 'paste 곧', 'enter'],
	'a time without lines': ['3', '@', 'paste 00:00', 'enter'],
	'a bookmark': ['3', 'up', 'b', "'", 'e', 'E', 'O', 'w', '~', 'ctrl-t'],
	'logs of all, beside one another, and none in the end': ['3', 'a', '\\', 'esc', ']', '[', '=', 'B', '<'],
	'services that are none': ['1', '/', 'paste 없는 말'],
	'DAG runs that are none': ['2', 'a', '/', 'paste 없는 말'],
	'DAGs that are none': ['D', '/', 'paste 없는 말'],
	'MLflow runs that are none': ['4', 'a', '/', 'paste 없는 말'],
	'events that are none': ['H', '/', 'paste 없는 말'],
	'a date without a DAG run': ['2', '@', 'paste 1999-01-01', 'enter'],
	'a date that is none': ['2', '@', 'paste 곧', 'enter'],
	'a command that is none': [':', 'paste 없는 말'],
	'a command that is refused there': [':', 'paste 인스턴스', 'enter'],
	'help that is none': ['?', '/', 'paste 없는 말'],
	'help of a word': ['?', '/', 'paste 로그'],
	'marked services': ['1', 'space', 'down', 'space', 'r'],
	'marked tasks': ['2', 'space', 'right', 'space', 'c'],
	'marked DAG runs': ['2', 'a', 'space', 'down', 'space', 'm'],
	'marked MLflow runs': ['4', 'a', 'space', 'down', 'space', ','],
	'marked model versions': ['4', '*', 'space', 'down', 'space', ','],
	'an alias of a model version': ['4', '*', 'm', 'a', 'paste 새_별칭', 'enter'],
	'an alias that is removed': ['4', '*', '&', 'm', 'r', 'enter'],
	'a stage of a model version': ['4', '*', 'm', 's', 'enter'],
	'a tag of a model version': ['4', '*', 'm', 't', 'paste 키=값', 'enter'],
	'a tag that is removed': ['4', '*', 'm', 'x', 'enter'],
	'the processes of a service': ['1', 'T'],
	'the XCom of a task': ['2', 'right', 'i', 'x', 'enter'],
	'artifacts of an MLflow run': ['4', 'a', '%', 'enter', 'down', 'enter'],
	'a dry run': ['1', '!', 'r'],
	'a note that is too long': ['2', '"', `paste ${'가'.repeat(1100)}`, 'enter'],
	'a note': ['2', '"', 'paste 메모', 'enter'],
	'a log to be saved where nobody may': ['3', 'W', 'paste /nonexistent/x', 'enter'],
	'a frozen screen': ['Z', '?'],
	'a shell': ['1', 'x'],
	'the tasks in a container': ['1', '/', 'paste worker', 'enter', 'enter', '2'],
};

/** One for all: each case begins at the same place. */
let walk: Walk;
beforeAll(async () => {
	walk = await Walk.on();
	await walk.untilAllIsThere();
});
afterAll(() => walk.end());

test.each(Object.entries(cases))('%s', async (name, keys) => {
	await walk.goTo({ place: 'services', zoomed: false });
	for (const key of keys) {
		await walk.press(key);
		walk.lookAtAll(`${name}: ${key}`);
	}
	walk.check();
});

test('an artifact to be saved where a file is', async () => {
	await walk.goTo({ place: 'mlflow-runs', zoomed: false });
	// Its content is in nobody's language.
	await walk.press('/', 'paste model_training', 'enter', '%', 'enter', 'down', 'enter', 'W');
	walk.lookAtAll('where to save it');
	await walk.press('ctrl-u', 'paste /etc/hosts', 'enter');
	walk.lookAtAll('a file is there');
	walk.check();
});

test('a shell of a service with replicas', async () => {
	const there = await Walk.on({ demo: { containers: replicas, workers: 2 } });
	await there.untilAllIsThere();
	await there.press('1', '/', 'paste worker', 'enter', 'x');
	there.lookAtAll('which replica');
	await there.end();
});
