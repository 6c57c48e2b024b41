/**
 * `node bench/logs.ts [LINES_A_SECOND] [MINUTES]`: the screen while a container logs. A container prints numbered lines at that
 * rate (5000; 0: as fast as it can), the program shows them in a pseudo-terminal of 120×40 on the real stack. Printed are
 * the time from a key press to the change on the screen, CPU and memory of the program, and, with MINUTES, memory after
 * one minute and at the end.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openTerminal } from '../test/terminal/harness.ts';

const linesASecond = Number(process.argv[2] ?? 5000);
const minutes = Number(process.argv[3] ?? 0);
const program = join(import.meta.dirname, '../dist/cli.js');
const name = `laketop-bench-${process.pid}`;
const presses = 200;
const clockTicks = 100;

const docker = (...words: string[]) => execFileSync('docker', words, { encoding: 'utf8' }).trim();

/** Shells print in bursts: twenty a second. */
const loop =
	linesASecond === 0
		? 'i=0; while :; do echo "numbered $i of a line that is about as long as lines are"; i=$((i+1)); done'
		: `i=0; while :; do j=0; while [ $j -lt ${Math.round(linesASecond / 20)} ]; do echo "numbered $i of a line that is about as long as lines are"; i=$((i+1)); j=$((j+1)); done; sleep 0.05; done`;

function startLines(): void {
	const image = docker('inspect', '-f', '{{.Config.Image}}', 'airflow-redis');
	docker(
		'run',
		'--detach',
		'--rm',
		'--log-opt',
		'max-size=50m',
		'--name',
		name,
		'--entrypoint',
		'sh',
		image,
		'-c',
		loop,
	);
}

function cpuSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / clockTicks;
}

function memoryMb(pid: number): number {
	const pages = /^Rss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
	return Number(pages) / 1024;
}

function linesWritten(): number {
	return Number(/^numbered (\d+)/.exec(docker('logs', '--tail', '1', name))?.[1] ?? 0);
}

const percentile = (values: readonly number[], part: number) => {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};

startLines();
const terminal = await openTerminal({ command: process.execPath, args: [program], cols: 120, rows: 40 });
try {
	await terminal.waitFor(/docker .*✔/);
	terminal.write('3');
	terminal.write('c');
	await terminal.waitFor(/Show the log of/);
	terminal.write(name);
	await terminal.waitFor(new RegExp(`${name} +running`));
	terminal.write('\r');
	await terminal.waitFor(/numbered \d+/);
	const { pid } = terminal;
	await delay(5000);

	const [cpuBefore, writtenBefore, from] = [cpuSeconds(pid), linesWritten(), performance.now()];
	await delay(15_000);
	const seconds = (performance.now() - from) / 1000;
	const cpu = ((cpuSeconds(pid) - cpuBefore) / seconds) * 100;
	const rate = (linesWritten() - writtenBefore) / seconds;

	// The mark of the focused pane goes from one title to the other: nothing but the key moves it.
	const answers: number[] = [];
	for (let press = 0; press < presses; press++) {
		const [key, mark] = press % 2 === 0 ? ['2', '▸2 '] : ['3', '▸3 '];
		const at = performance.now();
		terminal.write(key);
		await terminal.waitFor(lines => lines.some(line => line.includes(mark)));
		answers.push(performance.now() - at);
		await delay(60 + Math.random() * 120);
	}
	const word = (value: number) => value.toFixed(1);
	console.log(`${Math.round(rate)} lines/s; cores ${docker('info', '-f', '{{.NCPU}}')}`);
	console.log(
		`key to screen, ms, ${presses} presses: median ${word(percentile(answers, 0.5))}  p95 ${word(percentile(answers, 0.95))}  p99 ${word(percentile(answers, 0.99))}  worst ${word(Math.max(...answers))}`,
	);
	console.log(`CPU ${word(cpu)} % of a core over ${seconds.toFixed(0)} s; memory ${memoryMb(pid).toFixed(0)} MB`);
	if (minutes > 0) {
		await delay(30_000);
		const early = memoryMb(pid);
		for (let minute = 1; minute < minutes; minute++) {
			await delay(60_000);
			console.log(`after ${minute + 1} minutes: ${memoryMb(pid).toFixed(0)} MB (after one: ${early.toFixed(0)} MB)`);
		}
	}
} finally {
	await terminal.dispose();
	docker('rm', '--force', name);
}
