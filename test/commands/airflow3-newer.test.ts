import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { newerDags } from '../given/newer-dags.ts';
import { addressesOf, documentOf, patientClock, type Ran, runLaketop } from './harness.ts';

/** The commands for what only Airflow 3 has. */
let demo: DemoStack;
let folder = '';
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, airflow: '3', dags: newerDags });
	folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
});
afterEach(async () => {
	await demo.close();
	rmSync(folder, { recursive: true });
});

function laketop(words: string | string[], of = demo): Promise<Ran> {
	const argv = typeof words === 'string' ? words.split(' ') : words;
	return runLaketop([...addressesOf(of), ...argv], { compose: of.compose, environment: { XDG_STATE_HOME: folder } });
}

async function withAirflow2<Result>(work: (older: DemoStack) => Promise<Result>): Promise<Result> {
	const older = await startDemo({ autonomous: false, airflow: '2', dags: newerDags });
	return work(older).finally(() => older.close());
}

test('the source of the version that a run ran with, and whether the DAG has changed since', async () => {
	const dagRunId = demo.scenario.triggerRun({}, 'report');
	demo.scenario.changeDag('report', 'second\n');
	expect((await laketop('source report')).stdout).toBe('second\n');
	const ofRun = await laketop(['source', 'report', '--run', dagRunId]);
	expect(ofRun.stdout).toBe('"""report"""\n');
	expect(ofRun.stderr).toContain('this is version 1 of report; the newest is 2');
	const json = documentOf(documents.source, (await laketop('source report --dag-version 1 --json')).stdout);
	expect(json).toMatchObject({ source: '"""report"""\n', dag_version: 1, newest_version: 2 });
	expect(await laketop('source report --dag-version 9')).toMatchObject({ exitCode: 2 });
	const { runs } = documentOf(documents.runs, (await laketop('runs report --json')).stdout);
	expect(runs[0]?.dag_versions).toEqual([1]);
	expect((await laketop('runs report')).stdout).toContain('VERSION');
});

test('Airflow 2 has no versions: the source is that of the file, and --dag-version says why not', async () => {
	await withAirflow2(async older => {
		const json = documentOf(documents.source, (await laketop('source report --json', older)).stdout);
		expect(json).toMatchObject({ dag_version: null, newest_version: null });
		const refused = await laketop('source report --dag-version 1', older);
		expect(refused.exitCode).toBe(4);
		expect(refused.stderr).toContain('DAG versions need Airflow 3; this is 2.8.0');
		expect((await laketop('runs report', older)).stdout).not.toContain('VERSION');
	});
});

const day = 86_400_000;
/** `--from` and `--to` for the dates of the last days that have ended. */
function range(days: number): string[] {
	const midnight = Math.floor(demo.scenario.now() / day) * day;
	const iso = (ago: number) => new Date(midnight - ago * day).toISOString().slice(0, 10);
	return ['--from', iso(days + 1), '--to', iso(2)];
}

test('a backfill: its dates, its start, its list, and its end by hand', async () => {
	demo.scenario.pauseDag('daily_prices');
	const preview = await laketop(['backfill', 'daily_prices', ...range(3), '--dry-run']);
	expect(preview.stdout).toMatch(/Starts 3 DAG runs of daily_prices for: \d{4}-\d\d-\d\d, /);
	expect(preview.stdout).toContain('Dates that already have a DAG run are left out.');
	expect(preview.stdout).toContain('At most 10 runs at a time');
	expect(preview.stdout).toContain('The DAG is paused');
	expect(preview.stdout).toContain('backfill create --dag-id daily_prices');
	expect(documentOf(documents.backfills, (await laketop('backfills daily_prices --json')).stdout).backfills).toEqual(
		[],
	);
	const made = await laketop(['backfill', 'daily_prices', ...range(3), '--max-active-runs', '2', '--yes']);
	expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('backfill 1 of daily_prices started') });
	// Airflow allows one at a time.
	expect(await laketop(['backfill', 'daily_prices', ...range(5), '--yes'])).toMatchObject({ exitCode: 4 });
	const [backfill] = documentOf(documents.backfills, (await laketop('backfills daily_prices --json')).stdout).backfills;
	expect(backfill).toMatchObject({ state: 'active', max_active_runs: 2, runs: { total: 3, queued: 3 } });
	expect(await laketop('backfill daily_prices --pause --yes')).toMatchObject({ exitCode: 0 });
	expect((await laketop('backfill daily_prices --pause --yes')).stdout).toContain('is paused');
	const cancel = await laketop('backfill daily_prices --cancel --dry-run');
	expect(cancel.stdout).toContain('its 3 queued DAG runs fail without running');
	expect(await laketop('backfill daily_prices --cancel --yes')).toMatchObject({ exitCode: 0 });
	expect((await laketop('backfills daily_prices')).stdout).toMatch(/completed .* 3\/3 /);
	expect(await laketop('backfill daily_prices --cancel --yes')).toMatchObject({
		...{ exitCode: 4, stderr: expect.stringContaining('has no active backfill') },
	});
});

