/** Stacks of both generations and the guide's, all up: laketop, started in the folder of one, shows and changes that one. */
import { expect, test } from 'vitest';
import { documents } from '../../../source/command-line/json/documents.ts';
import { documentOf } from '../../commands/harness.ts';
import type { OpenTerminal } from '../../terminal/harness.ts';
import type { Generation } from '../airflow-api.ts';
import { long } from '../screen.ts';
import { container, type Laketop, startedAt, well } from '../stack.ts';
import type { GuideStack } from './guide-stack.ts';
import type { OfficialStack } from './official-stack.ts';

const both = [2, 3] as const;

/** Defines the tests. They take down the stacks of Airflow 2. */
export function togetherSuite({
	stackOf,
	guideOf,
	laketopAt,
	openAt,
}: {
	readonly stackOf: (generation: Generation) => OfficialStack;
	readonly guideOf: () => GuideStack;
	/** laketop in a folder. */
	readonly laketopAt: (folder: string) => Laketop;
	/** The screen, opened in a folder. */
	readonly openAt: (folder: string) => Promise<OpenTerminal>;
}): void {
	const inGuide: Laketop = (words, options) => laketopAt(guideOf().folder)(words, options);
	const inOfficial =
		(generation: Generation): Laketop =>
		(words, options) =>
			laketopAt(stackOf(generation).folder)(words, options);

	test('each laketop shows its own, and the others as other projects', async () => {
		for (const [own, other] of [
			[2, 3],
			[3, 2],
		] as const) {
			const status = documentOf(documents.status, (await inOfficial(own)('status --json')).stdout);
			const names = status.services.map(({ name }) => name).join(' ');
			expect(names).not.toContain(stackOf(other).server);
			expect(names).not.toContain('mlflow');
			expect(status.sources).toContainEqual(
				expect.objectContaining({ name: 'airflow', state: 'live', version: stackOf(own).version }),
			);
			const term = await openAt(stackOf(own).folder);
			await term.waitFor(new RegExp(`airflow ${stackOf(own).version} ✔`), long);
			await term.waitFor(new RegExp(`project ${stackOf(other).project}: \\d+ services?`));
			await term.waitFor(/project mlops: 4 services/);
		}
		const guide = guideOf();
		await mlflowOutside(guide.mlflowPort);
		const status = documentOf(documents.status, (await inGuide('status --json')).stdout);
		expect(status).toMatchObject({ project: 'mlops', folder_project: null });
		expect(status.services.map(({ name }) => name)).toEqual(guide.services);
		expect(status.sources.find(({ name }) => name === 'airflow')).toMatchObject({
			...{ state: 'live', version: '2.8.0', address: `http://localhost:${guide.airflowPort}` },
		});
		const term = await openAt(guide.folder);
		await term.waitFor(/airflow 2\.8\.0 ✔ +mlflow 2\.9\.2 ✔/, long);
		for (const { project } of [stackOf(2), stackOf(3)])
			await term.waitFor(new RegExp(`project ${project}: \\d+ services?`));
	});

	/** The guide's MLflow is outside the project of the others: named, and asked only where it is configured. */
	async function mlflowOutside(port: number): Promise<void> {
		const url = `http://localhost:${port}`;
		const absent = await inOfficial(3)('models');
		expect(absent.code, absent.stdout).toBe(3);
		expect(absent.stderr).toContain(`mlops/mlflow (${url})`);
		expect(await inOfficial(3)(`models --mlflow-url ${url}`)).toMatchObject({ code: 0 });
		const { sources } = documentOf(documents.status, (await inOfficial(3)(`status --json --mlflow-url ${url}`)).stdout);
		expect(sources).toContainEqual(expect.objectContaining({ name: 'mlflow', state: 'live', version: '2.9.2' }));
		const doctor = await inOfficial(3)(`doctor --deep --mlflow-url ${url}`);
		expect(doctor.stdout).toMatch(
			/skipped +Connection from worker to MLflow +MLFLOW_TRACKING_URI is not set in the worker/,
		);
	}

	test('each changes its own, also services that have the same name', async () => {
		const guide = guideOf();
		const watched = [
			...both.map(generation => `${stackOf(generation).project}-airflow-scheduler-1`),
			...[`${stackOf(2).project}-airflow-webserver-1`, 'airflow-webserver', 'mlflow'],
		];
		const times = () => Promise.all(watched.map(startedAt));
		/** Which of them were started anew. */
		const restartedBy = async (change: () => Promise<unknown>) => {
			const before = await times();
			await change();
			const after = await times();
			return watched.filter((_, index) => before[index] !== after[index]);
		};
		const [, scheduler3 = '', webserver2 = '', webserver, mlflow] = watched;
		const runs = await stackOf(2).api.runCount();
		const well0 = async (ran: ReturnType<Laketop>) => expect(await ran).toMatchObject({ code: 0 });
		expect(await restartedBy(() => well0(inOfficial(3)('restart airflow-scheduler --yes')))).toEqual([scheduler3]);
		expect(await restartedBy(() => well0(inOfficial(2)('restart airflow-webserver --yes')))).toEqual([webserver2]);
		expect(await restartedBy(() => well0(inGuide('restart airflow-webserver mlflow --yes')))).toEqual([
			...[webserver, mlflow],
		]);
		// A service of another project is none of this one.
		expect(await restartedBy(() => inOfficial(2)('restart mlflow --yes'))).toEqual([]);
		expect(await inGuide('restart airflow-triggerer --yes')).toMatchObject({ code: 2 });
		expect(await inOfficial(3)('trigger orders --yes --wait')).toMatchObject(well(/success after/));
		expect(await stackOf(2).api.runCount()).toBe(runs);
		expect(await inOfficial(2)('stop airflow-triggerer --yes')).toMatchObject({ code: 0 });
		expect(await container(`${stackOf(3).project}-airflow-triggerer-1`)).toMatchObject({ state: 'running' });

		expect(await inGuide('down --yes')).toMatchObject({ code: 0 });
		for (const name of guide.services) expect(await container(name)).toBeNull();
		for (const generation of both)
			expect(await container(`${stackOf(generation).project}-postgres-1`)).toMatchObject({ state: 'running' });
		expect(await inOfficial(2)('down --yes')).toMatchObject({ code: 0 });
		for (const service of stackOf(3).services)
			expect(await container(`${stackOf(3).project}-${service}-1`)).toMatchObject({ state: 'running' });
	});
}
