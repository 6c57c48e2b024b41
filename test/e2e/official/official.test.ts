import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { documents } from '../../../source/command-line/json/documents.ts';
import { documentOf } from '../../commands/harness.ts';
import { frameProblems, type OpenTerminal } from '../../terminal/harness.ts';
import type { Generation } from '../airflow-api.ts';
import { type AirflowStack, triggerByForm } from '../airflow-stack.ts';
import { goneSuite } from '../gone-suite.ts';
import { keyboardSuite } from '../keyboard-suite.ts';
import { listsSuite } from '../lists-suite.ts';
import { logsSuite } from '../logs-suite.ts';
import { runsSuite } from '../runs-suite.ts';
import { gone, long, outcome, yes } from '../screen.ts';
import { container, type Laketop, laketopIn, openLaketop, scratchFolder, startedAt, until, well } from '../stack.ts';
import { type GuideStack, startGuide } from './guide-stack.ts';
import { newerSuite } from './newer-suite.ts';
import { type OfficialStack, startOfficial } from './official-stack.ts';
import { togetherSuite } from './together-suite.ts';
import { watchingSuite } from './watching-suite.ts';

/**
 * laketop on stacks of Airflow's official Compose file, started from their folder without any option or configuration.
 * One generation after the other; in between both are up beside the guide's, and each laketop shows and changes its own.
 */

const scratch = scratchFolder();
const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
});
const stacks: Partial<Record<Generation, OfficialStack>> = {};
afterAll(async () => {
	for (const stack of Object.values(stacks)) await stack.remove();
	scratch.remove();
});

function stackOf(generation: Generation): OfficialStack {
	const stack = stacks[generation];
	if (!stack) throw new Error(`the stack of Airflow ${generation} is not up`);
	return stack;
}
async function start(generation: Generation): Promise<void> {
	stacks[generation] = await startOfficial(generation, generation === 2 ? 'shop' : 'bazaar');
}
async function remove(generation: Generation): Promise<void> {
	await stacks[generation]?.remove();
	delete stacks[generation];
}

const tasks = ['extract', 'check', 'load'];

function laketopOf(generation: Generation): Laketop {
	return (words, options) => laketopIn(scratch.path, stackOf(generation).folder)(words, options);
}

async function open(generation: Generation, env: Readonly<Record<string, string>> = {}): Promise<OpenTerminal> {
	const term = await openLaketop(scratch.path, [], { cwd: stackOf(generation).folder, env });
	closing.push(() => term.dispose());
	return term;
}

const rowOf = (service: string) => (service === 'airflow-worker' ? 'airflow-worker 2/2' : service);

/** The whole stack is on the screen, with figures, and Airflow answers. */
async function allLive(term: OpenTerminal, stack: OfficialStack): Promise<void> {
	await term.waitFor(new RegExp(`airflow ${stack.version} ✔`), long);
	for (const service of stack.services)
		await term.waitFor(new RegExp(`${rowOf(service)} +✔ (healthy|running) .* \\d+\\.\\d% .* [KMG]iB `), long);
}

const workers = ({ project }: OfficialStack) => [1, 2].map(replica => `${project}-airflow-worker-${replica}`);

/** For the suites that other stacks could share. */
const suiteStack = (generation: Generation): AirflowStack => ({
	...stackOf(generation),
	laketop: laketopOf(generation),
	user: 'airflow',
	password: 'airflow',
	stateFolder: scratch.path,
	logsFolder: join(stackOf(generation).folder, 'logs'),
	dagId: 'orders',
	dagFile: join(stackOf(generation).folder, 'dags/orders.py'),
	tasks,
	scheduler: `${stackOf(generation).project}-airflow-scheduler-1`,
	async open() {
		const term = await open(generation);
		await term.waitFor(new RegExp(`airflow ${stackOf(generation).version} ✔`), long);
		await term.waitFor(/2 Pipeline ─ \w+ ─/, long);
		return term;
	},
	openWith: environment => open(generation, environment),
});