test('a backfill without dates, of a DAG without a schedule, or with contradicting options', async () => {
	const none = await laketop(['backfill', 'daily_prices', '--from', '2020-01-01', '--to', '2020-01-02', '--yes']);
	expect(none).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('Nothing to backfill for daily_prices') });
	const other = await laketop(['backfill', 'report', ...range(2), '--yes']);
	expect(other).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('does not support backfills') });
	const usage = { exitCode: 2, stderr: expect.stringContaining('--from and --to, or one of --pause') };
	expect(await laketop(['backfill', 'report', ...range(2), '--cancel'])).toMatchObject(usage);
	expect((await laketop('backfill report')).stderr).toContain('backfill requires --from DATE --to DATE');
	expect(await laketop(['--read-only', 'backfill', 'daily_prices', ...range(2), '--yes'])).toMatchObject({
		exitCode: 4,
	});
});

/** A run whose two tasks wait for answers. */
async function asking(): Promise<void> {
	await demo.close();
	demo = await startDemo({ autonomous: false, airflow: '3', dags: newerDags, speed: 60 });
	demo.scenario.triggerRun({}, 'release');
	await vi.waitFor(
		async () => {
			const { questions } = documentOf(documents.questions, (await laketop('questions --json')).stdout);
			expect(questions).toHaveLength(2);
		},
		{ timeout: 30_000 },
	);
}

test('status and doctor say that tasks wait for answers, without a fault; tasks says it of each', async () => {
	await asking();
	const status = documentOf(documents.status, (await laketop('status --json --dag release')).stdout);
	// Both ask at once, in any order.
	const byTask = status.questions?.toSorted((a, b) => a.task_id.localeCompare(b.task_id));
	expect(byTask).toMatchObject([
		{ dag_id: 'release', task_id: 'approve', map_index: -1, subject: 'Release model 7 to production?' },
		{ dag_id: 'release', task_id: 'choose', subject: 'Which regions?' },
	]);
	expect(status.problems.filter(problem => problem.includes('release'))).toEqual([]);
	expect(status.pipeline.tasks[0]).toMatchObject({
		state: 'awaiting_input',
		waits_for: { reason: 'answer', needs_action: true, text: 'Waiting for an answer: Release model 7 to production?' },
	});
	expect((await laketop('status')).stdout).toContain('2 tasks wait for an answer (laketop questions)');
	expect((await laketop('status --lang ko')).stdout).toContain('작업 2개가 답변을 기다립니다');
	expect((await laketop('tasks release')).stdout).toContain('Waiting for an answer: Which regions?');
	const { findings } = documentOf(documents.doctor, (await laketop('doctor --json')).stdout);
	expect(findings.filter(({ rule }) => rule === 'question open')).toMatchObject([
		{ subject: 'release', severity: 'notice', title: '2 tasks of release wait for an answer', explained_by: null },
	]);
	await withAirflow2(async older => {
		expect(documentOf(documents.status, (await laketop('status --json', older)).stdout).questions).toBeNull();
	});
});

test('a run that is waited for says when a task waits for an answer, and how to give one', async () => {
	await demo.close();
	demo = await startDemo({ autonomous: false, airflow: '3', dags: newerDags, speed: 60 });
	const stop = new AbortController();
	let said = '';
	const ran = await runLaketop([...addressesOf(demo), 'trigger', 'release', '--yes', '--wait'], {
		compose: demo.compose,
		environment: { XDG_STATE_HOME: folder },
		signal: stop.signal,
		onTalk(text) {
			said += text;
			if (/approve: awaiting/.test(said) && /choose: awaiting/.test(said)) stop.abort();
		},
	});
	expect(ran.exitCode).toBe(130);
	expect(said).toContain('approve: awaiting input (answer with laketop answer)\n');
}, 60_000);

test('Tab offers assets, and of questions the DAGs, runs, tasks, options and params that fit what is typed', async () => {
	await asking();
	const offered = async (kind: string, words: string, of = demo) => {
		const argv = ['__complete', kind, ...words.split(' '), ...addressesOf(of)];
		const ran = await runLaketop(argv, { clock: patientClock, environment: { XDG_CACHE_HOME: folder } });
		expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
		return ran.stdout.split('\n').filter(Boolean);
	};
	expect(await offered('asset', 'assets')).toEqual(['prices']);
	expect(await offered('produced-asset', 'materialize')).toEqual(['prices']);
	expect(await offered('asking-dag', 'answer')).toEqual(['release']);
	const [dagRunId, ...others] = await offered('asking-run', 'answer release');
	expect(dagRunId).toMatch(/^manual__/);
	expect(others).toEqual([]);
	expect(await offered('asking-run', 'answer report')).toEqual([]);
	expect(await offered('asking-task', `answer release --run ${dagRunId}`)).toEqual(
		expect.arrayContaining(['approve', 'choose']),
	);
	expect(await offered('option', 'answer --task choose')).toEqual(['eu', 'us', 'apac']);
	expect((await offered('option', 'answer release')).toSorted()).toEqual(['Approve', 'Reject', 'apac', 'eu', 'us']);
	expect(await offered('answer-param', 'answer release --task choose')).toEqual(['share=', 'reason=']);
	await withAirflow2(async older => {
		expect(await offered('asset', 'assets', older)).toEqual([]);
	});
});

