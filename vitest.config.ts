import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { inkTableForVite } from './scripts/ink-table-module.ts';

const root = import.meta.dirname;

function packageVersion(): string {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

// A run must not depend on who starts it: colours, language, clock and CI are the same on a desk and on a CI machine.
// Removed from this process, because the libraries that read them look for their mere presence, empty or not, and
// because the workers inherit what is left. (Ink stops drawing live where it sees CI.)
for (const name of ['NO_COLOR', 'CI', 'CONTINUOUS_INTEGRATION', 'DEV', 'COLUMNS', 'LINES']) {
	delete process.env[name];
}
const env = { NODE_ENV: 'test', FORCE_COLOR: '3', TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

const endToEndSetup = join(root, 'test/e2e/global-setup.ts');

export default defineConfig({
	define: { LAKETOP_VERSION: JSON.stringify(packageVersion()) },
	plugins: [inkTableForVite],
	test: {
		reporters: ['default'],
		// A machine with two cores and neighbours: what takes 50 ms on a desk has taken seconds there.
		pool: 'forks',
		maxWorkers: 2,
		// Goes through inkTableForVite: Node cannot load it by itself.
		server: { deps: { inline: ['ink-table'] } },
		teardownTimeout: 10_000,
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: ['test/terminal/**', 'test/e2e/**'],
					env,
					testTimeout: 10_000,
					hookTimeout: 20_000,
				},
			},
			{
				extends: true,
				test: {
					name: 'terminal',
					include: ['test/terminal/**/*.test.{ts,tsx}'],
					env,
					// Whole programs in pseudo-terminals; a failure to appear is reported by the harness, well before this.
					testTimeout: 60_000,
					hookTimeout: 60_000,
					globalSetup: ['test/terminal/global-setup.ts'],
				},
			},
			{
				extends: true,
				test: {
					name: 'e2e',
					include: ['test/e2e/**/*.test.{ts,tsx}'],
					env,
					// One real stack, one test at a time.
					fileParallelism: false,
					testTimeout: 300_000,
					hookTimeout: 900_000,
					globalSetup: existsSync(endToEndSetup) ? [endToEndSetup] : [],
				},
			},
		],
	},
});
