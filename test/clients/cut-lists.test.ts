import { expect, test } from 'vitest';
import { AirflowConnection } from '../../source/clients/airflow/connection.ts';
import { MlflowClient } from '../../source/clients/mlflow/mlflow.ts';
import type { DagRun } from '../../source/model/airflow/pipeline.ts';
import { type CutList, cutListOf, cutListsAfter, modelVersionListName } from '../../source/model/cut-list.ts';
import { runKey } from '../../source/model/state.ts';
import { cutCount, cutTitle, cutWords } from '../../source/presentation/cut-words.ts';
import { render } from '../../source/words/message.ts';
import { largeAirflow } from '../given/large-airflow.ts';
import { closeLater, scriptedServer } from './airflow/scripted-server.ts';

const login = { username: '', password: '', token: 'given' };

test.each(['2', '3'] as const)(
	'Airflow %s: a run of more task instances than are read says so, until it has fewer',
	async generation => {
		const server = await largeAirflow(generation, 12_345);
		const cuts: CutList[] = [];
		const airflow = closeLater(new AirflowConnection(server.url, login, undefined, cut => cuts.push(cut)));
		expect(await airflow.taskInstances('wide', 'one')).toHaveLength(10_000);
		const of = runKey('wide', 'one');
		expect(cuts).toMatchObject([{ server: 'airflow', of, shown: 10_000, total: 12_345 }]);
		const [cut] = cuts;
		if (!cut) throw new Error('nothing was cut');
		expect(render(cutWords(cut), 'en')).toBe('only 10,000 of 12,345 task instances of wide/one were read');
		expect(render(cutTitle(cut), 'ko')).toBe('작업 인스턴스 10,000/12,345개');
		const run: DagRun = await airflow.dagRun('wide', 'one');
		expect(await airflow.taskInstancesOfRuns([run])).toHaveLength(10_000);
		expect(cuts[1]).toMatchObject({ of: null, shown: 10_000, total: 12_345 });
		server.setTotal(20);
		expect(await airflow.taskInstances('wide', 'one')).toHaveLength(20);
		expect(cuts.reduce(cutListsAfter, [])).toEqual([cuts[1]]);
		// What was never cut is not reported.
		const { length } = cuts;
		await airflow.taskInstances('wide', 'one');
		expect(cuts).toHaveLength(length);
	},
);

test.each(['2', '3'] as const)('Airflow %s: import errors beyond the first page are read', async generation => {
	const server = await largeAirflow(generation, 1, 250);
	const airflow = closeLater(new AirflowConnection(server.url, login));
	expect(await airflow.importErrors()).toHaveLength(250);
});

test('MLflow: pages of experiments are followed, up to a limit that is reported', async () => {
	let pages = 3;
	const { url, asked } = await scriptedServer(({ line }) => {
		const at = Number(/page_token=p(\d+)/.exec(line)?.[1] ?? 0);
		const experiment = { experiment_id: `${at}`, name: `experiment ${at}`, lifecycle_stage: 'active' };
		return [200, { experiments: [experiment], ...(at + 1 < pages ? { next_page_token: `p${at + 1}` } : {}) }];
	});
	const cuts: CutList[] = [];
	const mlflow = closeLater(new MlflowClient(url, {}, cut => cuts.push(cut)));
	expect(await mlflow.experimentNames()).toEqual(['experiment 0', 'experiment 1', 'experiment 2']);
	expect([asked.length, cuts]).toEqual([3, []]);
	pages = 20;
	expect(await mlflow.experimentNames()).toHaveLength(10);
	expect(cuts).toMatchObject([{ server: 'mlflow', of: null, shown: 10_000, total: null }]);
	const [cut] = cuts;
	expect(cut && render(cutWords(cut), 'en')).toBe('only the first 10,000 of experiment list were read; there are more');
});

test('MLflow: of model versions and logged models the newest are read, and that there are more is reported', async () => {
	let hasMore = true;
	const more = () => (hasMore ? { next_page_token: 'p2' } : {});
	const { url } = await scriptedServer(({ line }) => {
		if (line.includes('/model-versions/search'))
			return [200, { model_versions: ['9', '8'].map(version => ({ name: 'm', version })), ...more() }];
		if (line.includes('/logged-models/search'))
			return [200, { models: [{ info: { model_id: 'm-1', status: 'LOGGED_MODEL_READY' } }], ...more() }];
		return [200, { registered_models: [{ name: 'm' }] }];
	});
	const cuts: CutList[] = [];
	const mlflow = closeLater(new MlflowClient(url, {}, cut => cuts.push(cut)));
	const read = async () => [await mlflow.modelVersions(2), await mlflow.loggedModels('1', 1)];
	expect((await read()).map(({ length }) => length)).toEqual([2, 1]);
	expect(cuts).toMatchObject([
		{ server: 'mlflow', of: null, shown: 2, total: null, newest: true },
		{ server: 'mlflow', of: null, shown: 1, total: null, newest: true },
	]);
	expect(cuts.map(cut => render(cutWords(cut), 'en'))).toEqual([
		'only the newest 2 model versions were read; there are more',
		'only the newest 1 logged models were read; there are more',
	]);
	expect(cuts.map(cut => render(cutCount(cut), 'ko'))).toEqual(['최근 2개', '최근 1개']);
	expect(cutListOf(cuts, 'mlflow', modelVersionListName)).toBe(cuts[0]);
	expect(cutListOf(cuts, 'airflow', modelVersionListName)).toBeUndefined();
	hasMore = false;
	await read();
	expect(cuts.reduce(cutListsAfter, [])).toEqual([]);
});
