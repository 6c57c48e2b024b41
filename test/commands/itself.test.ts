import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { shownCommands } from '../../source/commands/table.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { themeChoices } from '../../source/model/settings/looks.ts';
import { type Clock, systemClock } from '../../source/model/time/clock.ts';
import { languages } from '../../source/words/language.ts';
import { addressesOf, documentOf, patientClock, type RunOptions, runLaketop } from './harness.ts';

/** Commands about laketop itself. */

let folder = '';
let demo: DemoStack;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-test-'));
	demo = await startDemo({ autonomous: false });
});
afterAll(async () => {
	rmSync(folder, { recursive: true });
	await demo.close();
});

test('config: what is in force and where from; no secret', async () => {
	// The stack is discovered on the given engine: this one, not the host's.
	const DOCKER_HOST = demo.dockerHost;
	const environment = { LAKETOP_AIRFLOW_PASSWORD: 'a-secret', LAKETOP_EXPERIMENT: 'other', DOCKER_HOST };
	const ran = await runLaketop(['config', '--dag', 'mine'], { environment });
	expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
	expect(ran.stdout).toMatch(/^dag +mine +flag --dag +--dag$/m);
	expect(ran.stdout).toMatch(/^experiment +other +environment LAKETOP_EXPERIMENT +--experiment$/m);
	expect(ran.stdout).not.toContain('a-secret');
	const { values } = documentOf(documents.config, (await runLaketop(['config', '--json'], { environment })).stdout);
	expect(values.find(({ key }) => key === 'airflow.password')?.value).toBe('•••');
});

test('a wrong configuration: 2, in words and as a document', async () => {
	const ran = await runLaketop(['config', '--json', '--config', '/nonexistent.yaml']);
	expect(ran.exitCode).toBe(2);
	expect(ran.stderr).toMatch(/^laketop: \/nonexistent\.yaml: no such config file\. /);
	expect(documentOf(documents.error, ran.stdout)).toMatchObject({ is_usage: true, exit_code: 2 });
});

