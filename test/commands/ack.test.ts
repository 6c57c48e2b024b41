import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { documents } from '../../source/command-line/json/documents.ts';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { thresholds } from '../../source/diagnosis/thresholds.ts';
import { addressesOf, documentOf, movableClock, runLaketop } from './harness.ts';

let demo: DemoStack;
let home: string;
const clock = movableClock();
beforeEach(async () => {
	demo = await startDemo({ autonomous: false, now: clock.now });
	home = mkdtempSync(join(tmpdir(), 'laketop-ack-'));
	demo.scenario.stopContainer('airflow-redis');
	clock.skip(thresholds.endedMs);
});
afterEach(async () => {
	await demo.close();
	rmSync(home, { recursive: true, force: true });
});

const laketop = (...words: string[]) =>
	runLaketop([...words, ...addressesOf(demo)], { compose: demo.compose, clock, environment: { XDG_STATE_HOME: home } });

test('ack: listed, not counted, seen by the next laketop, also read-only; --all and --remove count it', {
	timeout: 240_000,
}, async () => {
	expect((await laketop('doctor')).exitCode).toBe(1);
	const ran = await laketop('ack', 'airflow-redis', '--note', 'moving hosts', '--for', '2h', '--read-only', '--json');
	expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
	const kept = documentOf(documents.acknowledgement, ran.stdout);
	expect(kept).toMatchObject({ finding: 'container exited airflow-redis', acknowledgement: { note: 'moving hosts' } });
	const doctor = await laketop('doctor');
	expect(doctor.exitCode).toBe(0);
	expect(doctor.stdout).toMatch(
		/^No problems found\n\nAcknowledged\n {2}airflow-redis .* by \S+ until .*: moving hosts\n/,
	);
	const status = documentOf(documents.status, (await laketop('status', '--json')).stdout);
	expect(status).toMatchObject({ state: 'healthy', exit_code: 0, problems: [], acknowledged: 1 });
	const strict = await laketop('doctor', '--all', '--json');
	expect(strict.exitCode).toBe(1);
	const judged = documentOf(documents.doctor, strict.stdout);
	// Later also what follows from it: the worker becomes unhealthy.
	expect(judged.findings[0]).toMatchObject({ acknowledgement: { note: 'moving hosts' } });
	expect(judged.findings.slice(1).filter(one => one.explained_by === null)).toEqual([]);
	expect(judged.summary.failed).toBeGreaterThan(0);
	expect(await laketop('ack', 'airflow-redis', '--remove')).toMatchObject({
		exitCode: 0,
		stdout: 'No longer acknowledged: container exited airflow-redis\n',
	});
	expect((await laketop('doctor')).exitCode).toBe(1);
	expect((await laketop('ack', 'airflow-redis', '--remove')).exitCode).toBe(2);
});

test('an acknowledgement is reported with its duration, in both languages', { timeout: 240_000 }, async () => {
	expect((await laketop('ack', 'airflow-redis')).stdout).toBe('Acknowledged until it clears: airflow-redis exited\n');
	expect((await laketop('ack', 'airflow-redis', '--for', '2h', '--note', 'moving')).stdout).toMatch(
		/^Acknowledged for 2h, until (\S+ )?\d\d:\d\d: airflow-redis /,
	);
	expect((await laketop('ack', 'airflow-redis', '--for', '90m', '--lang', 'ko')).stdout).toMatch(
		/^(\S+ )?\d\d:\d\d까지 1시간 30분 동안 확인 처리했습니다: airflow-redis/,
	);
});

test('every command that judges reports an unreadable file of acknowledgements', {
	timeout: 240_000,
}, async () => {
	await laketop('ack', 'airflow-redis');
	const file = join(home, 'laketop', 'acknowledgements.jsonl');
	chmodSync(file, 0o666);
	const problem = `Acknowledgements were not read: other users can write to ${file}. Run chmod 600 on it`;
	const status = await laketop('status', '--json');
	expect(status).toMatchObject({ exitCode: 1, stderr: `laketop: ${problem}\n` });
	expect(documentOf(documents.status, status.stdout)).toMatchObject({
		acknowledged: 0,
		acknowledgements_problem: problem,
	});
	const doctor = await laketop('doctor', '--json', '--lang', 'ko');
	const inKorean = `확인 처리 기록을 읽지 않았습니다. 다른 사용자가 ${file}에 쓸 수 있습니다. chmod 600을 실행하세요`;
	expect(doctor).toMatchObject({ exitCode: 1, stderr: `laketop: ${inKorean}\n` });
	expect(documentOf(documents.doctor, doctor.stdout).acknowledgements_problem).toBe(problem);
	expect((await laketop('fix', 'airflow-redis', '--dry-run')).stderr).toContain(problem);
	for (const words of [[], ['--remove']])
		expect(await laketop('ack', 'airflow-redis', ...words)).toMatchObject({
			exitCode: 1,
			stderr: `laketop: ${problem}.\n`,
		});
	chmodSync(file, 0o600);
	expect(await laketop('status')).toMatchObject({ exitCode: 0, stderr: '' });
	appendFileSync(file, 'garbage\n');
	expect(await laketop('status')).toMatchObject({
		exitCode: 0,
		stderr: `laketop: One acknowledgement was not read: 1 line of ${file} is corrupt\n`,
	});
});

test('an acknowledgement that cannot be stored is reported: exit code 1', { timeout: 60_000 }, async () => {
	const blocked = join(home, 'blocked');
	writeFileSync(blocked, '');
	const words = ['ack', 'airflow-redis', ...addressesOf(demo)];
	const ran = await runLaketop(words, { compose: demo.compose, environment: { XDG_STATE_HOME: blocked } });
	expect(ran.exitCode).toBe(1);
	expect(ran.stderr).toMatch(/acknowledgements\.jsonl/);
});
