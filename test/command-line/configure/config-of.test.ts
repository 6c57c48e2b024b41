import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { configOf } from '../../../source/command-line/configure/config-of.ts';
import { parseCommandLine } from '../../../source/commands/parse.ts';
import { ConfigError } from '../../../source/model/failures/config-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'laketop-config-of-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function loaded(words: string, file: string, environment: Record<string, string> = {}) {
	writeFileSync(join(folder, 'laketop.yaml'), file);
	const parsed = await parseCommandLine(words.split(' '));
	if (parsed.kind !== 'command') throw new Error(`${words}: ${parsed.kind}`);
	return configOf(parsed.given, { XDG_CONFIG_HOME: '/nonexistent', ...environment }, folder);
}

const file = `
theme: mono
read_only: true
keys: { restart: J }
docker_host: rubbish
dag: other
airflow: { url: http://elsewhere:8080, username: ops, password_file: not-there.txt }
notify: { webhook: 'https://team.example/hook', bell: true }
profiles: { a: { theme: light } }
`;

test('a demo looks and behaves as is configured, and is nobody else’s stack', async () => {
	const environment = { LAKETOP_AIRFLOW_URL: 'http://x:1', DOCKER_HOST: 'nonsense', LAKETOP_LANG: 'ko' };
	const { config, settings } = await loaded('status --demo', file, environment);
	expect(config).toMatchObject({
		theme: 'mono',
		readOnly: true,
		language: 'ko',
		keys: [{ actionId: 'restart', keys: ['J'] }],
		dag: 'ml_pipeline_end_to_end',
		discovery: {},
		airflow: { username: 'admin' },
		profile: null,
		profiles: [],
		notify: { webhook: null, command: null },
	});
	expect([...settings.keys()].filter(key => /airflow|docker|dag/.test(key))).toEqual([]);
	expect((await loaded('status --demo --profile a --dag x', file)).config).toMatchObject({ theme: 'light', dag: 'x' });
});

test('mistakes in the file are reported in the demo too', async () => {
	await expect(loaded('status --demo', 'theme: purple\n')).rejects.toThrow(ConfigError);
	await expect(loaded('status --demo', 'theme: mono\n', { LAKETOP_READ_ONLY: 'maybe' })).rejects.toThrow(/READ_ONLY/);
	await expect(loaded('status --demo --profile nope', file)).rejects.toThrow(/no profile nope/);
});
