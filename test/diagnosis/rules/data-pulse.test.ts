import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import { usualRange } from '../../../source/diagnosis/usual-range.ts';
import type { MlflowRun } from '../../../source/model/mlflow/experiment.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { render } from '../../../source/words/message.ts';
import { dagId, diagnosisOptions, healthy, minute, now, only, run, stateOf } from '../stack.ts';

const hour = 60 * minute;

const all = (...facts: readonly Fact[]) => diagnose(stateOf(...healthy, ...facts), now, diagnosisOptions);
const found = (rule: string, facts: readonly Fact[]) => all(...facts).filter(one => one.rule === rule);

function counted(rows: readonly number[], more: (index: number) => Partial<MlflowRun> = () => ({})): Fact {
	return {
		type: 'mlflow runs fetched',
		experimentId: '1',
		runs: rows.map((value, index): MlflowRun => {
			const startedAt = now - (index + 1) * hour;
			return {
				...{ runId: `r${index}`, runName: 'raw_to_bronze', experimentId: '1', status: 'FINISHED', startedAt },
				endedAt: startedAt + minute,
				metrics: [{ key: 'rows_ingested', value, step: 0, loggedAt: startedAt }],
				params: [],
				tags: [],
				...more(index),
			};
		}),
	};
}

describe('data pulse', () => {
	test.each([
		['few rows', 2000],
		['many rows', 60_000],
		['none', 0],
	])('%s are reported with the usual range', (_, rows) => {
		const [finding] = found('data pulse', [counted([rows, 10_000, 10_100, 9900, 10_050, 9950])]);
		expect(finding && render(finding.title, 'en')).toBe('rows_ingested left its usual range');
		expect(finding?.evidence.map(({ message }) => render(message, 'en'))).toEqual([
			`rows_ingested: ${rows} now, 9900 to 10100 in the previous 5 MLflow runs of raw_to_bronze`,
		]);
	});

	test('what is usual, what has too few to go by, other params and an active run are no finding', () => {
		expect(found('data pulse', [counted([9800, 10_000, 10_100, 9900, 10_050, 9950])])).toEqual([]);
		// Equal counts say nothing about small differences.
		expect(found('data pulse', [counted([9000, 10_000, 10_000, 10_000, 10_000, 10_000])])).toEqual([]);
		expect(found('data pulse', [counted([2000, 10_000, 10_100, 9900, 10_050])])).toEqual([]);
		const tenth = counted([1000, 10_000, 10_100, 9900, 10_050, 9950], index => ({
			params: [{ key: 'rows', value: index === 0 ? '1000' : '10000' }],
		}));
		expect(found('data pulse', [tenth])).toEqual([]);
		// The conf of the DAG run says how many rows there are; of one that is not known nothing is said.
		const rows = [2000, 10_000, 10_100, 9900, 10_050, 9950];
		const tagged = counted(rows, index => ({
			tags: [
				{ key: 'dag_id', value: dagId },
				{ key: 'dag_run_id', value: `r${index}` },
			],
		}));
		const dagRuns = (conf: string | null): Fact => ({
			type: 'dag runs fetched',
			dagId,
			runs: rows.map((_, index) => run(`r${index}`, 'success', (index + 1) * hour, index === 0 ? { conf } : {})),
		});
		expect(found('data pulse', [tagged])).toEqual([]);
		expect(found('data pulse', [tagged, dagRuns('{"rows":2000}')])).toEqual([]);
		expect(found('data pulse', [tagged, dagRuns(null)])).toHaveLength(1);
		const running = counted([2000, 10_000, 10_100, 9900, 10_050, 9950], index =>
			index === 0 ? { status: 'RUNNING', endedAt: null } : {},
		);
		expect(found('data pulse', [running])).toEqual([]);
	});

	test('of random series that do not change, less than one in two hundred leaves its range', () => {
		let seed = 20_261_130;
		const uniform = () => {
			seed = (seed * 48_271) % 2_147_483_647;
			return seed / 2_147_483_647;
		};
		const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
		let alarms = 0;
		const rounds = 10_000;
		for (let round = 0; round < rounds; round++) {
			const values = Array.from({ length: 10 }, () => 10_000 + 3000 * normal());
			const { low, high } = usualRange(values);
			const next = 10_000 + 3000 * normal();
			if (next < low || next > high) alarms++;
		}
		expect(alarms / rounds).toBeLessThan(0.005);
		expect(alarms).toBeGreaterThan(0);
	});
});

/** DAG runs, newest first, of tasks that each log metrics to an MLflow run. */
function logged(dagRunsLogged: readonly Readonly<Record<string, Readonly<Record<string, number>>>>[]): Fact {
	return {
		type: 'mlflow runs fetched',
		experimentId: '1',
		runs: dagRunsLogged.flatMap((tasks, index) =>
			Object.entries(tasks)
				.map(([task, metrics], place): MlflowRun => {
					const startedAt = now - (index + 1) * hour + place * minute;
					const tags = { dag_id: dagId, dag_run_id: `r${index}`, task_id: task };
					return {
						...{ runId: `r${index} ${task}`, runName: task, experimentId: '1', status: 'FINISHED', startedAt },
						endedAt: startedAt + minute,
						metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, loggedAt: startedAt })),
						params: [],
						tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
					};
				})
				.toReversed(),
		),
	};
}