test('questions of tasks are listed and answered once, after their options and params were checked', async () => {
	await asking();
	const listed = (await laketop('questions release')).stdout;
	for (const text of [
		'approve: Release model 7 to production?',
		'Without an answer: Reject',
		'share=10',
		'eu, us, apac',
	])
		expect(listed).toContain(text);
	expect(await laketop('answer release --choose eu --yes')).toMatchObject({
		...{ exitCode: 4, stderr: expect.stringContaining('Several tasks wait for an answer') },
	});
	for (const [words, reason] of [
		['--choose mars', '"mars" is not an option (options: eu, us, apac)'],
		['', 'Choose an option: eu, us, apac'],
		['--choose eu --param share=1000', 'share: '],
		['--choose eu --param speed=1', 'The question has no param speed'],
	] as const) {
		const ran = await laketop(['answer', '--task', 'choose', '--yes', ...words.split(' ').filter(Boolean)]);
		expect(ran, words).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(reason) });
	}
	const preview = await laketop('answer --task approve --dry-run');
	expect(preview.stdout).toContain('Answers: Reject');
	expect(preview.stdout).toContain('It cannot be changed afterwards');
	const done = await laketop('answer --task choose --choose eu --choose us --param share=20 --yes');
	expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('choose: answered "eu, us"') });
	expect(await laketop('answer --task choose --choose eu --yes')).toMatchObject({ exitCode: 2 });
	const left = documentOf(documents.questions, (await laketop('questions --json')).stdout).questions;
	expect(left).toMatchObject([{ task_id: 'approve', options: ['Approve', 'Reject'], defaults: ['Reject'] }]);
	expect(readFileSync(join(folder, 'laketop/audit.jsonl'), 'utf8')).toContain('"action":"answer"');
}, 60_000);

test.each(['backfill', 'answer', 'materialize'])(
	'%s: nothing is done unasked without a terminal, nor read-only, nor in a dry run',
	async name => {
		await asking();
		const words = {
			backfill: ['backfill', 'daily_prices', ...range(3)],
			answer: ['answer', '--task', 'approve'],
			materialize: ['materialize', 'prices'],
		}[name] ?? [name];
		const changes = () =>
			Object.keys(demo.scenario.requestCounts('airflow')).filter(
				what => /^(POST|PATCH|DELETE)/.test(what) && !/token|list$|dry_run/.test(what),
			);
		const before = changes();
		const unasked = await laketop(words);
		expect(unasked).toMatchObject({ exitCode: 2, stdout: '' });
		expect(unasked.stderr).toMatch(/needs confirmation, but stdin is not a terminal/);
		const refused = await laketop([...words, '--yes', '--read-only']);
		expect(refused).toMatchObject({ exitCode: 4, stdout: '' });
		expect(refused.stderr).toMatch(/is disabled in read-only mode/);
		const dry = await laketop([...words, '--dry-run', '--read-only']);
		expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
		expect(dry.stdout).toMatch(/Nothing was changed\.\n$/);
		expect(changes()).toEqual(before);
		expect(() => readFileSync(join(folder, 'laketop/audit.jsonl'))).toThrow(/ENOENT/);
	},
	60_000,
);

test('assets are listed, and materialized by the DAG that produces them', async () => {
	expect((await laketop('assets')).stdout).toMatch(/prices +never +daily_prices\.load +report/);
	const preview = await laketop('materialize prices --dry-run');
	expect(preview.stdout).toContain('Starts a run of daily_prices, which produces prices');
	expect(preview.stdout).toContain('its event can start: report');
	const done = await laketop('materialize s3://lake/prices --yes');
	expect(done).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/asset_materialization__\S+ is queued/) });
	const missing = await laketop('materialize price --yes');
	expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Airflow has no asset price') });
	const { assets, events } = documentOf(documents.assets, (await laketop('assets --events --json')).stdout);
	expect(assets).toMatchObject([{ name: 'prices', scheduled_dags: ['report'] }]);
	expect(events).toEqual([]);
});

test('Airflow 2 says what needs Airflow 3, and its own command for a backfill', async () => {
	await withAirflow2(async older => {
		for (const words of ['backfills daily_prices', 'questions', 'assets', 'answer --yes', 'materialize prices --yes']) {
			const ran = await laketop(words, older);
			expect(ran, words).toMatchObject({
				exitCode: 4,
				stderr: expect.stringMatching(/need Airflow 3; this is 2\.8\.0/),
			});
		}
		const backfill = await laketop('backfill daily_prices --from 2026-01-01 --to 2026-01-02 --yes', older);
		expect(backfill).toMatchObject({ exitCode: 4 });
		expect(backfill.stderr).toContain('airflow dags backfill -s 2026-01-01 -e 2026-01-02 daily_prices');
	});
}, 60_000);
