import { test } from 'vitest';
import { demandVisited } from './visited.ts';
import { Walk } from './walk.ts';

demandVisited('outcomes');

/** Actions that are confirmed, carried out and refused: progress, outcome, the timeline and the DAG runs after them. */

/** Keys that open a menu or form, and those that choose in it once it can be answered. */
const cases: Readonly<Record<string, readonly [opens: readonly string[], chooses?: readonly string[]]>> = {
	restart: [['1', 'r']],
	stop: [['1', 's']],
	pause: [['1', 'p']],
	kill: [['1', 'K']],
	'the whole stack restarted': [['C'], ['r']],
	trigger: [['2', 't'], ['enter']],
	'pause the DAG': [['2', 'p']],
	'clear a DAG run': [['2', 'c'], ['a']],
	'mark a DAG run': [['2', 'm'], ['f']],
	'open a shell': [['1', 'x']],
};

async function asked(name: string): Promise<Walk> {
	const walk = await Walk.on();
	await walk.untilAllIsThere();
	const [opens, chooses] = cases[name] ?? [[]];
	await walk.press(...opens);
	if (chooses) {
		await walk.sees(/Enter (선택|계속)/);
		await walk.press(...chooses);
	}
	return walk;
}

test.each(Object.keys(cases))('%s: carried out', async name => {
	const walk = await asked(name);
	await walk.confirm(name);
	await walk.lookEverywhere(name);
	await walk.close();
});

test.each(['restart', 'the whole stack restarted', 'trigger', 'pause the DAG'])(
	'%s: the server is gone',
	async name => {
		const walk = await asked(name);
		for (const server of ['docker', 'airflow'] as const) await walk.scenario.takeDown(server);
		await walk.confirm(name);
		await walk.lookEverywhere(name);
		await walk.close();
	},
);

test('the program is left while an action runs', async () => {
	const walk = await asked('the whole stack restarted');
	await walk.sees(/예, 실행/);
	await walk.press('y', 'esc', 'q');
	walk.lookAtAll('left while an action runs');
	await walk.press('n');
	await walk.close();
});
