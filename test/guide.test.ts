import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actions } from '../source/actions/table.ts';
import { parseCommandLine } from '../source/commands/parse.ts';
import { keyTitle } from '../source/ui/keys.ts';

/**
 * Every command that the quick-start guide has its reader type, and every thing to be watched, as the guide's own page
 * lists them. A row without a key and a command that laketop understands fails.
 */
const guide = [
	'docker compose -f docker-compose-mlops.yml up -d',
	'docker compose -f docker-compose-mlops.yml ps',
	'docker compose ps',
	'airflow db migrate',
	'airflow users create --username admin',
	'airflow dags list',
	'airflow dags unpause ID',
	'airflow dags trigger ID',
	'airflow dags list-runs -d ID',
	'airflow dags list-runs -d ID --state running',
	'airflow tasks logs DAG TASK DATE',
	'logs -f` (all)',
	'logs -f airflow-worker',
	'logs --tail=100 airflow-scheduler',
	'logs airflow-scheduler \\| grep ml_pipeline',
	'docker logs airflow-scheduler \\| grep -A 5 ml_pipeline_end_to_end \\| tail -20',
	'docker stats mlflow airflow-webserver airflow-scheduler airflow-worker',
	"docker system df -v \\| grep -E 'mlflow\\|airflow'",
	'MLflow page: experiment, latest run, parameters and metrics',
	'… stop`',
	'… restart`',
	'… restart SERVICE`',
	'… down`',
	'… down -v`',
	'wait for the scheduler to read an edited DAG file, or restart it',
	'docker exec airflow-scheduler cat /opt/airflow/dags/FILE',
	'airflow dags list \\| grep ID',
	'curl -f localhost:8082/health',
	'curl -f localhost:5000/health',
	'docker exec airflow-worker curl http://mlflow:5000/health',
	'inspect ping',
	'Q1 state and last 50 log lines of airflow-webserver',
	'Q1 restart airflow-webserver',
	'Q2 permissions of the files in dags/; scheduler log',
	'Q2 `docker exec airflow-scheduler python /opt/airflow/dags/FILE`',
	'Q2 `docker inspect airflow-scheduler`',
	'Q3 state of airflow-worker',
	'up -d airflow-worker',
	'Q4 restart mlflow',
];

const page = readFileSync(join(import.meta.dirname, '../docs/guide.md'), 'utf8');
const rows = page
	.split('\n')
	.filter(line => line.startsWith('| ') && !line.startsWith('| the guide'))
	.map(line => line.split(/(?<!\\) \| |^\| | \|$/).filter(cell => cell !== ''))
	.map(([what = '', keys = '', command = '']) => ({ what, keys, command }));

const inTicks = (text: string) => Array.from(text.matchAll(/`([^`]+)`/g), match => match[1] ?? '');
const titles = new Set(actions.flatMap(action => action.keys.map(keyTitle)));

test.each(guide)('%s has its row', what => {
	expect(rows.filter(row => row.what.includes(what))).not.toHaveLength(0);
});

test.each(rows)('$what: a key of the table, and a command that is understood', async ({ keys, command }) => {
	const [first = ''] = inTicks(keys);
	expect(titles).toContain(first);
	const [line = ''] = inTicks(command);
	const [program, ...words] = line.split(' ');
	expect(program).toBe('laketop');
	const parsed = await parseCommandLine(words);
	expect(parsed.kind).toBe('command');
});
