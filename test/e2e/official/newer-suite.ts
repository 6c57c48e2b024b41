/** What only Airflow 3 has, on a real one: by command, and what operators need most by key. Airflow's API is the truth. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { documents } from '../../../source/command-line/json/documents.ts';
import { documentOf } from '../../commands/harness.ts';
import type { ListsStack } from '../lists-suite.ts';
import { outcome, yes } from '../screen.ts';
import { newRunId, refused, until, well } from '../stack.ts';

const dagRuns = z.object({
	dag_runs: z.array(z.object({ dag_run_id: z.string(), run_type: z.string(), state: z.string() })),
});
const backfills = z.object({
	backfills: z.array(
		z.object({
			id: z.number(),
			is_paused: z.boolean(),
			completed_at: z.nullable(z.string()),
			max_active_runs: z.number(),
		}),
	),
});
const hitl = z.object({
	hitl_details: z.array(
		z.object({
			task_instance: z.object({ task_id: z.string(), state: z.nullable(z.string()) }),
			response_received: z.boolean(),
			chosen_options: z.nullable(z.array(z.string())),
			params_input: z.record(z.string(), z.unknown()),
		}),
	),
});
const versions = z.object({ dag_versions: z.array(z.object({ version_number: z.number() })) });
const source = z.object({ content: z.string() });
const eventLogs = z.object({ event_logs: z.array(z.object({ event_log_id: z.number(), event: z.string() })) });
const day = 86_400_000;

/** Defines the tests. They leave DAGs with newer runs than those of the stack's own. */
export function newerSuite(stackOf: () => ListsStack): void {
	const request = (path: string) => stackOf().api.request(path);
	const laketop: ListsStack['laketop'] = (words, options) => stackOf().laketop(words, options);
	const done = async (words: string | readonly string[], stdout: RegExp) => {
		const ran = await laketop(words);
		expect(ran, `${ran.stdout}${ran.stderr}`).toMatchObject(well(stdout));
	};
	const runsOf = async (dagId: string) => dagRuns.parse(await request(`dags/${dagId}/dagRuns?limit=100`)).dag_runs;
	let file = '';
	beforeAll(async () => {
		file = join(stackOf().dagFile, '../newer.py');
		copyFileSync(join(import.meta.dirname, 'dags/newer.py'), file);
		await until(async () => {
			const dags = documentOf(documents.dags, (await laketop('dags --json')).stdout);
			expect(dags.dags.map(({ dag_id }) => dag_id)).toEqual(
				expect.arrayContaining(['daily_prices', 'report', 'release']),
			);
		});
	});

	test('questions: said before anybody asks; one answered by command, one by key; then the run goes on', async () => {
		expect(await laketop('answer --yes')).toMatchObject({ code: 2 });
		const id = newRunId();
		await done(['trigger', 'release', '--run-id', id, '--yes'], /release/);
		const questionsOf = async () =>
			documentOf(documents.questions, (await laketop('questions --json')).stdout).questions;
		await until(async () => expect(await questionsOf()).toHaveLength(2));
		expect((await questionsOf()).toSorted((a, b) => a.task_id.localeCompare(b.task_id))).toMatchObject([
			{ dag_id: 'release', dag_run_id: id, task_id: 'approve', defaults: ['Reject'], options: ['Approve', 'Reject'] },
			{ task_id: 'choose', multiple: true, options: ['eu', 'us', 'apac'], params: [{ name: 'share', value: 10 }] },
		]);
		const status = documentOf(documents.status, (await laketop('status --json')).stdout);
		expect(status.questions?.map(({ subject }) => subject).toSorted()).toEqual([
			...['Release model 7 to production?', 'Which regions?'],
		]);
		// It is no fault.
		expect(status.problems.filter(problem => problem.includes('release'))).toEqual([]);
		const { findings } = documentOf(documents.doctor, (await laketop('doctor --json')).stdout);
		expect(findings.map(({ rule, severity }) => `${rule}: ${severity}`)).toContain('question open: notice');

		const term = await stackOf().open();
		await term.waitFor(/2 Pipeline ─ release ─.*◆ 2 questions \(;\)/);
		const words = ['answer', '--task', 'choose', '--choose', 'eu', '--choose', 'us', '--param', 'share=20'];
		expect(await laketop([...words.slice(0, -1), 'share=1000', '--yes'])).toMatchObject(refused(4, /share/));
		await done([...words, '--yes'], /choose: answered "eu, us"/);
		await term.waitFor(/2 Pipeline ─ release ─.*◆ 1 question \(;\)/);
		await term.waitFor(/approve: Waiting for an answer: Release model 7/);
		term.write(';');
		await term.waitFor(/approve of release asks[\s\S]*AUC 0\.93/);
		// The default is Reject.
		term.press('left');
		await term.waitFor(/answer.*Approve/);
		term.press('enter');
		await yes(term, 'Answers: Approve');
		await outcome(term, /✔ .*answered "Approve"/);
		await term.waitFor(/2 Pipeline ─ release ─.*✔ success/);
		await term.waitFor(lines => !lines.join('\n').includes('1 question'));
		const answered = hitl.parse(await request(`dags/release/dagRuns/${id}/hitlDetails`)).hitl_details;
		expect(answered.toSorted((a, b) => a.task_instance.task_id.localeCompare(b.task_instance.task_id))).toMatchObject([
			{ response_received: true, chosen_options: ['Approve'], task_instance: { state: 'success' } },
			{ response_received: true, chosen_options: ['eu', 'us'], params_input: { share: 20 } },
		]);
	});

	test('assets: listed with their events; materialized by command and by key, which starts what waits for them', async () => {
		await done('unpause daily_prices --yes', /is unpaused/);
		await done('materialize prices --dry-run', /Starts a run of daily_prices[\s\S]*can start: report/);
		const materialized = async () =>
			(await runsOf('daily_prices')).filter(({ run_type }) => run_type === 'asset_materialization');
		const before = (await materialized()).length;
		await done('materialize prices --yes', /asset_materialization__\S+ is (queued|running|success)/);
		expect(await materialized()).toHaveLength(before + 1);
		const term = await stackOf().open();
		term.write(':materialize');
		await term.waitFor(/▸ +materialize/);
		term.press('enter');
		await term.waitFor(/▸ prices +daily_prices[\s\S]*Enter chooses/);
		term.press('enter');
		await yes(term, 'daily_prices');
		await outcome(term, /✔ Materialize prices/);
		await until(async () => {
			const states = (await materialized()).map(({ state }) => state);
			expect(states).toEqual(Array.from({ length: before + 2 }, () => 'success'));
			expect((await runsOf('report')).filter(({ run_type }) => run_type === 'asset_triggered').length).toBeGreaterThan(
				0,
			);
		});
		const { assets, events } = documentOf(documents.assets, (await laketop('assets --events --json')).stdout);
		expect(assets).toMatchObject([
			{ name: 'prices', producing_tasks: [{ dag_id: 'daily_prices', task_id: 'load' }], scheduled_dags: ['report'] },
		]);
		expect(events?.flatMap(({ started_runs }) => started_runs.map(({ dag_id }) => dag_id))).toContain('report');
		expect(await laketop('materialize nothing --yes')).toMatchObject(refused(2, /no asset nothing/));
	});

	test('backfills: the dates first; started, paused, unpaused, cancelled', async () => {
		const date = (ago: number) => new Date(Date.now() - ago * day).toISOString().slice(0, 10);
		const words = ['backfill', 'daily_prices', '--from', date(9), '--to', date(3), '--max-active-runs', '1'];
		const known = async () => backfills.parse(await request('backfills?dag_id=daily_prices')).backfills;
		await done([...words, '--dry-run'], new RegExp(`Starts 7 DAG runs of daily_prices for: ${date(9)}`));
		expect(await known()).toEqual([]);
		await done([...words, '--yes'], /backfill \d+ of daily_prices started/);
		expect(await known()).toMatchObject([{ is_paused: false, completed_at: null, max_active_runs: 1 }]);
		await done('backfill daily_prices --pause --yes', /is paused/);
		expect(await known()).toMatchObject([{ is_paused: true }]);
		expect(await laketop([...words, '--yes'])).toMatchObject({ code: 4 });
		const listed = documentOf(documents.backfills, (await laketop('backfills daily_prices --json')).stdout);
		expect(listed.backfills).toMatchObject([{ state: 'paused', runs: { total: 7 } }]);
		await done('backfill daily_prices --unpause --yes', /is active|unpaused/);
		expect(await known()).toMatchObject([{ is_paused: false }]);
		await done('backfill daily_prices --cancel --yes', /cancelled/);
		expect((await known())[0]?.completed_at).not.toBeNull();
		const runs = (await runsOf('daily_prices')).filter(({ run_type }) => run_type === 'backfill');
		expect(runs.map(({ state }) => state)).toContain('failed');
		await done('backfills daily_prices', /completed/);
	});

	test('versions of a DAG: the source of a run that ran with an older one; events: what people did', async () => {
		const first = readFileSync(file, 'utf8');
		const id = newRunId();
		await done(['trigger', 'daily_prices', '--run-id', id, '--yes', '--wait'], /success after/);
		writeFileSync(file, first.replace('"first"', '"second"'));
		await until(async () => {
			const { dag_versions } = versions.parse(await request('dags/daily_prices/dagVersions'));
			expect(dag_versions.length).toBeGreaterThan(1);
		});
		const { dag_versions } = versions.parse(await request('dags/daily_prices/dagVersions?order_by=-version_number'));
		const newest = dag_versions[0]?.version_number ?? 0;
		const { runs } = documentOf(documents.runs, (await laketop('runs daily_prices --json')).stdout);
		const ranWith = runs.find(({ dag_run_id }) => dag_run_id === id)?.dag_versions ?? [];
		expect(ranWith).toEqual([newest - 1]);
		// Airflow writes a changed file into the newest version before it makes the next one: its own answer counts.
		const { content } = source.parse(await request(`dagSources/daily_prices?version_number=${newest - 1}`));
		const ofRun = await laketop(['source', 'daily_prices', '--run', id]);
		expect(ofRun).toMatchObject({
			code: 0,
			stdout: content,
			stderr: expect.stringMatching(new RegExp(`version ${newest - 1} of daily_prices; the newest is ${newest}`)),
		});
		expect((await laketop('source daily_prices')).stdout).toBe(readFileSync(file, 'utf8'));

		const { events } = documentOf(documents.events, (await laketop('events --json --limit 50')).stdout);
		expect(events).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ event: 'trigger_dag_run', dag_id: 'daily_prices', user: 'airflow' }),
			]),
		);
		const { event_logs } = eventLogs.parse(await request('eventLogs?order_by=-when&limit=100'));
		const named = new Map(event_logs.map(({ event_log_id, event }) => [event_log_id, event]));
		for (const { id: event, event: name } of events.slice(0, 10)) expect(named.get(event)).toBe(name);
	});
}
