/**
 * `npm run hunt`: the tests with random input (properties and test/fuzz), each round with another seed and ten times as
 * many inputs. `npm test` and CI use one seed, so what they are green with they stay green with; this finds new faults.
 *
 * node scripts/hunt.ts           three rounds of all of them
 * node scripts/hunt.ts 10 chart  ten rounds of files whose name contains "chart"
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosenSeed } from '../test/random.ts';

const root = join(import.meta.dirname, '..');
const [rounds = '3', ...words] = process.argv.slice(2);
const isRandom = (file: string) =>
	/from 'fast-check'|\/hostile-texts\.ts'/.test(readFileSync(join(root, file), 'utf8'));
const files = globSync('test/**/*.test.{ts,tsx}', { cwd: root })
	.filter(file => isRandom(file) && (words.length === 0 || words.some(word => file.includes(word))))
	.sort();
if (files.length === 0) throw new Error(`no test with random input has ${words.join(' or ')} in its name`);

const found: number[] = [];
for (let round = 1; round <= Number(rounds); round++) {
	const seed = chosenSeed('random');
	console.log(`round ${round} of ${rounds}, seed ${seed}`);
	const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter', 'dot'];
	const projects = ['unit', 'around', 'fuzz'].flatMap(name => ['--project', name]);
	const env = {
		...process.env,
		FUZZ_SEED: String(seed),
		FUZZ_TIMES: process.env.FUZZ_TIMES ?? '10',
	};
	const { status } = spawnSync(process.execPath, [...vitest, ...projects, ...files], {
		cwd: root,
		env,
		stdio: 'inherit',
	});
	if (status !== 0) found.push(seed);
}
if (found.length > 0)
	console.log(`failed with: ${found.map(seed => `FUZZ_SEED=${seed}`).join(', ')}. A failed property prints its input`);
process.exitCode = found.length > 0 ? 1 : 0;
