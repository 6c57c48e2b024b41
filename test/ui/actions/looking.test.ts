import { expect, test } from 'vitest';
import { readAudit } from '../../../source/operations/plan/audit.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import { browserCommand, runPage, tunnelCommand } from '../../../source/ui/actions/addresses.ts';
import { addressOf, copyables } from '../../../source/ui/actions/here.ts';
import { dateSpan } from '../../../source/ui/actions/jump.ts';
import { viewAt } from '../../../source/ui/actions/table/look.ts';
import type { ViewState } from '../../../source/ui/conversation.ts';
import { matchingChoices } from '../../../source/ui/fuzzy.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { render } from '../../../source/words/message.ts';
import { healthy, stateOf } from '../../diagnosis/stack.ts';
import { english } from '../../given/english.ts';

const now = Date.parse('2026-11-24T14:03:21');
// Without a Z: in the user's zone, whichever it is.
const span = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
const day = (text: string) => span(`${text}T00:00:00`, `${text}T23:59:59.999`);
const minute = span('2026-11-20T14:02:00', '2026-11-20T14:02:59.999');

test.each([
	['2026-11-20', day('2026-11-20')],
	['11-20', day('2026-11-20')],
	['11/20', day('2026-11-20')],
	['20', day('2026-11-20')],
	['today', day('2026-11-24')],
	['yesterday', day('2026-11-23')],
	['-3', day('2026-11-21')],
	['2026-11-20 14:02', minute],
	['2026-11-20T14:02', minute],
	['2026-02-30', null],
	['13-01', null],
	['manual__x', null],
	['', null],
])('%s is a span of time, or none', (text, expected) => {
	expect(dateSpan(text, now)).toEqual(expected);
});

