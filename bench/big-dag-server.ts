/**
 * The embedded stack with a DAG of 500 tasks that has an active run. A separate process, so that its CPU does not count
 * for the benchmark; prints the addresses of its servers as JSON, and ends with its standard input.
 */
import { startDemo } from '../source/demo/index.ts';
import { DAGS } from '../source/demo/world/dag-catalogue.ts';

const rows = 20;
const tasks = Number(process.argv[2] ?? 500);

const [model] = DAGS;
if (model === undefined) throw new Error('the demo has no DAG to copy');
const taskId = (index: number) => `task_${String(index).padStart(3, '0')}`;
const demo = await startDemo({
	autonomous: false,
	dags: [
		{
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
				downstream: index + rows < tasks ? [taskId(index + rows)] : [],
				triggerRule: 'all_success' as const,
				color: '#ffefeb',
			})),
		},
	],
});
demo.scenario.triggerRun({}, 'big_dag');
const { dockerHost, airflowUrl, mlflowUrl } = demo;
process.stdout.write(`${JSON.stringify({ dockerHost, airflowUrl, mlflowUrl })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
