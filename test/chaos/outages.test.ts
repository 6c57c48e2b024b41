import { expect, test } from 'vitest';
import { frameProblems } from '../terminal/harness.ts';
import { allLive, hostileSequences, open, stack } from '../terminal/program-on-stack.ts';

/** The whole program in a terminal while a server is unreachable or hangs, or sends what a terminal would act on. */

test.each(['docker', 'airflow', 'mlflow'] as const)(
	'%s goes away and comes back: only its panes say so',
	async server => {
		const on = await stack();
		const term = await open(on);
		await term.waitFor(allLive);
		await term.waitFor(/accuracy/);
		await on.scenario.takeDown(server);
		await term.waitFor(new RegExp(`${server} [\\d.]+ ✖ unreachable`), { timeoutMs: 30_000 });
		await term.waitFor(/stale since/, { timeoutMs: 30_000 });
		const header = term.screen()[0] ?? '';
		expect(header.match(/✔/g)).toHaveLength(2);
		expect(frameProblems(term.screen(), 120)).toEqual([]);
		await on.scenario.bringUp(server);
		await term.waitFor(allLive, { timeoutMs: 40_000 });
		await term.waitFor(lines => !lines.join('\n').includes('stale since'), { timeoutMs: 40_000 });
	},
);

test('a server that accepts connections and never responds is reported as such', async () => {
	const on = await stack();
	const term = await open(on);
	await term.waitFor(allLive);
	on.scenario.hang('mlflow');
	term.write('R');
	await term.waitFor(/mlflow [\d.]+ ✖ timed out/, { timeoutMs: 40_000 });
	expect(term.text()).toMatch(/airflow 2\.8\.0 ✔/);
});

test('control sequences in log lines never reach the terminal, and break no frame', async () => {
	const on = await stack();
	const term = await open(on);
	await term.waitFor(allLive);
	await term.waitFor(/airflow-worker ─ following/);
	for (const hostile of [
		'osc52 \u001B]52;c;ZXZpbA==\u0007 end',
		'osc0 \u001B]0;owned\u001B\\ end',
		'clear \u001B[2J\u001B[H end',
		'dcs \u001BPq#0\u001B\\ end',
		'bidi \u202Eevil\u202C end',
		'altscreen \u001B[?1049l end',
		'wide 한글 각 🙂 👨‍👩‍👧 🇰🇷 e\u0301 end',
	]) {
		on.scenario.emitLog('airflow-worker', hostile);
	}
	on.scenario.emitLog('airflow-worker', Buffer.from([0x63, 0x31, 0x20, 0x9b, 0x32, 0x4a, 0xff, 0xfe, 0x00, 0x0a]));
	on.scenario.emitLog('airflow-worker', 'the last line');
	await term.waitFor(/the last line/);
	expect(hostileSequences(term.raw())).toEqual([]);
	expect(term.text()).toContain('clear  end');
	expect(frameProblems(term.screen(), 120)).toEqual([]);
});

test('nor do those in names, states and metrics of Airflow and MLflow', async () => {
	const on = await stack();
	const evil = '\u001B]0;owned\u0007\u001B[2J\u009B31m\u202Eevil';
	const runId = on.scenario.triggerRun({ pace: 600, note: evil });
	on.scenario.setTaskState(runId, 'raw_to_bronze', `odd${evil}`);
	on.scenario.setMlflowMetric('model_registry', `metric${evil}`, 0.5);
	on.scenario.addImportError(`/opt/airflow/dags/${evil}.py`, `Traceback\nSyntaxError: ${evil}`);
	const term = await open(on);
	await term.waitFor(allLive);
	await term.waitFor(/oddevil/);
	term.write('4');
	term.press('enter');
	await term.waitFor(/metricevil/);
	expect(hostileSequences(term.raw())).toEqual([]);
	expect(frameProblems(term.screen(), 120)).toEqual([]);
});
