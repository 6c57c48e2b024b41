import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { limitedRooms, limits } from './scripts/coverage.ts';
import { longer, seed } from './test/random.ts';
import { scratchHome } from './test/scratch-home.ts';

const root = import.meta.dirname;

function packageVersion(): string {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

// A run must not depend on who starts it: colours, language, time zone and CI are the same on a desk and on a CI
// machine. Removed from this process, because the libraries that read them look for their mere presence, empty or not,
// and because the workers inherit what is left. (Ink stops drawing live where it sees CI.)
for (const name of ['NO_COLOR', 'CI', 'CONTINUOUS_INTEGRATION', 'DEV', 'COLUMNS', 'LINES']) {
	delete process.env[name];
}
// TEST_TZ and TEST_LANG set other zones and languages: scripts/any-day.ts runs the suites under many of them.
const language = process.env.TEST_LANG ?? 'C.UTF-8';
const env = {
	NODE_ENV: 'test',
	FORCE_COLOR: '3',
	TZ: process.env.TEST_TZ ?? 'UTC',
	LANG: language,
	LC_ALL: language,
	// Chosen once, where it is random: all files of a run have the same.
	FUZZ_SEED: String(seed),
	...scratchHome(),
};

/** Of the two projects of `npm test`, the same in both, so that they run side by side: both wait a lot. */
const maxWorkers = 5;
/** Projects with the usual number run after those two, where one call names both: Vitest refuses to mix the numbers. */
const sequence = { groupOrder: 1 };

if (process.env.FUZZ_SEED === 'random') console.log(`FUZZ_SEED=${seed}`);

const programSetup = join(root, 'test/terminal/global-setup.ts');
/** Folders of test/ with a project of their own; everything else there is the project `unit`. */
const apart = ['terminal', 'chaos', 'fuzz', 'real-clients', 'slow', 'e2e'];
/** Folders of test/ that scripts/any-day.ts leaves out; the option `--exclude` has no effect on projects with a list of their own. */
const leftOut = process.env.TEST_LEFT_OUT?.split(',') ?? [];
const filesOf = (folder: string) => [`test/${folder}/**/*.test.{ts,tsx}`];
/** What surrounds the program: packaging, patched packages, a search through all source, benchmarks, the test harness. */
const around = [
	...['package', 'patches', 'source', 'bench'].flatMap(filesOf),
	'test/terminal/{executable,harness,images}.test.ts',
	// Every command in Korean takes half a minute of a processor, which `npm test` has not.
	'test/commands/korean-output.test.ts',
];

const endToEndSetup = join(root, 'test/e2e/global-setup.ts');

export default defineConfig({
	define: { LAKETOP_VERSION: JSON.stringify(packageVersion()) },
	test: {
		reporters: ['default'],
		// A machine with two cores and neighbours: what takes 50 ms on a desk has taken seconds there.
		pool: 'forks',
		maxWorkers: 2,
		// The packages as the build ships them.
		execArgv: ['--import', join(root, 'patches/node.ts')],
		teardownTimeout: 10_000,
		setupFiles: [join(root, 'test/random-setup.ts')],
		coverage: {
			provider: 'v8',
			// Named, so that files which no test loads count too.
			include: ['source/**/*.{ts,tsx}'],
			reporter: ['text-summary', join(root, 'scripts/coverage.ts'), 'html'],
			// Figures of a failed run are still figures.
			reportOnFailure: true,
			thresholds: { ...limits, ...Object.fromEntries(limitedRooms.map(room => [`source/${room}/**`, limits])) },
		},
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: [...[...apart, ...leftOut].map(folder => `test/${folder}/**`), ...around],
					env,
					// One process loads the source once, not once a file: half of the whole time. More processes than cores, because
					// many of these tests wait for embedded servers.
					isolate: false,
					maxWorkers,
					// Ends what hangs. Not a measure of speed: the same test has taken thirty times as long beside others.
					testTimeout: longer(120_000),
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'terminal',
					include: filesOf('terminal'),
					exclude: around,
					env,
					maxWorkers,
					// Whole programs in pseudo-terminals; a failure to appear is reported by the harness, well before this.
					testTimeout: 60_000,
					hookTimeout: 60_000,
					globalSetup: [programSetup],
				},
			},
			{
				extends: true,
				test: {
					name: 'around',
					sequence,
					include: around,
					env,
					testTimeout: longer(120_000),
					hookTimeout: 120_000,
					globalSetup: [programSetup],
				},
			},
			{
				extends: true,
				test: {
					// Servers, terminals, files and signals that misbehave.
					name: 'chaos',
					sequence,
					include: filesOf('chaos'),
					env,
					testTimeout: 120_000,
					hookTimeout: 60_000,
					globalSetup: [programSetup],
				},
			},
			{
				extends: true,
				test: {
					// Long runs of random input, the same each time: see test/random.ts.
					name: 'fuzz',
					sequence,
					include: filesOf('fuzz'),
					env,
					testTimeout: longer(300_000),
					hookTimeout: 60_000,
					globalSetup: [programSetup],
				},
			},
			{
				extends: true,
				test: {
					// Other people's clients on the embedded servers, and laketop on a real MLflow.
					name: 'clients',
					include: filesOf('real-clients'),
					env,
					testTimeout: 60_000,
					hookTimeout: 300_000,
					globalSetup: [programSetup],
				},
			},
			{
				extends: true,
				test: {
					// Hours of the demo's time: minutes of this machine's.
					name: 'slow',
					include: filesOf('slow'),
					env,
					testTimeout: 1_800_000,
					hookTimeout: 60_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'e2e',
					include: filesOf('e2e'),
					exclude: [...filesOf('e2e/official'), ...filesOf('e2e/shapes')],
					env,
					// One real stack, one test at a time.
					fileParallelism: false,
					testTimeout: 300_000,
					hookTimeout: 900_000,
					globalSetup: existsSync(endToEndSetup) ? [endToEndSetup] : [],
				},
			},
			{
				extends: true,
				test: {
					// Stacks of its own, one after the other.
					name: 'official',
					include: filesOf('e2e/official'),
					env,
					fileParallelism: false,
					testTimeout: 300_000,
					hookTimeout: 900_000,
					globalSetup: existsSync(endToEndSetup) ? [endToEndSetup] : [],
				},
			},
			{
				extends: true,
				test: {
					// DAGs of every shape on such stacks, compared with Airflow's own answers.
					name: 'shapes',
					include: filesOf('e2e/shapes'),
					env,
					fileParallelism: false,
					testTimeout: 300_000,
					hookTimeout: 900_000,
					globalSetup: existsSync(endToEndSetup) ? [endToEndSetup] : [],
				},
			},
		],
	},
});
