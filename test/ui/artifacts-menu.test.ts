import { expect, test } from 'vitest';
import type { Clients } from '../../source/clients/clients.ts';
import type { MlflowArtifacts } from '../../source/clients/mlflow/artifacts.ts';
import type { MlflowClient } from '../../source/clients/mlflow/mlflow.ts';
import type { MlflowRun } from '../../source/model/mlflow/experiment.ts';
import type { Page } from '../../source/ui/conversation.ts';
import { artifactsMenu } from '../../source/ui/lists/mlflow-runs/artifacts-menu.ts';
import { choiceOf, outcomeOf, pageOf, stepContext } from '../given/step-context.ts';
import { stubOf } from '../given/stub.ts';

/** The page of a file that a run has logged. */
async function pageOfFile(text: string): Promise<Page> {
	const artifacts = stubOf<MlflowArtifacts>({
		list: async () => ({ artifacts: [{ path: 'a', isFolder: false, size: text.length }], hasMore: false }),
		read: async () => ({ bytes: Buffer.from(text), isWhole: true }),
	});
	const clients = stubOf<Clients>({ mlflow: stubOf<MlflowClient>({ artifacts }) });
	const run = stubOf<MlflowRun>({ runId: 'r', runName: 'training' });
	const menu = await outcomeOf(artifactsMenu(stepContext({ clients }), run));
	return pageOf(choiceOf(menu).next('a'));
}

const shown = ({ lines }: Page) => lines.map(({ text }) => text);

test('what is copied of a file is as harmless as what is shown of it', async () => {
	const page = await pageOfFile('password=hunter2\n\x1b[201~rm -rf ~\r\nplain\u202e\n');
	expect(shown(page)).toEqual(['password=•••', 'rm -rf ~', 'plain', '']);
	expect(page.copies).toBe('password=•••\nrm -rf ~\nplain\n');
});

test('JSON is indented with its numbers as they were written, and copied as it is', async () => {
	const page = await pageOfFile('{"snapshot-id":3055729675574597004,"token":"hunter2"}');
	expect(shown(page)).toEqual(['{', '  "snapshot-id": 3055729675574597004,', '  "token": "•••"', '}']);
	expect(page.copies).toBe('{"snapshot-id":3055729675574597004,"token":"•••"}');
});
