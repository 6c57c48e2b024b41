import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { Dag } from '../../../source/model/airflow/pipeline.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { render } from '../../../source/words/message.ts';
import {
	check,
	dag,
	dagFile,
	dagId,
	diagnosisOptions,
	failed,
	file,
	minute,
	now,
	only,
	roots,
	run,
	runsFetched,
	stateOf,
} from '../stack.ts';

const fresh = '/opt/airflow/dags/new_dag.py';
const trace = [
	'Traceback (most recent call last):',
	'  File "/usr/lib/python3.11/importlib.py", line 241, in _call_with_frames_removed',
	'  File "/opt/airflow/dags/ml_pipeline_dag.py", line 12',
	'    with DAG("x"',
	'            ^',
	"SyntaxError: '(' was never closed",
].join('\n');
const error = (stackTrace: string): Fact => ({
	type: 'import errors fetched',
	errors: [{ fileName: dagFile, stackTrace, happenedAt: now - 20_000 }],
});
const dags = (...all: Partial<Dag>[]): Fact => ({ type: 'dags fetched', dags: all.map(one => ({ ...dag, ...one })) });
const python = (exitCode: number, lines: string[], more: { modifiedAt?: number; tookMs?: number } = {}) =>
	check(
		{ check: 'python file', modifiedAt: now - 60 * minute, exitCode, lines, tookMs: 900, dagIds: [], ...more },
		dagFile,
	);
const folder = (host: ReturnType<typeof file>[] | null, more: { isMounted?: boolean; hostId?: string | null } = {}) =>
	check({ check: 'dag folder', folder: '/opt/airflow/dags', isMounted: true, host, hostId: '1:2', ...more });

test('an import error names file, line and message', () => {
	expect(only('import error', error(trace))[0]).toMatchObject({
		title: 'ml_pipeline_dag.py cannot be imported',
		cause: "Syntax error in line 12: SyntaxError: '(' was never closed",
		evidence: expect.arrayContaining(["ml_pipeline_dag.py, line 12: SyntaxError: '(' was never closed"]),
	});
	expect(only('import error')).toEqual([]);
});

test('the process that reads DAG files is named by generation: the scheduler, or the DAG processor of Airflow 3', () => {
	const airflow3: Fact = {
		type: 'source connected',
		source: 'airflow',
		version: '3.3.2',
		address: 'http://localhost:8082',
	};
	const reason = (...facts: Fact[]) =>
		diagnose(stateOf(...facts, error(trace)), now, diagnosisOptions)
			.filter(({ rule }) => rule === 'import error')
			.map(found => render(found.reason, 'en'));
	expect(reason()).toEqual(['The scheduler imported the file and recorded this stack trace']);
	expect(reason(airflow3)).toEqual(['The DAG processor imported the file and recorded this stack trace']);
	const scanned = folder([file(), file({ path: fresh, modifiedAt: now - 2 * minute })]);
	expect(only('dag not shown', airflow3, scanned)[0]?.cause).toMatch(/^The DAG processor has not scanned the folder/);
	expect(only('dag not shown', scanned)[0]?.cause).toMatch(/^The scheduler has not scanned the folder/);
});

test.each([
	["ModuleNotFoundError: No module named 'polars'", /module polars is not installed/],
	['airflow.exceptions.AirflowTaskTimeout: DagBag import timeout for /x after 30.0s', /longer than Airflow allows/],
	["PermissionError: [Errno 13] Permission denied: '/opt/airflow/dags/ml_pipeline_dag.py'", /may not read/],
	["NameError: name 'foo' is not defined", /^Line 12 fails: NameError/],
])('%s', (message, cause) => {
	expect(only('import error', error(trace.replace(/SyntaxError.*$/, message)))[0]?.cause).toMatch(cause);
});