describe('completion', () => {
	const has = (shell: string) => {
		try {
			execFileSync(shell, ['-c', 'true']);
			return true;
		} catch {
			return false;
		}
	};

	test.each(['bash', 'zsh', 'fish'])('%s: a valid script that names every command', async shell => {
		const { stdout, exitCode } = await runLaketop(['completion', shell]);
		expect(exitCode).toBe(0);
		for (const { name } of shownCommands) expect(stdout).toContain(name);
		expect(stdout).not.toContain('undefined');
		if (!has(shell)) return;
		const path = join(folder, `laketop.${shell}`);
		writeFileSync(path, stdout);
		expect(execFileSync(shell, ['-n', path], { encoding: 'utf8' })).toBe('');
	});

	test('bash offers commands, options, choices; what the stack knows is asked, and never expanded', async () => {
		const { stdout: script } = await runLaketop(['completion', 'bash']);
		writeFileSync(
			join(folder, 'offer.bash'),
			`${script}
laketop() { [[ $1 == __complete ]] && printf '%s\\n' "asked:$2" 'asked with $(touch ${folder}/owned)' "of $*"; }
offer() { COMP_LINE="$1" COMP_POINT=\${#1} COMPREPLY=(); _laketop; printf '%s;' "$1" "\${COMPREPLY[@]}"; echo; }
offer 'laketop stat'
offer 'laketop runs --state '
offer 'laketop runs --state=fa'
offer 'laketop --dag x runs --lim'
offer 'laketop services '
offer 'laketop tasks --run asked:'
offer 'laketop dags asked:'
offer 'laketop edit-model lakehouse_model asked:'
offer 'laketop task raw_to_bronze --xcom asked:'
`,
		);
		const offered = execFileSync('bash', [join(folder, 'offer.bash')], { encoding: 'utf8' })
			.trim()
			.split('\n');
		const dangerous = `asked\\ with\\ \\$\\(touch\\ ${folder}/owned\\)`;
		expect(offered).toEqual([
			'laketop stat;status;',
			'laketop runs --state ;queued;running;success;failed;',
			'laketop runs --state=fa;failed;',
			'laketop --dag x runs --lim;--limit;',
			`laketop services ;asked:service;${dangerous};of\\ __complete\\ service\\ services;`,
			'laketop tasks --run asked:;run;',
			'laketop dags asked:;dag;',
			'laketop edit-model lakehouse_model asked:;model-version;',
			'laketop task raw_to_bronze --xcom asked:;xcom;',
		]);
		expect(() => execFileSync('test', ['!', '-e', join(folder, 'owned')])).not.toThrow();
	});

	/** The shell does not wait at all. */
	const impatient: Clock = {
		now: systemClock.now,
		sleep: (ms, signal) => systemClock.sleep(ms < 1000 ? 0 : ms, signal),
	};

	async function ask(kind: string, words: readonly string[], options: RunOptions = {}) {
		const { stdout, stderr, exitCode } = await runLaketop(['__complete', kind, ...words, ...addressesOf(demo)], {
			clock: patientClock,
			...options,
		});
		expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
		return stdout.split('\n').filter(Boolean);
	}

	test('candidates come from the stack that the words name', async () => {
		expect(await ask('dag', ['runs'])).toContain('ml_pipeline_end_to_end');
		const services = await ask('service', ['logs', '-n', '5']);
		expect(services).toContain('airflow-worker');
		// Services of another project belong to somebody else.
		expect(services.filter(name => name.includes('/'))).toEqual([]);
		expect(await ask('project', [])).toEqual(['mlops', 'lakehouse']);
		expect(await ask('task', ['logs'])).toContain('raw_to_bronze');
		const runs = await ask('run', ['tasks', 'ml_pipeline_end_to_end']);
		expect(runs[0]).toMatch(/^scheduled__/);
		expect(runs).toContain('newest');
		expect(await ask('experiment', [])).toContain('lakehouse_ml_pipeline');
		expect(await ask('model', ['models'])).toEqual(['lakehouse_model']);
		expect(await ask('mlflow-run', ['metrics'])).toEqual(
			expect.arrayContaining(['model_training', expect.stringMatching(/^scheduled__/)]),
		);
		expect(await ask('nonsense', [])).toEqual([]);
	});

	test('metrics, versions, aliases and tags of a model, XCom keys of a task', async () => {
		const metrics = await ask('metric', ['chart']);
		expect(metrics).toEqual(expect.arrayContaining(['accuracy', 'loss']));
		expect(new Set(metrics).size).toBe(metrics.length);
		const versions = await ask('model-version', ['edit-model', 'lakehouse_model']);
		expect(versions).toEqual(expect.arrayContaining(['1', '@champion']));
		expect(await ask('model-alias', ['edit-model', 'lakehouse_model', '1'])).toEqual(['champion']);
		expect(await ask('xcom', ['task', 'raw_to_bronze'])).toContain('return_value');
		expect(await ask('xcom', ['task', 'no_such_task'])).toEqual([]);
	});

	test('the DAG may stand behind another argument', async () => {
		const runs = await ask('run', ['task', 'check_totals', 'data_quality_daily']);
		expect(runs).toEqual(await ask('run', ['tasks', 'data_quality_daily']));
		expect(runs).not.toEqual(await ask('run', ['tasks', 'ml_pipeline_end_to_end']));
	});

	test('fix and ack offer what is wrong, by its subject and by its id', async () => {
		demo.scenario.stopContainer('airflow-redis');
		const found = await ask('finding', ['fix'], { environment: { XDG_CACHE_HOME: join(folder, 'findings') } });
		expect(found).toEqual(expect.arrayContaining(['airflow-redis', 'container exited airflow-redis']));
		demo.scenario.startContainer('airflow-redis');
	});

	test('profiles, themes, languages need no server', async () => {
		writeFileSync(join(folder, 'laketop.yaml'), 'profiles:\n  prod: {dag: a}\n  test: {dag: b}\n');
		const ran = await runLaketop(['__complete', 'profile', '--config', join(folder, 'laketop.yaml')]);
		expect(ran.stdout).toBe('prod\ntest\n');
		for (const shell of ['bash', 'zsh', 'fish']) {
			const { stdout } = await runLaketop(['completion', shell]);
			for (const choices of [themeChoices, languages]) expect(stdout).toContain(choices.join(' '));
		}
	});

	test('silent when nobody answers', async () => {
		const ran = await runLaketop(['__complete', 'service', '--docker-host', 'unix:///nonexistent.sock']);
		expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
		const wrong = await runLaketop(['__complete', 'dag', '--config', '/nonexistent.yaml']);
		expect(wrong).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
	});

	test('a server that hangs: the names of the last minutes, and it is asked again in the background, once', async () => {
		const started: string[][] = [];
		let skippedMs = 0;
		const startDetached = (words: readonly string[]) => void started.push([...words]);
		const options = (clock: Clock) => ({
			environment: { XDG_CACHE_HOME: join(folder, 'cache') },
			startDetached,
			clock: { ...clock, now: () => Date.now() + skippedMs },
		});
		const known = await ask('service', ['logs'], options(patientClock));
		const path = join(folder, 'cache', 'laketop', 'completion.json');
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(readFileSync(path, 'utf8')).not.toContain(demo.dockerHost);
		demo.scenario.hang('docker');
		// Fresh: no server is called.
		expect(await ask('service', ['logs'], options(impatient))).toEqual(known);
		expect(started).toEqual([]);
		skippedMs = 60_000;
		expect(await ask('service', ['logs'], options(impatient))).toEqual(known);
		expect(await ask('service', ['logs'], options(impatient))).toEqual(known);
		expect(started).toEqual([['__complete', 'refresh', 'service', 'logs', ...addressesOf(demo)]]);
		skippedMs = 6 * 60_000;
		expect(await ask('service', ['logs'], options(impatient))).toEqual([]);
		await demo.scenario.bringUp('docker');
		// What the process in the background does.
		expect(await ask('refresh', ['service', 'logs'], options(patientClock))).toEqual([]);
		expect(await ask('service', ['logs'], options(impatient))).toEqual(known);
		// Somebody else may have put names there.
		chmodSync(path, 0o644);
		demo.scenario.hang('docker');
		expect(await ask('service', ['logs'], options(impatient))).toEqual([]);
		await demo.scenario.bringUp('docker');
	});
});

test('man writes the page out where there is no terminal', async () => {
	const { stdout } = await runLaketop(['man']);
	expect(stdout).toMatch(/^\.TH LAKETOP 1 /);
	for (const { name } of shownCommands) expect(stdout).toContain(`laketop ${name}`.replaceAll('-', '\\-'));
});
