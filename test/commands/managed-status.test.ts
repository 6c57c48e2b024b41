import { afterEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { runLaketop } from './harness.ts';

let demo: DemoStack | undefined;
afterEach(() => demo?.close());

test.each([
	['en', 'no container engine', /no stack found|docker/],
	['ko', '컨테이너 엔진 없음', /스택을 찾을 수 없음|docker/],
])('status without a container engine names the servers, and misses no stack (%s)', async (lang, words, missing) => {
	demo = await startDemo({ autonomous: false });
	const servers = ['--airflow-url', demo.airflowUrl, '--mlflow-url', demo.mlflowUrl];
	const login = { LAKETOP_AIRFLOW_USERNAME: 'admin', LAKETOP_AIRFLOW_PASSWORD: 'admin' };
	const ran = await runLaketop(['--docker-host', 'none', ...servers, '--lang', lang, 'status'], { environment: login });
	const [title = ''] = ran.stdout.split('\n');
	expect(title).toContain(new URL(demo.airflowUrl).host);
	expect(title).toContain(words);
	expect(title).not.toMatch(missing);
});
