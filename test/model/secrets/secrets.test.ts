import { expect, test } from 'vitest';
import {
	isSecretName,
	maskJson,
	maskParam,
	maskText,
	maskValue,
	noteSecret,
} from '../../../source/model/secrets/secrets.ts';
import { maskedLines } from '../../../source/model/text/outside-text.ts';
import { cpuMs } from '../../patience.ts';

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

test('params of a training: a secret is masked by its name, a hyperparameter is not', () => {
	for (const name of ['db_password', 'hf_token', 'api_key', 'env.GITHUB_PAT', 'AWS_SECRET_ACCESS_KEY'])
		expect(maskParam(name, 'sesame')).toBe('•••');
	for (const name of ['max_tokens', 'tokenizer', 'pad_token', 'monkeys', 'key', 'passes'])
		expect(maskParam(name, 'value')).toBe('value');
	expect(maskParam('source', 'https://ci:sesame@git/x')).toBe('https://ci:•••@git/x');
	expect(maskParam('db_password', '')).toBe('');
});

test('JSON: secrets go, at any depth; everything else stays what it is', () => {
	const conf = {
		rows: 5,
		pin_token: 1234,
		on: true,
		deep: [{ password: 'sesame', url: 'redis://:sesame@r' }],
		none: null,
	};
	expect(maskJson(conf)).toEqual({
		rows: 5,
		pin_token: '•••',
		on: true,
		deep: [{ password: '•••', url: 'redis://:•••@r' }],
		none: null,
	});
});

test.each([
	['postgresql+psycopg2://airflow:sesame@db:5432/airflow', 'postgresql+psycopg2://airflow:•••@db:5432/airflow'],
	['redis://:sesame@redis:6379/0', 'redis://:•••@redis:6379/0'],
	['postgresql://u:p@ss/w:rd@db/x', 'postgresql://u:•••@db/x'],
	['http://mlflow:5000', 'http://mlflow:5000'],
	['https://sesame@host/path', 'https://•••@host/path'],
	['https://sesame@host:80/a@b', 'https://•••@host:80/a@b'],
	['ssh://user@host/path', 'ssh://user@host/path'],
	['https://host/@scope/name', 'https://host/@scope/name'],
	['a=http://x/,b=redis://u:sesame@h', 'a=http://x/,b=redis://u:•••@h'],
	['REDIS_AUTH=sesame', 'REDIS_AUTH=•••'],
	['GITHUB_PAT=sesame', 'GITHUB_PAT=•••'],
	['x --api-key=sesame', 'x --api-key=•••'],
	['Authorization: Bearer sesame', 'Authorization: Bearer •••'],
	["curl -H 'X-Api-Key: sesame' -u admin:sesame x", "curl -H 'X-Api-Key: •••' -u admin:••• x"],
	['docker exec -u 1000:1000 x', 'docker exec -u 1000:1000 x'],
	['password: sesame', 'password: •••'],
	['airflow.password: it must be a string', 'airflow.password: it must be a string'],
	['AccountName=a;AccountKey=sesame;Endpoint=b', 'AccountName=a;AccountKey=•••;Endpoint=b'],
	['max_tokens=100 key=5', 'max_tokens=100 key=5'],
	['"token": "a\\"sesame"', '"token": "•••"'],
	['a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb', 'a\n•••\nb'],
	['a -----BEGIN OPENSSH PRIVATE KEY----- b3Bl', 'a •••'],
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
	['{\\"password\\": \\"sesame\\", \\"n\\": 1}', '{\\"password\\": \\"•••\\", \\"n\\": 1}'],
	['"{\\"password\\":\\"a\\\\\\"sesame\\",\\"n\\":1}"', '"{\\"password\\":\\"•••\\",\\"n\\":1}"'],
	['{\\\\\\"token\\\\\\":\\\\\\"sesame\\\\\\"}', '{\\\\\\"token\\\\\\":\\\\\\"•••\\\\\\"}'],
	['{"password": "sesame\\\\", "n": 1}', '{"password": "•••", "n": 1}'],
	['{\\"password\\":\\"\\",\\"n\\":\\"shown\\"}', '{\\"password\\":\\"\\",\\"n\\":\\"shown\\"}'],
	['{\\"msg\\": \\"pin_token=sesame\\"}', '{\\"msg\\": \\"pin_token=•••\\"}'],
	['{"password":{"a":"sesame"}}', '{"password":•••}'],
	['{"password":{"a":"se}same","b":["x",""]},"n":1}', '{"password":•••,"n":1}'],
	['{\\"password\\":{\\"a\\":\\"se}same\\",\\"b\\":\\"\\"},\\"n\\":1}', '{\\"password\\":•••,\\"n\\":1}'],
	["{'secrets': ['sesame', 'sesame2'], 'n': 1}", "{'secrets': •••, 'n': 1}"],
	['{"password":{"a":"ses', '{"password":•••'],
	['x password={ses}ame y', 'x password=••• y'],
	['비밀번호=sesame', '비밀번호=•••'],
	['{"관리자_비밀번호": "sesame"}', '{"관리자_비밀번호": "•••"}'],
	['암호: sesame', '암호: •••'],
	['mysqld --user=mysql', 'mysqld --user=mysql'],
	['airflow celery worker', 'airflow celery worker'],
])('%s', (text, shown) => {
	expect(maskText(text)).toBe(shown);
});

