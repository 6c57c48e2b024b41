import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { addressesOf, documentOf, runLaketop } from './harness.ts';

/** A stack whose Airflow accepts one login within 40 s, which was a wrong one. */
let demo: DemoStack;
const laketop = (words: readonly string[]) =>
	runLaketop([...words, ...addressesOf(demo)], { environment: { LAKETOP_AIRFLOW_PASSWORD: 'not-it' } });
const logins = () => demo.scenario.requestCounts('airflow')['POST /login/'];

beforeAll(async () => {
	demo = await startDemo({ autonomous: false, loginLimit: 1 });
	expect(await laketop(['dags'])).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/rejects user admin/) });
});
afterAll(() => demo.close());

test('a command says that Airflow accepts no more logins, what to do, and exits with 4', async () => {
	const ran = await laketop(['dags']);
	expect(ran.exitCode).toBe(4);
	expect(ran.stderr).toMatch(/refuses logins for now: too many within a short time \(429\)/);
	expect(ran.stderr).toMatch(/Wait \d+s, and check user name and password/);
});

test('status and doctor give it as the verdict and the finding, in both languages, and log in no more', async () => {
	await laketop(['dags']);
	const before = logins();
	const status = documentOf(documents.status, (await laketop(['status', '--json'])).stdout);
	expect(status).toMatchObject({ state: 'unauthorised', exit_code: 4 });
	expect(status.not_checked).toMatchObject([{ name: 'airflow', failure: { kind: 'unauthorised' } }]);
	const doctor = await laketop(['doctor']);
	expect(doctor.exitCode).toBe(4);
	expect(doctor.stdout).toMatch(/^Airflow accepts no logins for now/m);
	expect(doctor.stdout).toMatch(/Cause: Too many logins from this address/);
	const korean = await laketop(['doctor', '--lang', 'ko']);
	expect(korean.stdout).toMatch(/^Airflow가 당분간 로그인을 받지 않습니다/m);
	expect(logins()).toBe(before);
});
