/** The login of FAB's auth manager, as the official Compose file's stack with 3.3.2 answered on 2026-11-30. */
import { afterEach, expect, test } from 'vitest';
import { type DemoStack, demoStacks, startDemo } from '../../source/demo/index.ts';
import { docker, send } from './requests.ts';

let demo: DemoStack;
afterEach(() => demo.close());

test('a user of its own, whom the environment of airflow-init names; JSON alone; claims without a name', async () => {
	demo = await startDemo({ ...demoStacks['official-airflow3'], autonomous: false });
	const init = JSON.parse((await docker(demo, '/containers/shop-airflow-init-1/json')).text);
	const env = (name: string): string =>
		init.Config.Env.find((one: string) => one.startsWith(`${name}=`))?.slice(name.length + 1);
	const user = { username: env('_AIRFLOW_WWW_USER_USERNAME'), password: env('_AIRFLOW_WWW_USER_PASSWORD') };
	expect(user.username).not.toBe('airflow');
	const ask = async (options: RequestInit) => {
		const answer = await fetch(`${demo.airflowUrl}/auth/token`, options);
		return [answer.status, JSON.parse(await answer.text())];
	};
	const [status, { access_token: token }] = await ask(send('POST', user));
	expect(status).toBe(201);
	const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
	expect(claims).toMatchObject({ sub: '1', aud: 'apache-airflow' });
	expect(claims).not.toHaveProperty('role');
	expect(await ask(send('POST', { ...user, password: 'x' }))).toEqual([401, { detail: 'Invalid credentials' }]);
	expect(await ask(send('POST', { username: 'x' }))).toEqual([
		400,
		{ detail: 'Username and password must be provided' },
	]);
	const form = { method: 'POST', body: new URLSearchParams(user) };
	expect(await ask(form)).toMatchObject([422, { detail: [{ type: 'dict_type', loc: ['body'] }] }]);
});