test('what Python says of the file as it is now goes before what the scheduler said of an older one', () => {
	const fixed = folder([file({ modifiedAt: now - 5000 })]);
	expect(only('import error', error(trace), fixed, python(0, [], { modifiedAt: now - 5000 }))).toEqual([]);
	const broken = python(1, ['  File "/opt/airflow/dags/ml_pipeline_dag.py", line 3', 'SyntaxError: invalid syntax'], {
		modifiedAt: now - 5000,
	});
	expect(only('import error', fixed, broken)[0]?.cause).toBe('Syntax error in line 3: SyntaxError: invalid syntax');
	// The file was changed again since.
	expect(only('import error', folder([file({ modifiedAt: now - 1000 })]), broken)).toEqual([]);
});

test('a file that Airflow may not read, and how to let it', () => {
	const [found] = only('dag file unreadable', folder([file({ mode: '600', isReadable: false })]));
	expect(found).toMatchObject({
		title: 'Airflow cannot read ml_pipeline_dag.py',
		evidence: ['Mode 600, owner 0, Airflow user 50000:0'],
	});
	expect(found?.fixes.slice(0, 2)).toMatchObject([
		{ kind: 'exec', user: '0', argv: ['chmod', 'a+r', dagFile] },
		{ kind: 'exec', user: '0', argv: ['chown', '50000:0', dagFile] },
	]);
	expect(only('dag file unreadable')).toEqual([]);
});

test('that a file cannot be read explains its import error and the missing DAG', () => {
	expect(roots(folder([file({ mode: '000', isReadable: false })]), dags({ dagId: 'other' }), error(trace))).toEqual([
		`dag file unreadable ${dagFile}`,
	]);
});

test('a new file whose DAG is not shown: first the scheduler has its time', () => {
	const added = (agoMs: number) => folder([file(), file({ path: fresh, modifiedAt: now - agoMs })]);
	expect(only('dag not shown', added(20_000))).toEqual([]);
	expect(only('dag not shown', added(2 * minute))[0]).toMatchObject({
		title: 'The DAG in new_dag.py does not appear in Airflow',
		cause: expect.stringContaining('has not scanned the folder'),
	});
	const ran = check({ check: 'python file', modifiedAt: now, exitCode: 0, lines: [], tookMs: 700, dagIds: [] }, fresh);
	expect(only('dag not shown', added(20 * minute), ran)[0]?.cause).toMatch(/defines no DAG/);
	const slow = check(
		{ check: 'python file', modifiedAt: now, exitCode: 0, lines: [], tookMs: 45_000, dagIds: [] },
		fresh,
	);
	expect(only('dag not shown', added(20 * minute), slow)[0]?.cause).toMatch(/longer than the scheduler allows/);
	expect(only('dag not shown')).toEqual([]);
});

describe('two files that define the same DAG', () => {
	const copy = '/opt/airflow/dags/ml_pipeline_copy.py';
	const both = folder([file(), file({ path: copy, modifiedAt: now - 10 * minute })]);
	const imported = (path: string, dagIds: string[], more: { exitCode?: number; modifiedAt?: number } = {}) =>
		check({ check: 'python file', modifiedAt: now, exitCode: 0, lines: [], tookMs: 700, dagIds, ...more }, path);

	test('are named, whichever of them Airflow shows just now', () => {
		const expected = {
			subject: dagId,
			title: `2 DAG files define ${dagId}`,
			evidence: [`Files that define ${dagId}:`, copy, dagFile],
			fixes: [{ kind: 'advice' }, { kind: 'look', at: 'source' }],
		};
		expect(only('dag defined twice', both, imported(copy, [dagId]))[0]).toMatchObject(expected);
		const flipped = [dags({ fileLocation: copy }), imported(dagFile, [dagId])];
		expect(only('dag defined twice', both, ...flipped)[0]).toMatchObject(expected);
		expect(roots(both, imported(copy, [dagId]))).toEqual([`dag defined twice ${dagId}`]);
	});

	test('stay named for as long as the file is not changed', () => {
		const old = { at: now - 60 * minute, fact: imported(copy, [dagId]) };
		expect(only('dag defined twice', both, old)).toHaveLength(1);
		const edited = folder([file(), file({ path: copy, modifiedAt: now - minute })]);
		expect(only('dag defined twice', edited, imported(copy, [dagId], { modifiedAt: now - 10 * minute }))).toEqual([]);
	});

	test('are none after a rename, or where the ids differ', () => {
		expect(only('dag defined twice', folder([file({ path: copy })]), imported(copy, [dagId]))).toEqual([]);
		expect(only('dag defined twice', both, imported(copy, ['another']))).toEqual([]);
		expect(only('dag not shown', both, imported(copy, ['another']))[0]?.cause).not.toMatch(/defines no DAG/);
	});
});

