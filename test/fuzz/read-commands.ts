import { commands } from '../../source/commands/table.ts';

/** Words and a mark of success for each command that only reads: a part of its output on a demo. */
type Read = { readonly words?: string; readonly shows: RegExp };
const reads: Readonly<Record<string, Read>> = {
	status: { shows: /airflow-postgres[\s\S]*airflow-worker[\s\S]*mlflow/ },
	doctor: { shows: /No problems found|Cause:|Fix|Evidence|"findings"/ },
	services: { shows: /airflow-postgres[\s\S]*airflow-worker[\s\S]*mlflow/ },
	// A narrow column cuts the middle of an id that hostile characters made longer.
	dags: { shows: /ml_pip/ },
	runs: { shows: /scheduled__/ },
	tasks: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	task: { words: 'task raw_to_bronze', shows: /PythonOperator/ },
	gantt: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	graph: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	grid: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	trend: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	report: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	models: { shows: /lakehouse/ },
	metrics: { shows: /accuracy/ },
	'mlflow-runs': { shows: /model_training/ },
	// The name of its folder comes from the server, so the file in it is not found.
	artifacts: { words: 'artifacts model_training', shows: /model/ },
	compare: { words: 'compare model_training model_evaluation', shows: /accuracy|loss/ },
	chart: { words: 'chart accuracy', shows: /accuracy|model_evaluation|lowest/ },
	logs: { words: 'logs airflow-scheduler --tail 60', shows: /a line/ },
	df: { shows: /mlflow/ },
	top: { words: 'top airflow-worker', shows: /PID/i },
	inspect: { words: 'inspect mlflow', shows: /mlflow/ },
	source: { shows: /import/ },
	config: { shows: /docker_host/ },
};

/** The same for those that need Airflow 3: `newer-demo.ts` has something for each. */
const newerReads: Readonly<Record<string, Read>> = {
	backfills: { words: 'backfills DAILY', shows: /\d\/4|"total": 4/ },
	// A long name wraps, and colours are set again after a wrap.
	questions: { shows: /Which[\s\S]{0,20}regions/ },
	assets: { words: 'assets --events', shows: /prices[\s\S]*daily_prices/ },
	events: { shows: /patch_dag/ },
};

/** Not of this kind: it asks for a change, runs a program, opens the screen, or reads no server. */
const others = ['try', 'exec', 'ack', 'demo'];

export type ReadCommand = { readonly words: readonly string[]; readonly isJson: boolean; readonly shows: RegExp };

const reading = commands.filter(
	command =>
		!('opensScreen' in command) &&
		!command.changes &&
		!command.offline &&
		!command.hidden &&
		!others.includes(command.name),
);
for (const { name } of reading)
	if (!(name in reads) && !(name in newerReads))
		throw new Error(`laketop ${name} reads servers: name what it shows of a demo`);

function readsOf(of: Readonly<Record<string, Read>>): ReadCommand[] {
	return reading.flatMap(({ name, json }) => {
		const read = of[name];
		if (read === undefined) return [];
		const words = (read.words ?? name).split(' ');
		const text = { words, isJson: false, shows: read.shows };
		return json === undefined ? [text] : [text, { ...text, words: [...words, '--json'], isJson: true }];
	});
}

/** Every command of the table that only reads servers, as text and as JSON. */
export const readCommands: readonly ReadCommand[] = readsOf(reads);
/** Those that need Airflow 3. The word DAILY stands for the DAG `daily_prices`. */
export const newerReadCommands: readonly ReadCommand[] = readsOf(newerReads);
