/** `npm run bench`: see readme.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { type Asked, parseArguments, usage } from './arguments.ts';
import { undoAtTheEnd } from './at-the-end.ts';
import { type Builds, comparison, moved } from './compare.ts';
import { measureBuilds } from './compare-builds.ts';
import { docker, removeLoadAtTheEnd, usualContainers } from './load.ts';
import { previousBuild } from './previous.ts';
import { foundPrograms, type Program, warmUp } from './programs.ts';
import { writeReport } from './report.ts';
import { type Figures, type Measured, readResults, writeResults } from './results.ts';
import type { Scenario } from './scenario.ts';
import { dagScenario } from './scenarios/dag.ts';
import { embeddedRestScenario, embeddedScenario } from './scenarios/embedded.ts';
import { eventsScenario } from './scenarios/events.ts';
import { firehoseScenarios } from './scenarios/firehose.ts';
import { keysScenario } from './scenarios/keys.ts';
import { lineScenario } from './scenarios/line.ts';
import { restScenario } from './scenarios/rest.ts';
import { logSoakScenario, soakScenario } from './scenarios/soak.ts';
import { startScenario } from './scenarios/start.ts';
import { watchedScenarios } from './scenarios/watched.ts';
import { median } from './statistics.ts';

const scenarios: readonly Scenario[] = [
	startScenario(false),
	startScenario(true),
	restScenario(usualContainers),
	restScenario(usualContainers, true),
	restScenario(50),
	restScenario(200),
	eventsScenario,
	keysScenario(false),
	keysScenario(true),
	...firehoseScenarios,
	...watchedScenarios,
	dagScenario,
	lineScenario,
	embeddedScenario,
	embeddedRestScenario,
	soakScenario,
	logSoakScenario(5000),
	logSoakScenario(50_000),
];

function machine(): string {
	const kernel = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
	const gigabytes = Math.round(totalmem() / 1e9);
	return `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${gigabytes} GB, Linux ${kernel}`;
}

function commit(): string {
	try {
		const git = (...words: string[]) =>
			execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
		const isChanged = git('status', '--porcelain', '--untracked-files=no', '--', '../source', '../scripts') !== '';
		return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`;
	} catch {
		return 'unknown';
	}
}

function sayFigures(program: Program, run: number, runs: number, figures: Figures): void {
	const words = Object.entries(figures).flatMap(([name, values]) => {
		const came = values.filter(value => value !== null);
		return values.length === 0 ? [] : `${name} ${came.length === 0 ? 'never' : Number(median(came).toPrecision(3))}`;
	});
	console.log(`  ${program.name} ${run + 1}/${runs}: ${words.join('  ')}`);
}

/** Keeps the results after each round. The file is read again, because another benchmark may have added to it. */
function keep(scenario: Scenario, measured: Measured): void {
	const results = { ...readResults(), [scenario.name]: measured };
	writeResults(results);
	writeReport(results);
}

/** All programs in turn, each round starting with another one, so that all have the same noise. */
async function measure(scenario: Scenario, all: readonly Program[], asked: Asked): Promise<void> {
	const runs = scenario.name.startsWith('soak') ? 1 : asked.runs;
	console.log(`${scenario.name}: ${scenario.about}`);
	const programs = scenario.programs(all);
	const measured: Measured = {
		date: new Date().toISOString().slice(0, 16).replace('T', ' '),
		runs: 0,
		load: loadavg()[0] ?? 0,
		machine: machine(),
		engine: scenario.isOnEmbedded
			? 'embedded servers'
			: `Docker ${await docker('version', '-f', '{{.Server.Version}}')}`,
		commit: commit(),
		versions: Object.fromEntries(programs.map(({ name, version }) => [name, version])),
		figures: {},
	};
	try {
		await scenario.prepare?.();
		for (const program of programs) await warmUp(program, scenario.startOptions?.(program));
		for (let run = 0; run < runs; run++) {
			const first = run % programs.length;
			for (const program of [...programs.slice(first), ...programs.slice(0, first)]) {
				try {
					const figures = await scenario.measure(program, asked);
					sayFigures(program, run, runs, figures);
					const kept = measured.figures[program.name] ?? {};
					measured.figures[program.name] = kept;
					for (const [name, values] of Object.entries(figures)) kept[name] = [...(kept[name] ?? []), ...values];
				} catch (error) {
					console.error(
						`  ${program.name} ${run + 1}/${runs}: ${error instanceof Error ? error.message : String(error)}`,
					);
				}
			}
			measured.runs = run + 1;
			// Without its peers, the page would compare measurements from different times.
			if (asked.only.length === 0) keep(scenario, measured);
		}
	} finally {
		await scenario.finish?.();
	}
}

/** Compares two builds of laketop; the result is printed, and not stored. */
async function compareThem(chosen: readonly Scenario[], builds: Builds, asked: Asked): Promise<void> {
	const changed: string[] = [];
	for (const scenario of chosen) {
		const rounds = await measureBuilds(scenario, builds, asked, (program, run, figures) =>
			sayFigures(program, run, asked.runs, figures),
		);
		console.log(`\n${comparison(scenario.name, rounds)}\n`);
		changed.push(...moved(rounds));
	}
	const summary = changed.length === 0 ? ['Nothing moved by more than a fifth.'] : ['Moved by more than a fifth:'];
	console.log([...summary, ...changed.map(line => `- ${line}`)].join('\n'));
}

async function main(): Promise<void> {
	const words = process.argv.slice(2);
	if (words.includes('--help') || words.includes('-h')) return console.log(usage);
	if (words.length === 1 && words[0] === 'report') return writeReport(readResults());
	const asked = parseArguments(
		words,
		scenarios.map(({ name }) => name),
	);
	const chosen = scenarios.filter(({ name, isForBuilds }) =>
		asked.scenarios.length === 0 ? !isForBuilds : asked.scenarios.includes(name),
	);
	if (!asked.compared && chosen.some(({ isForBuilds }) => isForBuilds))
		throw new Error('the scenarios embedded and embedded-rest compare two builds: use compare or previous');
	undoAtTheEnd();
	if (chosen.some(({ isOnEmbedded }) => !isOnEmbedded)) removeLoadAtTheEnd();
	if (asked.compared) {
		const builds = asked.compared === 'previous' ? previousBuild() : asked.compared;
		return compareThem(chosen, builds, asked);
	}
	const programs = foundPrograms().filter(({ name }) => asked.only.length === 0 || asked.only.includes(name));
	console.log(programs.map(({ name, version }) => `${name} ${version}`).join(', '));
	for (const scenario of chosen) {
		await measure(scenario, programs, asked);
	}
}

try {
	await main();
	process.exit(0);
} catch (error) {
	console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(2);
}
