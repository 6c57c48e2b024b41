import { scriptedServer, tokenOf } from '../clients/airflow/scripted-server.ts';

const dag = {
	...{ dag_id: 'wide', is_paused: false, is_active: true, is_stale: false, fileloc: '/dags/wide.py' },
	...{ file_token: 't', tags: [], owners: [], schedule_interval: null, timetable_summary: null },
};
const run = {
	...{ dag_id: 'wide', dag_run_id: 'one', state: 'running', run_type: 'manual', conf: {} },
	...{ logical_date: '2026-11-24T10:00:00Z', start_date: '2026-11-24T10:00:00Z', end_date: null },
	...{ run_after: '2026-11-24T10:00:00Z', queued_at: '2026-11-24T10:00:00Z' },
};

/** An Airflow with one DAG whose only run has so many task instances. It sends a hundred entries at a time. */
export async function largeAirflow(generation: '2' | '3', instances: number, importErrors = 0) {
	let total = instances;
	const root = generation === '2' ? '/api/v1' : '/api/v2';
	const task = (at: number) => ({
		...{ dag_id: 'wide', dag_run_id: 'one', task_id: 'part', map_index: at, state: 'success', try_number: 1 },
		...{ max_tries: 0, start_date: '2026-11-24T10:00:00Z', end_date: '2026-11-24T10:00:01Z', duration: 1 },
	});
	const page = (from: number, of: number) => Math.max(0, Math.min(100, of - from));
	const { url } = await scriptedServer(({ line, body }) => {
		const [, given = ''] = line.split(' ');
		const { pathname: path, searchParams } = new URL(given, 'http://x');
		const from = Number(searchParams.get('offset') ?? (body.startsWith('{') ? JSON.parse(body).page_offset : 0) ?? 0);
		if (path === '/auth/token') return [201, { access_token: tokenOf(86_400) }];
		if (!path.startsWith(`${root}/`))
			return path === '/health' && generation === '2' ? [200, { metadatabase: { status: 'healthy' } }] : undefined;
		const tasks = () => Array.from({ length: page(from, total) }, (_, index) => task(from + index));
		switch (path.slice(root.length)) {
			case '/version':
				return [200, { version: generation === '2' ? '2.10.5' : '3.0.2', git_version: null }];
			case '/monitor/health':
				return [200, { metadatabase: { status: 'healthy' } }];
			case '/dags':
				return [200, { dags: [dag], total_entries: 1 }];
			case '/dags/wide':
				return [200, dag];
			case '/dags/wide/tasks':
				return [200, { tasks: [{ task_id: 'part', downstream_task_ids: [] }], total_entries: 1 }];
			case '/dags/wide/dagRuns':
				return [200, { dag_runs: [run], total_entries: 1 }];
			case '/dags/wide/dagRuns/one':
				return [200, run];
			case '/dags/wide/dagRuns/one/taskInstances':
			case '/dags/~/dagRuns/~/taskInstances/list':
				return [200, { task_instances: tasks(), total_entries: total }];
			case '/importErrors': {
				const errors = Array.from({ length: page(from, importErrors) }, (_, at) => ({ filename: `${from + at}.py` }));
				return [200, { import_errors: errors, total_entries: importErrors }];
			}
			default:
				return undefined;
		}
	});
	return {
		url,
		setTotal: (count: number) => {
			total = count;
		},
	};
}