test('over ssh no browser is started: a tunnel is named, to the host that was logged in to', () => {
	const ssh = { SSH_CONNECTION: '10.0.0.9 51234 10.0.0.5 22', USER: 'ops', DISPLAY: ':0' };
	expect(browserCommand(ssh)).toBeNull();
	expect(tunnelCommand('http://localhost:8082/dags/x', ssh)).toBe('ssh -N -L 8082:localhost:8082 ops@10.0.0.5');
	expect(tunnelCommand('http://localhost/', ssh)).toBe('ssh -N -L 10080:localhost:80 ops@10.0.0.5');
	expect(tunnelCommand('http://localhost:8082/', {})).toBeNull();
	expect(browserCommand({ DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open']);
	expect(browserCommand({}, 'linux')).toBeNull();
});

test('the page of what is selected: a run, the log of a task, wherever it is looked at', () => {
	const state = stateOf(...healthy);
	const at = (view: Partial<ViewState>) => {
		const address = addressOf({
			state,
			view: { ...initialView('ml_pipeline_end_to_end'), ...view },
			ownProject: 'mlops',
			now,
			page: 10,
			log: {} as never,
			shownLog: {} as never,
			room: { width: 116, height: 36 },
			glyphs: glyphSets.unicode,
			...english,
		});
		return address && { ...address, title: render(address.title, 'en') };
	};
	expect(at({ focus: 'pipeline' })).toEqual({
		title: 'DAG run newest in Airflow',
		url: 'http://localhost/airflow/dags/ml_pipeline_end_to_end/grid?dag_run_id=newest',
	});
	const ofTask = {
		title: 'Log of raw_to_bronze in Airflow',
		url: 'http://localhost/airflow/dags/ml_pipeline_end_to_end/grid?dag_run_id=newest&task_id=raw_to_bronze&tab=logs',
	};
	expect(at({ focus: 'pipeline', taskId: 'raw_to_bronze' })).toEqual(ofTask);
	const request = {
		dagId: 'ml_pipeline_end_to_end',
		dagRunId: 'newest',
		taskId: 'raw_to_bronze',
		mapIndex: -1,
		tryNumber: null,
		follow: 'task' as const,
	};
	expect(at({ focus: 'logs', logs: { ...initialView('').logs, selection: { kind: 'task', request } } })).toEqual(
		ofTask,
	);
	expect(at({ focus: 'services', selectedService: 'mlflow' })).toEqual({
		title: 'mlflow',
		url: 'http://localhost/mlflow',
	});
});

test('the pages of Airflow 3 have paths of their own', () => {
	const { sources } = stateOf(...healthy);
	const version = (of: string) => ({
		sources: { ...sources, airflow: { version: of, address: '', connectedAt: now } },
	});
	const task = { dagId: 'etl daily', dagRunId: 'manual__1', taskId: 'load', mapIndex: 2 };
	const at = (of: string, more = {}) => runPage(version(of), 'http://airflow', { ...task, ...more }).url;
	expect(at('3.3.2')).toBe('http://airflow/dags/etl%20daily/runs/manual__1/tasks/load/mapped/2');
	expect(at('3.3.2', { mapIndex: -1 })).toBe('http://airflow/dags/etl%20daily/runs/manual__1/tasks/load');
	expect(at('3.3.2', { taskId: null })).toBe('http://airflow/dags/etl%20daily/runs/manual__1');
	expect(at('3.3.2', { taskId: null, dagRunId: null })).toBe('http://airflow/dags/etl%20daily');
	expect(at('2.10.5', { taskId: null })).toBe('http://airflow/dags/etl%20daily/grid?dag_run_id=manual__1');
});

test('fuzzy matching: letters in order, the closest first, also Hangul', () => {
	const choices = ['ml_pipeline_end_to_end', 'mlflow', '모델 학습', 'airflow-worker'].map(label => ({
		id: label,
		label,
		hint: '',
	}));
	const found = (text: string) => matchingChoices(choices, text).map(choice => choice.id);
	expect(found('mlf')[0]).toBe('mlflow');
	expect(found('mpe')).toContain('ml_pipeline_end_to_end');
	expect(found('학습')).toEqual(['모델 학습']);
	expect(found('awo')).toEqual(['airflow-worker']);
	expect(found('zzz')).toEqual([]);
	const verbs = ['restart airflow-redis', 'restart', 'rest', 'arrest'].map(label => ({ id: label, label, hint: '' }));
	expect(matchingChoices(verbs, 'rest').map(({ label }) => label)).toEqual([
		'rest',
		'restart',
		'restart airflow-redis',
		'arrest',
	]);
	expect(found('  ')).toHaveLength(4);
	expect(() => found('(.*[')).not.toThrow();
});

test('an audit file with broken lines is still read, its texts made harmless', () => {
	const entry = {
		at: '2026-11-24T14:03:21.000Z',
		user: 'ops',
		by: 'screen',
		project: null,
		action: 'restart',
		targets: ['container a\u001B[2J'],
		event: 'done',
		message: 'x',
	};
	const read = readAudit(`${JSON.stringify(entry)}\n{"at":\n\n{"at":"x"}\n`);
	expect(read).toHaveLength(1);
	expect(read[0]?.targets).toEqual(['container a']);
});

test.each([
	['services', ['name', 'container ID', 'image', 'command that prints the log', 'page address']],
	['pipeline', ['DAG run ID', 'DAG ID', 'page address']],
	['mlflow', ['ID of the newest MLflow run', 'experiment ID', 'model version', 'page address']],
	['dags', ['DAG ID', 'page address']],
	['runs', ['DAG run ID', 'DAG ID', 'page address']],
	['timeline', ['page address']],
	['mlflow-runs', ['MLflow run ID', 'MLflow run name', 'metrics', 'laketop command', 'page address']],
	['model-versions', ['model version', 'MLflow run ID', 'laketop command', 'page address']],
	['findings', ['page address']],
] as const)('in %s what is selected can be copied', (place, expected) => {
	const version = {
		name: 'churn',
		version: '7',
		status: 'READY',
		stage: 'None',
		aliases: [],
		runId: 'a1',
		createdAt: now,
	};
	const state = stateOf(...healthy, { type: 'model versions fetched', at: now, versions: [version] });
	const view = viewAt(initialView('ml_pipeline_end_to_end'), place);
	const context = {
		state,
		view,
		ownProject: 'mlops',
		now,
		page: 10,
		log: {} as never,
		shownLog: {} as never,
		room: { width: 116, height: 36 },
		glyphs: glyphSets.unicode,
		...english,
	};
	expect(copyables(context).map(({ what }) => what)).toEqual(expected);
});
