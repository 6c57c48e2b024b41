import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../source/commands/parse.ts';
import { viewAt } from '../source/ui/actions/table/look.ts';
import { stackChoices } from '../source/ui/actions/table/stack.ts';
import { actionForKey, actions } from '../source/ui/actions/table.ts';
import type { ViewState } from '../source/ui/conversation.ts';
import { keyTitle } from '../source/ui/keys.ts';
import { paneIds } from '../source/ui/panes/panes.ts';
import type { PaneId } from '../source/ui/place.ts';
import { initialView } from '../source/ui/view-state.ts';
import { english } from './given/english.ts';

/**
 * Every command that the quick-start guide has its reader type, and everything to watch, as listed on the guide's own
 * page. A row without a key and a command that laketop understands fails.
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
	'Q2 `chmod 644 dags/*.py`, `chown -R 50000:50000 dags/`',
	'Q2 stale bind mount: restart airflow-scheduler',
	'Q3 state of airflow-worker',
	'up -d airflow-worker',
	'Q4 restart mlflow',
	'`Up (healthy)` of the six containers',
	'the seven tasks in their order, green, yellow, red or grey',
	'the next task is queued, runs on a worker and succeeds',
	'what a task printed: 10000 rows ingested',
	'an MLflow run for each task: its parameters and metrics',
	'owner, file and state (active or paused) of a DAG',
	'the bind mounts of dags, logs and plugins',
	'the pages of Airflow, MLflow, Trino, Grafana and Superset',
	'whether the lakehouse project keeps running',
];

const page = readFileSync(join(import.meta.dirname, '../docs/guide.md'), 'utf8');
const rows = page
	.split('\n')
	.filter(line => line.startsWith('| ') && !line.startsWith('| the guide'))
	.map(line => line.split(/(?<!\\) \| |^\| | \|$/).filter(cell => cell !== ''))
	.map(([what = '', keys = '', command = '']) => ({ what, keys, command }));

const inTicks = (text: string) => Array.from(text.matchAll(/`([^`]+)`/g), match => match[1] ?? '');
const keyOf = (title: string) => actions.flatMap(action => action.keys).find(key => keyTitle(key) === title);

/** The first key that does nothing, if they are pressed one after the other from the overview; null if all work. */
function keyThatFails(titles: readonly string[]): string | null {
	let view: { focus: PaneId; browse: ViewState['browse'] } = { focus: 'services', browse: null };
	for (const [index, title] of titles.entries()) {
		const key = keyOf(title);
		const action = key === undefined ? undefined : actionForKey(actions, key, view);
		if (!action) return title;
		const pane = /^pane-(.+)$/.exec(action.id)?.[1];
		if (pane) view = { focus: paneIds.find(id => id === pane) ?? 'services', browse: null };
		else if (action.id === 'logs' || action.id === 'task-log') view = { focus: 'logs', browse: null };
		else if (action.id === 'browse-mlflow-runs') view = viewAt(initialView('dag'), 'mlflow-runs');
		else if (action.id === 'browse-dags' || action.id === 'browse-runs')
			view = viewAt({ ...initialView('dag'), focus: view.focus }, action.id === 'browse-dags' ? 'dags' : 'runs');
		else if (action.id === 'stack') {
			const next = titles[index + 1];
			return stackChoices(['service'], english.say).some(choice => choice.key === next) ? null : `${title} ${next}`;
		}
	}
	return null;
}

test.each(guide)('%s has its row', what => {
	expect(rows.filter(row => row.what.includes(what))).not.toHaveLength(0);
});

test.each(rows)('$what: keys that lead there, and commands that are understood', async ({ keys, command }) => {
	expect(inTicks(keys)).not.toEqual([]);
	expect(keyThatFails(inTicks(keys))).toBeNull();
	expect(inTicks(command)).not.toEqual([]);
	for (const line of inTicks(command)) {
		const [program, ...words] = line.split(' ');
		expect(program).toBe('laketop');
		expect(await parseCommandLine(words)).toMatchObject({ kind: 'command' });
	}
});

test('the pages name the keys of all panes', () => {
	expect(page).toContain(`\`1\` to \`${paneIds.length}\``);
	expect(readFileSync(join(import.meta.dirname, '../readme.md'), 'utf8')).toContain(`\`1\`–\`${paneIds.length}\``);
});