/** What holds on both generations. */
function officialSuite(generation: Generation): void {
	const stack = () => stackOf(generation);
	const laketop: Laketop = (words, options) => laketopOf(generation)(words, options);

	test('no option, no configuration: all panes are filled, and nothing is wrong', async () => {
		const term = await open(generation);
		await allLive(term, stack());
		await term.waitFor(/airflow-init +✔ done/);
		await term.waitFor(/2 Pipeline ─ orders ─/);
		await term.waitFor(/4 MLflow ─ none in this stack/);
		await term.waitFor(/3 Logs ─ airflow-worker \(2 replicas\)/);
		await term.waitFor(lines => frameProblems(lines, 120).length === 0);
		const doctor = await laketop('doctor --deep');
		expect(doctor, doctor.stdout).toMatchObject({ code: 0 });
		// The header counts findings where there is no room for their pane.
		expect(term.text()).not.toMatch(/\d findings?|ml_pipeline_end_to_end/);
	});

	test('t and y start a run, which turns green; the log of a task; failed, cleared, paused, noted, marked by keys', async () => {
		const { api } = stack();
		const term = await open(generation);
		await allLive(term, stack());
		const { dag_run_id: first } = await trigger(term, {});
		// The screen may show the success of an earlier run until then.
		await ended(first, 'success');
		await term.waitFor(/2 Pipeline.*✔ success/, long);
		await term.waitFor(lines => (lines.join('\n').match(/✔ (extract|check|load)/g) ?? []).length === 3);
		term.write('2');
		term.press('right');
		await term.waitFor(/▸ extract/);
		term.write('l');
		await term.waitFor(/3 Logs ─ extract try 1/, long);
		await term.waitFor(/extract: 1000 rows/, long);
		term.write('2');
		term.press('left');
		await term.waitFor(gone('▸ extract'));

		const { dag_run_id: id } = await trigger(term, { fail_at: 'extract' });
		await term.waitFor(/2 Pipeline.*✖ failed/, long);
		await term.waitFor(/extract try 2: .*extract was asked to fail/, long);
		// The scheduler ends a run some time after its tasks.
		await ended(id, 'failed');
		term.write('2');
		term.press('right');
		await term.waitFor(/▸ extract/);
		term.write('c');
		await term.waitFor(/Clear tasks of[\s\S]*Enter chooses/);
		term.write('d');
		// Airflow's own list, before anything is changed.
		await yes(term, ...tasks);
		await term.waitFor(/2 Pipeline.*(running|queued)/);
		expect((await api.runOf(id)).state).toMatch(/^(running|queued)$/);
		term.write('p');
		await yes(term, 'no new DAG runs start');
		await term.waitFor(/DAG paused/);
		expect(await api.dag()).toMatchObject({ isPaused: true });
		term.write('p');
		await yes(term, 'DAG runs start again');
		await term.waitFor(gone('DAG paused'));
		expect(await api.dag()).toMatchObject({ isPaused: false });
		term.write('"');
		await term.waitFor(/Note on manual__/);
		term.write('밤에 다시 seen');
		term.press('enter');
		await yes(term, '밤에 다시 seen');
		await term.waitFor(/✔ Set the note of manual__/);
		expect((await api.runOf(id)).note).toBe('밤에 다시 seen');
		await ended(id, 'success');
		await term.waitFor(/2 Pipeline.*✔ success/, long);
		expect((await api.tasksOf(id)).extract).toEqual({ state: 'success', tries: 3 });

		// The picked task, then the run: Esc deselects the task.
		term.write('m');
		await term.waitFor(/Mark extract as[\s\S]*Enter chooses/);
		if (generation === 2) await term.waitFor(/skipped +Airflow 2\.8\.0 cannot mark tasks skipped/);
		term.write('f');
		await yes(term, 'extract of manual__');
		await term.waitFor(/✖ extract/);
		expect((await api.tasksOf(id)).extract?.state).toBe('failed');
		term.press('left');
		await term.waitFor(gone('▸ extract'));
		term.write('m');
		await term.waitFor(/Mark manual__\S+ as[\s\S]*Enter chooses/);
		term.write('f');
		await yes(term, 'Marks DAG run');
		await ended(id, 'failed');
	});

	/** Waits until Airflow says that a run has ended in this state. */
	async function ended(id: string, state: string): Promise<void> {
		const { api } = stack();
		await until(async () => expect(await api.runOf(id)).toMatchObject({ state }));
	}

	/** Starts a run with the form; returns it. */
	const trigger = (term: OpenTerminal, conf: object) => triggerByForm(term, suiteStack(generation), conf);

	describe('runs', () => runsSuite(() => suiteStack(generation)));

	test('one replica is restarted, then the service with both; the logs of both in one', async () => {
		const [one = '', two = ''] = workers(stack());
		const term = await open(generation);
		await allLive(term, stack());
		term.write('1/worker');
		term.press('enter');
		await term.waitFor(/▸ airflow-worker 2\/2/);
		term.write('l');
		await term.waitFor(/3 Logs ─ airflow-worker \(2 replicas\)/);
		const before = await Promise.all([one, two].map(startedAt));
		term.write('1');
		term.press('right');
		await term.waitFor(/airflow-worker-2 /);
		term.press('right');
		await term.waitFor(/▸ +airflow-worker-1 /);
		term.write('r');
		await yes(term, `docker restart ${one}`);
		await outcome(term, /✔ Restart airflow-worker-1/);
		const between = await Promise.all([one, two].map(startedAt));
		expect(between[0]).not.toBe(before[0]);
		expect(between[1]).toBe(before[1]);

		const ran = await laketop('restart airflow-worker --yes --wait');
		expect(ran, ran.stderr).toMatchObject(well(/healthy after/));
		const after = await Promise.all([one, two].map(startedAt));
		expect(after[0]).not.toBe(between[0]);
		expect(after[1]).not.toBe(between[1]);
		await term.waitFor(/airflow-worker 2\/2 +✔ healthy/, long);
	});

	// On the guide's stack, what is for Airflow 3 alone here is part of `npm run test:e2e`.
	if (generation === 3) {
		describe('logs', () => logsSuite(() => suiteStack(generation)));
		describe('keyboard', () => keyboardSuite(() => suiteStack(generation)));
	}

	// From here on, other DAGs have the newest run.
	describe('lists', () => listsSuite(() => suiteStack(generation)));
	if (generation === 3) {
		describe('gone', () => goneSuite(() => suiteStack(generation)));
		describe('what only Airflow 3 has', () => newerSuite(() => suiteStack(generation)));
	}

	test('down, and up again from the folder alone, with its runs', async () => {
		const { api, project, services } = stack();
		const runs = await api.runCount();
		expect(await laketop('down --yes')).toMatchObject(well(new RegExp(`project ${project} has no services left`)));
		for (const service of services) expect(await container(`${project}-${service}-1`)).toBeNull();
		const up = await laketop('up --yes');
		expect(up, up.stderr).toMatchObject(well(/services up and healthy/));
		expect(await api.runCount()).toBe(runs);
		const status = await laketop('status --json');
		expect(documentOf(documents.status, status.stdout)).toMatchObject({
			state: expect.stringMatching(/^(healthy|degraded)$/),
		});
	});
}

describe("Airflow 2's stack", () => {
	beforeAll(() => start(2));
	officialSuite(2);
});

describe("both stacks and the guide's at once", () => {
	let guide: GuideStack;
	beforeAll(async () => {
		// That of Airflow 2 is up already, unless these tests are run alone.
		const others = ([2, 3] as const).filter(generation => !stacks[generation]).map(start);
		const starting = startGuide();
		// Whichever fails, the others are there to be removed.
		await Promise.allSettled([...others, starting]);
		guide = await starting;
		await Promise.all(others);
	});
	afterAll(async () => {
		await guide?.remove();
		await remove(2);
	});
	const openAt = async (folder: string) => {
		const term = await openLaketop(scratch.path, [], { cwd: folder });
		closing.push(() => term.dispose());
		return term;
	};
	watchingSuite({ stackOf, openAt });
	togetherSuite({ stackOf, guideOf: () => guide, laketopAt: folder => laketopIn(scratch.path, folder), openAt });
});

describe("Airflow 3's stack", () => {
	// Up already, unless these tests are run alone.
	beforeAll(async () => {
		if (!stacks[3]) await start(3);
	});
	officialSuite(3);
});
