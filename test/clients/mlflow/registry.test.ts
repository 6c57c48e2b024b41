import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { MlflowClient } from '../../../source/clients/mlflow/mlflow.ts';
import { startDemo } from '../../../source/demo/index.ts';
import { closeLater, scriptedServer } from '../airflow/scripted-server.ts';
import { recordedVersions } from './recorded-server.ts';

/** Requests to a real server and their answers, in order: see test/fixtures/record-mlflow-registry.mjs. */
const transcript = z.array(
	z.object({
		method: z.enum(['GET', 'POST', 'DELETE']),
		path: z.string(),
		body: z.nullable(z.record(z.string(), z.unknown())),
		status: z.number(),
		answer: z.record(z.string(), z.unknown()),
	}),
);
const folder = join(import.meta.dirname, '../../fixtures/recorded');
const recordedOf = (version: string) =>
	transcript.parse(JSON.parse(readFileSync(join(folder, `mlflow-${version}/registry-changes.json`), 'utf8')));

const generation = { '2.9.2': '2', '3.17.2': '3' } as const;

describe.each(recordedVersions)('MLflow %s', version => {
	test('the demo accepts and refuses what the real server did, in its words', async () => {
		const demo = await startDemo({ autonomous: false, mlflow: generation[version] });
		onTestFinished(() => demo.close());
		// Its only model has more than three versions, and less than 999.
		const inDemo = (text: string) =>
			text.replaceAll('churn', 'lakehouse_model').replace(/(version[="':, ]{1,4})9/g, '$1999');
		for (const { method, path, body, status, answer } of recordedOf(version)) {
			const response = await fetch(demo.mlflowUrl + inDemo(path), {
				method,
				headers: { 'content-type': 'application/json' },
				...(body === null ? {} : { body: inDemo(JSON.stringify(body)) }),
			});
			const what = `${method} ${path} ${JSON.stringify(body)}`;
			expect(response.status, what).toBe(status);
			const answered: unknown = await response.json();
			if (status >= 400) expect(answered, what).toEqual(JSON.parse(inDemo(JSON.stringify(answer))));
			else expect(Object.keys(Object(answered)), what).toEqual(Object.keys(answer));
		}
	});

	test('aliases, stages and tags are read back, and the client asks as the recording did', async () => {
		const recorded = recordedOf(version);
		let place = 0;
		const { url, asked } = await scriptedServer(() => {
			const one = recorded[place];
			return one === undefined ? undefined : [one.status, one.answer];
		});
		const { registry } = closeLater(new MlflowClient(url));
		const at = (method: string, path: string, nth = 0) => {
			const found = recorded.flatMap((one, index) => (one.method === method && one.path.includes(path) ? [index] : []));
			place = found[nth] ?? -1;
			return recorded[place];
		};
		at('GET', 'registered-models/get?name=churn', 1);
		expect([...(await registry.aliases('churn'))].toSorted()).toEqual([
			['champion', '2'],
			['한글_alias', '2'],
		]);
		at('GET', 'model-versions/get?name=churn&version=2');
		expect((await registry.version({ model: 'churn', version: '2' })).aliases.toSorted()).toEqual([
			'champion',
			'한글_alias',
		]);
		at('GET', 'model-versions/get?name=churn&version=1');
		expect((await registry.version({ model: 'churn', version: '1' })).stage).toBe('Production');
		at('GET', 'model-versions/get?name=churn&version=3');
		expect((await registry.version({ model: 'churn', version: '3' })).tags).toEqual(
			expect.arrayContaining([
				{ key: 'validated', value: 'yes' },
				{ key: '검증', value: '예 = "yes"' },
			]),
		);
		const search = at('GET', 'model-versions/search');
		expect((await registry.versionsOf('churn', 2)).map(one => one.version)).toEqual(['3', '2']);
		const plain = (line: string) => decodeURIComponent(line);
		expect(plain(asked.at(-1)?.line ?? '')).toBe(plain(`GET ${search?.path}`));
		const set = at('POST', 'registered-models/alias');
		await registry.setAlias({ model: 'churn', version: '1' }, 'champion');
		expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual(set?.body);
		const stage = at('POST', 'transition-stage');
		await registry.moveStage({ model: 'churn', version: '1' }, 'Production');
		expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual(stage?.body);
		const tag = at('POST', 'set-tag');
		await registry.setTag({ model: 'churn', version: '3' }, 'validated', 'yes');
		expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual(tag?.body);
		const untag = at('DELETE', 'delete-tag');
		await registry.deleteTag({ model: 'churn', version: '3' }, 'validated');
		expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual(untag?.body);
		at('POST', 'registered-models/alias', 3);
		await expect(registry.setAlias({ model: 'churn', version: '2' }, 'latest')).rejects.toMatchObject({
			failure: { kind: 'refused' },
		});
	});
});