/** Invented, in the form that each maker publishes. */
const letters = 'aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1cD3fG5iJ7l';
test.each([
	['GitHub', `ghp_${letters.slice(0, 36)}`],
	['GitHub, fine-grained', `github_pat_${letters}`],
	['GitLab', `glpat-${letters.slice(0, 20)}`],
	['Slack', 'xoxb-123456789012-abcdefABCDEF'],
	['AWS', 'AKIA2345672345672345'],
	['Google', `AIza${letters.slice(0, 35)}`],
	['OpenAI', `sk-proj-${letters}`],
	['Hugging Face', `hf_${letters.slice(0, 34)}`],
	['Databricks', 'dapi0123456789abcdef0123456789abcdef'],
	['npm', `npm_${letters.slice(0, 36)}`],
	['PyPI', `pypi-${letters}`],
	['Docker Hub', `dckr_pat_${letters.slice(0, 27)}`],
	['Vault', `hvs.${letters.slice(0, 24)}`],
	['JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvcHMifQ.c2lnbmF0dXJl'],
])('a token of %s is not shown, whatever is around it', (_service, token) => {
	for (const text of [token, `login with ${token}.`, `x="${token}"`, `(${token})`, `a,${token}/b`]) {
		expect(maskText(text)).not.toContain(token.slice(-8));
	}
});

test('a secret of the configuration is known in any text; a word that texts are made of hides nothing', () => {
	noteSecret('airflow');
	noteSecret('h0rse battery');
	expect(maskText('airflow refuses h0rse battery')).toBe('airflow refuses •••');
});

test.each([
	['PASSWD_FILE', '/run/secrets/db'],
	['POSTGRES_PASSWORD_FILE', '/run/secrets/db'],
	['LAKETOP_MLFLOW_TOKEN_FILE', '~/.secrets/mlflow'],
	['PGPASSFILE', '../pgpass'],
	['SSL_KEY_PATH', '/etc/ssl/private/server.key'],
	['GOOGLE_APPLICATION_CREDENTIALS', '/etc/gcp/key.json'],
])('%s names the file of a secret, and its path is shown', (name, path) => {
	expect(maskValue(name, path)).toBe(path);
});

test.each([
	['POSTGRES_PASSWORD_FILE', 'sesame'],
	['PASSWD_FILE', '/run/secrets/db?x=$(y)'],
	['PASSWORD', '/run/secrets/db'],
	['AWS_SECRET_ACCESS_KEY', '/AbCd/EfGh'],
])('%s=%s stays masked: not known to be a path', (name, value) => {
	expect(maskValue(name, value)).toBe('•••');
});

test('JSON: an object or a list under a name that announces a secret goes as a whole', () => {
	expect(maskJson({ password: { a: 'sesame' }, secrets: ['sesame'], token: null, auth_token: true })).toEqual({
		password: '•••',
		secrets: '•••',
		token: null,
		auth_token: true,
	});
	expect(maskParam('비밀번호', 'sesame')).toBe('•••');
	expect(isSecretName('DB_비밀번호')).toBe(true);
});

