/**
 * The embedded stack, in a separate process, so that its CPU does not count for the benchmark; prints the addresses of
 * its servers as JSON, and ends with its standard input. With `--big-dag N` it has a DAG of N tasks with an active run,
 * and nothing else happens; else things happen by themselves, as in the demo.
 */
import { startDemo } from '../source/demo/index.ts';
import { type CatalogueDag, DAGS } from '../source/demo/world/airflow/dag-catalogue.ts';

const chains = 20;
const [option, count] = process.argv.slice(2);
const tasks = option === '--big-dag' ? Number(count) : 0;

/** Chains side by side. */
function bigDag(): CatalogueDag {
	const [model] = DAGS;
	if (model === undefined) throw new Error('the demo has no DAG to copy');
	const taskId = (index: number) => `task_${String(index).padStart(3, '0')}`;
	return {
		...model,
		dagId: 'big_dag',
		description: 'Twenty chains side by side',
		file: 'big_dag.py',
		past: undefined,
		schedule: { kind: 'cron', expression: '0 3 1 1 *', words: 'Once a year' },
		paused: false,
		tasks: Array.from({ length: tasks }, (_, index) => ({
			taskId: taskId(index),
			operator: 'PythonOperator',
			module: 'airflow.operators.python',
			downstream: index + chains < tasks ? [taskId(index + chains)] : [],
			triggerRule: 'all_success' as const,
			color: '#ffefeb',
		})),
	};
}

const demo = await startDemo(tasks > 0 ? { autonomous: false, dags: [bigDag()] } : {});
if (tasks > 0) demo.scenario.triggerRun({}, 'big_dag');
const { dockerHost, airflowUrl, mlflowUrl } = demo;
process.stdout.write(`${JSON.stringify({ dockerHost, airflowUrl, mlflowUrl })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
