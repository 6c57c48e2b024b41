import { afterAll, beforeAll, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { official, officialStack, officialUser } from '../given/official-stack.ts';
import { controllerOnDemo } from '../ui/on-demo.ts';
import { documentOf, patientClock, runLaketop } from './harness.ts';

/** A stack in the shape of Airflow's official Compose file: it has no MLflow, and nobody configured anything. */

let demo: DemoStack;
beforeAll(async () => {
	demo = await startDemo({ autonomous: false, containers: officialStack, airflowUser: officialUser });
});
afterAll(() => demo.close());

const limit = { timeout: 60_000 };
const laketop = (...argv: string[]) =>
	runLaketop([...argv, '--docker-host', demo.dockerHost, '--project', official.name], {
		clock: patientClock,
		compose: demo.compose,
	});

test('status reports a missing MLflow, but not as a failure', limit, async () => {
	const ran = await laketop('status', '--json');
	const status = documentOf(documents.status, ran.stdout);
	expect(status.not_checked).toEqual([]);
	expect(status.sources.map(({ name, state }) => [name, state])).toEqual([
		['docker', 'live'],
		['airflow', 'live'],
		['mlflow', 'absent'],
	]);
	expect(status.sources.map(({ failure }) => failure)).toEqual([null, null, null]);
	expect(['healthy', 'degraded']).toContain(status.state);
	expect((await laketop('status')).stdout).toContain('mlflow none');
	expect((await laketop('status', '--lang', 'ko')).stdout).toContain('mlflow 없음');
});

test('doctor has nothing to say of it', limit, async () => {
	const ran = await laketop('doctor', '--json');
	const doctor = documentOf(documents.doctor, ran.stdout);
	expect(doctor.not_checked).toEqual([]);
	expect(ran.stdout).not.toMatch(/no MLflow container/);
});

test('what only MLflow could say is refused with the reason', limit, async () => {
	const ran = await laketop('metrics');
	expect(ran.exitCode).toBe(3);
	expect(ran.stderr).toContain('Project shop has no MLflow container');
	// That of the demo's own stack is known, and not asked.
	expect(ran.stderr).toMatch(/Outside the stack: mlops\/mlflow \(http:\S+\)\. .* pass --mlflow-url/);
});

test('the screen says so, once, and nothing of it is red', limit, async () => {
	const screen = await controllerOnDemo({
		demo,
		config: { discovery: { project: official.name }, leftToStack: ['airflow login', 'dag', 'experiment'] },
	});
	try {
		await screen.sees('This stack has no MLflow');
		await screen.sees('mlops/mlflow (http');
		await screen.sees(/mlflow none/);
		expect(screen.text()).not.toMatch(/no MLflow container/);
	} finally {
		await screen.monitor.stop();
		screen.controls.close();
	}
});
