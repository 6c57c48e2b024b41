import { expect, test } from 'vitest';
import { airflowUserAnswer } from '../../../source/clients/engine/airflow-user.ts';

const of = (...Env: unknown[]) => airflowUserAnswer.parse({ Config: { Env } });

test('the user that the entry point creates, as it is written', () => {
	const password = ' pa=ss\u200b한글 ';
	expect(of('PATH=/bin', '_AIRFLOW_WWW_USER_USERNAME=ops', `_AIRFLOW_WWW_USER_PASSWORD=${password}`)).toEqual({
		username: 'ops',
		password,
	});
	expect(of('_AIRFLOW_WWW_USER_PASSWORD=x')).toEqual({ username: 'admin', password: 'x' });
});

test('none where there is no password, or a command gives it', () => {
	expect(of('_AIRFLOW_WWW_USER_USERNAME=ops')).toBeNull();
	expect(of('_AIRFLOW_WWW_USER_PASSWORD=')).toBeNull();
	expect(of('_AIRFLOW_WWW_USER_PASSWORD=x', '_AIRFLOW_WWW_USER_PASSWORD_CMD=cat /run/secrets/x')).toBeNull();
	expect(airflowUserAnswer.parse({ Config: { Env: null } })).toBeNull();
	expect(airflowUserAnswer.parse({})).toBeNull();
});

test('a variable of megabytes hides none of the others', () => {
	expect(of(`CERTIFICATE=${'x'.repeat(2_000_000)}`, '_AIRFLOW_WWW_USER_PASSWORD=x')).toEqual({
		username: 'admin',
		password: 'x',
	});
	expect(of(`_AIRFLOW_WWW_USER_PASSWORD=${'x'.repeat(2_000_000)}`)).toBeNull();
});
