/** The embedded MLflow that wants a login, as `mlflow server --app-name basic-auth` (2.9.2 and 3.17.2). */
import { afterEach, expect, test } from 'vitest';
import { type DemoStack, type MlflowChoice, startDemo } from '../../source/demo/index.ts';
import { addressesOf, runLaketop } from '../commands/harness.ts';
import { bodyOf } from './requests.ts';

let demo: DemoStack;
afterEach(() => demo.close());

const start = async (mlflow: MlflowChoice, mlflowAt: 'project' | 'elsewhere' = 'project') => {
	demo = await startDemo({ autonomous: false, mlflow, mlflowAt, mlflowLogin: true });
	const { username = '', password = '' } = demo.configured?.mlflow ?? {};
	return { username, password };
};
const ask = (path: string, login?: string) =>
	fetch(`${demo.mlflowUrl}${path}`, {
		headers: login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
	});
const experiments = '/api/2.0/mlflow/experiments/search?max_results=5';

test.each(['2', '3'] as const)('MLflow %s refuses all but the health page without the login', async mlflow => {
	const { username, password } = await start(mlflow);
	expect((await ask('/health')).status).toBe(200);
	for (const path of ['/version', '/', experiments]) {
		for (const login of [undefined, `${username}:wrong`, 'nobody:x']) {
			const answer = await ask(path, login);
			expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="mlflow"']);
			expect(await answer.text()).toMatch(/^You are not authenticated\. Please see https:/);
		}
		expect((await ask(path, `${username}:${password}`)).status).toBe(200);
	}
	expect((await bodyOf(await ask(experiments, `${username}:${password}`))).experiments).toHaveLength(2);
});

/** laketop on this demo, with the addresses as options and the login in the environment. */
const laketop = (words: string, environment: Record<string, string> = {}) =>
	runLaketop([...addressesOf(demo), ...words.split(' ')], { compose: demo.compose, environment });

test('with the login MLflow is shown; a wrong password and none are said with what to set', async () => {
	const { username, password } = await start('3');
	const login = { LAKETOP_MLFLOW_USERNAME: username, LAKETOP_MLFLOW_PASSWORD: password };
	expect(await laketop('models', login)).toMatchObject({ exitCode: 0, stderr: '' });
	const wrong = await laketop('models', { ...login, LAKETOP_MLFLOW_PASSWORD: 'guessed' });
	expect(wrong.exitCode).toBe(4);
	expect(wrong.stderr).toContain(`rejects user ${username}: wrong name or password`);
	expect(wrong.stderr).toMatch(/Set LAKETOP_MLFLOW_USERNAME and LAKETOP_MLFLOW_PASSWORD/);
	const none = await laketop('models');
	expect(none.exitCode).toBe(4);
	expect(none.stderr).toMatch(/answers 401 \(You are not authenticated\.\).*Set MLFLOW_TRACKING_USERNAME/s);
	for (const { stdout, stderr } of [wrong, none]) expect(`${stdout}${stderr}`).not.toMatch(/guessed|wrong-/);
});

test('MLflow elsewhere: shown by its address, without a service; the worker that asks without a login is no fault', async () => {
	const { username, password } = await start('3', 'elsewhere');
	const login = { LAKETOP_MLFLOW_USERNAME: username, LAKETOP_MLFLOW_PASSWORD: password };
	const doctor = await laketop('doctor --deep --json', login);
	expect(doctor).toMatchObject({ exitCode: 0, stderr: '' });
	const { checks } = JSON.parse(doctor.stdout);
	expect(checks.map(({ result }: { result: string }) => result)).toContainEqual(
		'http://mlflow.internal:5000 returned 401',
	);
	const status = JSON.parse((await laketop('status --json', login)).stdout);
	expect(status.services.map(({ service }: { service: string }) => service)).not.toContain('mlflow');
	expect(status.sources).toContainEqual(
		expect.objectContaining({ name: 'mlflow', state: 'live', address: demo.mlflowUrl, address_origin: 'given' }),
	);
	// Without its address it is no part of the stack, which is no fault.
	const ran = await runLaketop(['--docker-host', demo.dockerHost, 'status', '--json'], { compose: demo.compose });
	expect(JSON.parse(ran.stdout).sources).toContainEqual(expect.objectContaining({ name: 'mlflow', state: 'absent' }));
});