const dagRuns = (...confs: readonly (string | null)[]): Fact => ({
	type: 'dag runs fetched',
	dagId,
	runs: confs.map((conf, index) => run(`r${index}`, 'success', (index + 1) * hour, { conf })),
});
const usual = Array.from({ length: 6 }, (_, index) => ({
	raw_to_bronze: { rows_ingested: 10_000 + index },
	bronze_to_silver: { quality_score: 0.93 + index / 1000, rows_clean: 9300 + index },
	model_evaluation: { accuracy: 0.9 + index / 1000 },
}));
const few = {
	raw_to_bronze: { rows_ingested: 1000 },
	bronze_to_silver: { quality_score: 0.932, rows_clean: 931 },
	model_evaluation: { accuracy: 0.6 },
};
const faulty = {
	raw_to_bronze: { rows_ingested: 10_000 },
	bronze_to_silver: { quality_score: 0.4, rows_clean: 4000 },
	model_evaluation: { accuracy: 0.6 },
};
const seven = Array.from({ length: 7 }, () => null);

describe('what one DAG run logged', () => {
	test('is one finding, of what was logged first, and explains the scores', () => {
		const findings = all(logged([few, ...usual]), dagRuns(...seven));
		expect(findings.map(({ id, explainedBy }) => [id, explainedBy])).toEqual([
			['data pulse rows_ingested', null],
			['metric dropped accuracy', 'data pulse rows_ingested'],
		]);
		expect(findings[0]?.evidence.map(({ message }) => render(message, 'en'))).toEqual([
			'rows_ingested: 1000 now, 10000 to 10010 in the previous 6 MLflow runs of raw_to_bronze',
			'rows_clean: 931 now, 9300 to 9305 in the previous 6 MLflow runs of bronze_to_silver',
		]);
	});

	test('explains a model that is worse than its champion', () => {
		const version = (score: number, index: number, aliases: string[]) => ({
			...{ name: 'churn', version: String(9 - index), status: 'READY', stage: 'None', runId: `m${index}`, aliases },
			tags: [
				{ key: 'f1_score', value: String(score) },
				{ key: 'dag_run_id', value: `r${index}` },
			],
			createdAt: now - (index + 1) * hour + 3 * minute,
		});
		const versions: Fact = {
			type: 'model versions fetched',
			versions: [version(0.5, 0, []), version(0.9, 1, ['champion'])],
		};
		const findings = all(logged([few, ...usual]), dagRuns(...seven), versions);
		expect(findings.find(({ rule }) => rule === 'model worse')?.explainedBy).toBe('data pulse rows_ingested');
		const ofOther = all(logged([usual[0] ?? few, ...usual]), dagRuns(...seven), versions);
		expect(ofOther.find(({ rule }) => rule === 'model worse')?.explainedBy).toBeNull();
	});

	test('faulty rows come before the rows that they cost', () => {
		const [finding, ...others] = only('data pulse', logged([faulty, ...usual]), dagRuns(...seven));
		expect(others).toEqual([]);
		expect(finding).toMatchObject({
			title: 'quality_score left its usual range',
			cause: 'The data that bronze_to_silver read has more faults than usual',
			fixes: [{ kind: 'look', at: 'task log', subject: 'bronze_to_silver', dagRunId: 'r0' }],
		});
	});

	test('keeps its subject while the next DAG run replaces one value after the other', () => {
		const next = { raw_to_bronze: { rows_ingested: 10_000 } };
		const facts = [logged([next, few, ...usual]), dagRuns(null, ...seven)];
		expect(found('data pulse', facts).map(({ id }) => id)).toEqual(['data pulse rows_ingested']);
		const done = [logged([usual[0] ?? next, few, ...usual]), dagRuns(null, ...seven)];
		expect(found('data pulse', done)).toEqual([]);
	});

	test('two such DAG runs in a row are one finding, about the newer one', () => {
		// The second one has only just begun.
		const next = { raw_to_bronze: { rows_ingested: 90_000 } };
		const findings = found('data pulse', [logged([next, few, ...usual]), dagRuns(null, ...seven)]);
		expect(findings.map(({ id }) => id)).toEqual(['data pulse rows_ingested']);
		expect(findings[0]?.since).toBe(now - hour);
	});

	test('a rating that varies as usual and one that rises are no finding', () => {
		const rated = (score: number) => ({ ...faulty, bronze_to_silver: { quality_score: score } });
		const before = usual.map(({ bronze_to_silver: { quality_score } }) => rated(quality_score));
		expect(found('data pulse', [logged([rated(0.91), ...before]), dagRuns(...seven)])).toEqual([]);
		expect(found('data pulse', [logged([rated(0.999), ...before]), dagRuns(...seven)])).toEqual([]);
		expect(found('data pulse', [logged([rated(0.7), ...before]), dagRuns(...seven)])).toHaveLength(1);
	});
});

test('a score is no measure for a DAG run with another conf; of an unknown one the params decide', () => {
	const scored = (accuracy: number) => ({ model_evaluation: { accuracy } });
	const scores = logged([scored(0.6), ...usual.map(({ model_evaluation: { accuracy } }) => scored(accuracy))]);
	expect(found('metric dropped', [scores, dagRuns(...seven)])).toHaveLength(1);
	expect(found('metric dropped', [scores])).toHaveLength(1);
	expect(found('metric dropped', [scores, dagRuns('{"epochs":1}', ...seven.slice(1))])).toEqual([]);
});
