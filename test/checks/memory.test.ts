import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Check, CheckDeps } from '../../source/checks/check.ts';
import { composeFileCheck } from '../../source/checks/compose-file.ts';
import { diskCheck } from '../../source/checks/disk.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { check, container, diagnosisOptions, now, stateOf } from '../diagnosis/stack.ts';

/** What checks remember between two looks belongs to their own watch only. */

/** Services of the file. */
let hashed = ['mlflow'];
let folder = '';
let time = now;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'laketop-checks-'));
	time = now;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function deps(): CheckDeps {
	const engine = { check: 'engine', clockAheadMs: 0, uncertainMs: 0, memoryBytes: 0, rootFolder: folder } as const;
	const state = stateOf({ type: 'containers listed', containers: [container('mlflow')] }, check(engine));
	const fake: unknown = {
		docker: { imageId: async () => null },
		compose: {
			project: () => ({ files: [join(folder, 'compose.yml')], directory: folder, origin: 'labels' }),
			missingFiles: () => [],
			available: async () => 'v2',
			run: async (_words: string[], line: (text: string) => void) => {
				for (const service of hashed) line(`${service} ${'a'.repeat(64)}`);
				return 0;
			},
			services: async () => [
				{ name: 'standby', replicas: 0 },
				{ name: 'mlflow', replicas: 1 },
			],
		},
		facts: () => factsOf(state, now, diagnosisOptions),
		now: () => time,
		isHere: true,
	};
	return fake as CheckDeps;
}

const look = (one: Check, of: CheckDeps) => one.look(of, '', new AbortController().signal);

test('disk: growth is reported after a third of half an hour', async () => {
	const of = deps();
	const disk = diskCheck();
	const growth = async (one: Check) => {
		const result = await look(one, of);
		return result?.check === 'disk' ? result.places.map(place => typeof place.growthBytesPerHour) : [];
	};
	expect(await growth(disk)).toEqual(['object']);
	time += 11 * 60_000;
	expect(await growth(disk)).toEqual(['number']);
	expect(await growth(diskCheck())).toEqual(['object']);
});

test('Compose file: it is asked about again once it has changed', async () => {
	const of = deps();
	const file = composeFileCheck();
	const isUrgent = (one: Check) => one.isUrgent?.(of, '');
	expect(isUrgent(file)).toBe(false);
	expect(await look(file, of)).toMatchObject({ hashes: { mlflow: 'a'.repeat(64) } });
	expect(isUrgent(file)).toBe(false);
	writeFileSync(join(folder, 'compose.yml'), 'services: {}\n');
	expect(isUrgent(file)).toBe(true);
	expect(isUrgent(composeFileCheck())).toBe(false);
});

test('Compose file: services without replicas are looked up where one has no container', async () => {
	const of = deps();
	expect(await look(composeFileCheck(), of)).toMatchObject({ withoutReplicas: [] });
	hashed = ['mlflow', 'standby'];
	expect(await look(composeFileCheck(), of)).toMatchObject({ withoutReplicas: ['standby'] });
});
