import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/commands/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { newerDags } from '../given/newer-dags.ts';
import { addressesOf, documentOf, type Ran, runLaketop } from './harness.ts';

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
