import { commands } from '../../source/commands/table.ts';

/** Words and a mark of success for each command that only reads: a part of its output on a demo. */
const reads: Readonly<Record<string, { readonly words?: string; readonly shows: RegExp }>> = {
	status: { shows: /airflow-postgres[\s\S]*airflow-worker[\s\S]*mlflow/ },
	doctor: { shows: /No problems found|Cause:|Fix|Evidence|"findings"/ },
	services: { shows: /airflow-postgres[\s\S]*airflow-worker[\s\S]*mlflow/ },
	// A narrow column cuts an id that hostile characters made longer.
	dags: { shows: /ml_pipeline_end/ },
	runs: { shows: /scheduled__/ },
	tasks: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	gantt: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	graph: { shows: /raw_to_bronze[\s\S]*model_registry/ },
	models: { shows: /lakehouse/ },
	metrics: { shows: /accuracy/ },
	logs: { words: 'logs airflow-scheduler --tail 60', shows: /a line/ },
	df: { shows: /mlflow/ },
	top: { words: 'top airflow-worker', shows: /PID/i },
	inspect: { words: 'inspect mlflow', shows: /mlflow/ },
	source: { shows: /import/ },
	config: { shows: /docker_host/ },
};

/** Not of this kind: it asks for a change, runs a program, reads no server, or needs Airflow 3, which these demos have not. */
const others = ['try', 'exec', 'ack', 'backfills', 'questions', 'assets', 'events'];

export type ReadCommand = { readonly words: readonly string[]; readonly isJson: boolean; readonly shows: RegExp };

/** Every command of the table that only reads servers, as text and as JSON. */
export const readCommands: readonly ReadCommand[] = commands
	.filter(({ changes, offline, hidden, name }) => !changes && !offline && !hidden && !others.includes(name))
	.flatMap(({ name, json }) => {
		const read = reads[name];
		if (read === undefined) throw new Error(`laketop ${name} reads servers: name what it shows of a demo`);
		const words = (read.words ?? name).split(' ');
		const text = { words, isJson: false, shows: read.shows };
		return json === undefined ? [text] : [text, { ...text, words: [...words, '--json'], isJson: true }];
	});
