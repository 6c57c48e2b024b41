import { expect, test } from 'vitest';
import { isSecretName, maskText, maskValue } from '../../source/model/secrets.ts';

test.each([
	'POSTGRES_PASSWORD',
	'DB_PASS',
	'PGPASSWORD',
	'AIRFLOW__CORE__FERNET_KEY',
	'AIRFLOW__WEBSERVER__SECRET_KEY',
	'AWS_ACCESS_KEY_ID',
	'GITHUB_TOKEN',
	'GOOGLE_APPLICATION_CREDENTIALS',
	'SENTRY_DSN',
	'MYSQL_PWD',
])('%s names a secret', name => {
	expect(isSecretName(name)).toBe(true);
	expect(maskValue(name, 'sesame')).toBe('•••');
	expect(maskValue(name, '')).toBe('');
});

test.each(['PATH', 'PWD', 'AIRFLOW_HOME', 'AIRFLOW__API__AUTH_BACKENDS', 'LANG'])('%s names none', name => {
	expect(maskValue(name, 'value')).toBe('value');
});

test.each([
	['postgresql+psycopg2://airflow:sesame@db:5432/airflow', 'postgresql+psycopg2://airflow:•••@db:5432/airflow'],
	['redis://:sesame@redis:6379/0', 'redis://:•••@redis:6379/0'],
	['postgresql://u:p@ss/w:rd@db/x', 'postgresql://u:•••@db/x'],
	['http://mlflow:5000', 'http://mlflow:5000'],
	['https://user@host/path', 'https://user@host/path'],
	['https://host/?user=a&token=sesame&x=1', 'https://host/?user=a&token=•••&x=1'],
	['redis-server --requirepass sesame --port 1', 'redis-server --requirepass ••• --port 1'],
	['x --password=sesame y', 'x --password=••• y'],
	["sh -c 'API_TOKEN=sesame run'", "sh -c 'API_TOKEN=••• run'"],
	['airflow users create --password "sesame" --role Admin', 'airflow users create --password "•••" --role Admin'],
	[
		"{'username': 'ops', 'password': 'pbkdf2:sha256:1$a$b', 'active': True}",
		"{'username': 'ops', 'password': '•••', 'active': True}",
	],
	['{"api_key": "sesame", "n": 1}', '{"api_key": "•••", "n": 1}'],
	['mysqld --user=mysql', 'mysqld --user=mysql'],
	['airflow celery worker', 'airflow celery worker'],
])('%s', (text, shown) => {
	expect(maskText(text)).toBe(shown);
});