test.each([
	'password={',
	'password=[{',
	'"password":{"',
	'\\"password\\":\\"\\"',
	"password='\n",
	'password={}',
	'password:\\\\',
])('%j again and again takes a time that grows as the text does', piece => {
	const text = piece.repeat(800_000 / piece.length);
	expect(cpuMs(() => maskText(text))).toBeLessThan(1500);
});

test('a token in a path is masked all the same', () => {
	expect(maskValue('TOKEN_FILE', '/x/glpat-abcdefghijklmnop1234')).toBe('/x/•••');
});

test('what a probe or a stack trace prints keeps its lines and loses its secrets', () => {
	expect(maskedLines.parse('Traceback:\n  postgresql://ops:h0rse@db:5432/lake\nAPI_TOKEN=h0rse')).toBe(
		'Traceback:\n  postgresql://ops:•••@db:5432/lake\nAPI_TOKEN=•••',
	);
});

test.each([
	['mysql -u root -psesame shop', 'mysql -u root -p••• shop'],
	['/usr/bin/mysqldump -p"sesame x" --all-databases', '/usr/bin/mysqldump -p"•••" --all-databases'],
	['docker exec db mariadb -psesame -e "select 1"', 'docker exec db mariadb -p••• -e "select 1"'],
	['sh -c "mysql -psesame"', 'sh -c "mysql -p•••"'],
	["Running ['mysqldump', '-psesame', 'db']", "Running ['mysqldump', '-p•••', 'db']"],
	['redis-cli -h r -a sesame ping', 'redis-cli -h r -a ••• ping'],
	['["redis-cli","-a","se same"]', '["redis-cli","-a","•••"]'],
	['sshpass -p sesame ssh host', 'sshpass -p ••• ssh host'],
	['sshpass -psesame ssh host', 'sshpass -p••• ssh host'],
	['docker login -u me -p sesame ghcr.io', 'docker login -u me -p ••• ghcr.io'],
	['helm registry login -p sesame ghcr.io', 'helm registry login -p ••• ghcr.io'],
	['airflow users create -u admin -p sesame -r Admin', 'airflow users create -u admin -p ••• -r Admin'],
	['mongosh -u a -p sesame db', 'mongosh -u a -p ••• db'],
	['ldapsearch -x -w sesame', 'ldapsearch -x -w •••'],
	['sqlcmd -S h -P sesame', 'sqlcmd -S h -P •••'],
	['7z a -psesame x.7z', '7z a -p••• x.7z'],
	['http -a me:sesame host', 'http -a me:••• host'],
	['smbclient -U me%sesame //h/s', 'smbclient -U me%••• //h/s'],
	['curl -U me:sesame http://h', 'curl -U me:••• http://h'],
	[
		'mc alias set local http://minio:9000 KEYID sesame --api s3',
		'mc alias set local http://minio:9000 KEYID ••• --api s3',
	],
	["STATEMENT:  ALTER USER airflow WITH PASSWORD 'sesame'", "STATEMENT:  ALTER USER airflow WITH PASSWORD '•••'"],
	["create user b identified by 'sesame';", "create user b identified by '•••';"],
	['PGPASSWORD=sesame psql -U postgres', 'PGPASSWORD=••• psql -U postgres'],
	['psql postgresql://u:sesame@h', 'psql postgresql://u:•••@h'],
])('a password among the arguments of %s', (text, masked) => {
	expect(maskText(text)).toBe(masked);
});

test.each([
	'docker run -p 8080:80 --name mysql -p3306:3306 mysql:8',
	'docker run -p 127.0.0.1:8080:80 registry/mysql -p 1',
	'mysql -u root -p shop',
	'mysql -P 3306 -h db',
	'redis-cli -p 6379 ping',
	'airflow webserver -p 8080',
	'mkdir -p x',
	'ps -a',
	'tar -pxf mysql.tar',
	'celery -A app worker -P prefork',
	'psql -p 5432 -U airflow',
	'http GET /health -a',
	'the password of mysql - please change',
])('%s gives no secret away', text => {
	expect(maskText(text)).toBe(text);
});
