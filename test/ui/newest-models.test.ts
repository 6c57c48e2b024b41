/** Of model versions and of models that runs logged, only the newest are fetched: the screen says so. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { startDemo } from '../../source/demo/index.ts';
import { loggedModelListName, modelVersionListName } from '../../source/model/cut-list.ts';
import { phrase } from '../../source/words/message.ts';
import { soon } from '../patience.ts';
import { controllerOnDemo } from './on-demo.ts';

test('the list of versions, the row of a model and the heading of logged models', async () => {
	const demo = await startDemo({ autonomous: false, mlflow: '3' });
	const on = await controllerOnDemo({ demo });
	onTestFinished(async () => {
		await on.close();
		await demo.close();
	});
	const { controls, sees, text, monitor } = on;
	await sees(/\+\d+ more/);
	const cut = { server: 'mlflow', of: null, shown: 50, total: null, newest: true } as const;
	// Each answer of the demo says again that its lists are complete.
	const isCut = (words: RegExp) =>
		vi.waitFor(() => {
			for (const name of [modelVersionListName, loggedModelListName])
				monitor.observe({ type: 'list cut', cut: { ...cut, what: phrase(name) } });
			expect(text()).toMatch(words);
			expect(monitor.store.current().cutLists).toHaveLength(2);
		}, soon);
	await isCut(/\d\+ more/);
	controls.press('4');
	controls.press('z');
	await isCut(/LOGGED MODEL +STATUS[^\n]* the newest 50/);
	controls.press('*');
	await sees(/REGISTERED/);
	await isCut(/the newest 50/);
});