test('a helper module is no DAG file', () => {
	expect(only('dag not shown', folder([file(), file({ path: fresh, looksLikeDag: false })]))).toEqual([]);
});

test('the folder is not mounted', () => {
	const facts = folder(null, { isMounted: false, hostId: null });
	expect(only('dag folder not mounted', facts)[0]?.title).toBe('The DAG folder is not mounted');
	expect(only('dag folder not mounted')).toEqual([]);
});

test('a mount that holds a folder which was replaced', () => {
	expect(only('dag mount stale', folder([], { hostId: '1:99' }))[0]).toMatchObject({
		cause: expect.stringContaining('was replaced'),
		fixes: [
			{
				kind: 'compose',
				verb: 'restart',
				services: ['airflow-scheduler', 'airflow-webserver', 'airflow-worker'],
			},
			{ kind: 'container', verb: 'restart', container: 'airflow-scheduler' },
		],
	});
	expect(only('dag mount stale', folder(null, { hostId: 'missing' }))[0]?.cause).toMatch(/no longer exists/);
	expect(only('dag mount stale', folder(null, { hostId: null }))).toEqual([]);
});

test('the watched DAG is not in Airflow', () => {
	expect(only('dag missing', dags({ dagId: 'other' }))[0]).toMatchObject({
		title: 'Airflow has no DAG ml_pipeline_end_to_end',
		evidence: ['DAGs in Airflow: other'],
	});
	const notFound = failed('pipeline', 'not-found', 'DAG not found');
	expect(only('dag missing', dags(), notFound)).toHaveLength(1);
	expect(only('dag missing')).toEqual([]);
});

test('a paused DAG with a run that waits', () => {
	const waiting = [dags({ isPaused: true }), runsFetched(run('waits', 'queued', minute))];
	expect(only('dag paused', ...waiting)[0]).toMatchObject({
		title: 'ml_pipeline_end_to_end is paused, and 1 DAG run waits',
		fixes: [{ kind: 'unpause', dagId: 'ml_pipeline_end_to_end' }],
	});
	expect(only('dag paused', dags({ isPaused: true }))).toEqual([]);
	expect(only('dag paused', runsFetched(run('waits', 'queued', minute)))).toEqual([]);
});

test('a schedule whose time has passed', () => {
	expect(only('schedule missed', dags({ nextRunAt: now - 10 * minute }))[0]).toMatchObject({ severity: 'critical' });
	expect(only('schedule missed', dags({ nextRunAt: now - 30_000 }))).toEqual([]);
	expect(only('schedule missed', dags({ nextRunAt: now - 10 * minute, isPaused: true }))).toEqual([]);
	const busy = runsFetched(run('long', 'running', 60 * minute));
	expect(only('schedule missed', dags({ nextRunAt: now - 10 * minute }), busy)[0]?.cause).toMatch(/max_active_runs/);
});

test('what was seen of a container that was replaced since says nothing of the one in its place', () => {
	const replaced = folder([], { hostId: '1:99' });
	if (replaced.type !== 'check finished') throw new Error('not a check');
	expect(only('dag mount stale', { ...replaced, container: 'a-container-that-is-gone' })).toEqual([]);
	expect(only('dag mount stale', { ...replaced, container: 'airflow-scheduler' })).toHaveLength(1);
});
