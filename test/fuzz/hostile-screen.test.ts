import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanId } from '../../source/model/text/outside-id.ts';
import type { AlteredDemo } from './altered-demo.ts';
import { dag, expectOurs, experiment, startHostileDemo, withoutMarks } from './hostile-texts.ts';
import { walkScreen } from './walk-screen.ts';

let altered: AlteredDemo;
beforeAll(async () => {
	altered = await startHostileDemo();
});
afterAll(() => altered.close());

test('no pane, list, detail, question or page of the screen shows a control sequence that a server sent', async () => {
	const seen = await walkScreen(altered, { dag: cleanId(dag), experiment }, (text, where) =>
		expectOurs(text, { csi: 'm', c0: '\n', esc: '', modes: [] }, where),
	);
	// The servers' responses are on the screen.
	const words = ['airflow-worker', 'raw_to_bronze', 'accuracy', 'ml_pipeline_end_to_end', 'a line'];
	expect(words.filter(word => !withoutMarks(seen).includes(word))).toEqual([]);
});
