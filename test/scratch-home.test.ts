import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acknowledgementsPath } from '../source/clients/acknowledgement-file.ts';
import { loadConfig } from '../source/config/load.ts';
import { auditPath } from '../source/operations/plan/audit.ts';
import { runLaketop } from './commands/harness.ts';
import { homes } from './scratch-home.ts';

test("what the program keeps of a user lies in a folder of this run, not in the tester's home", async () => {
	const home = homedir();
	expect(home.startsWith(tmpdir())).toBe(true);
	expect(home).not.toBe(userInfo().homedir);
	for (const place of Object.values(homes())) expect(place.startsWith(home)).toBe(true);
	const { config } = await loadConfig({}, process.env, null);
	expect(auditPath(process.env).startsWith(home)).toBe(true);
	expect(config.airflow.sessionFile?.startsWith(home)).toBe(true);
	expect(acknowledgementsPath(process.env, join(home, 'absent')).path.startsWith(home)).toBe(true);
	// Also if a test gives a command an environment of its own: without a variable the home is used.
	expect(auditPath({}).startsWith(home)).toBe(true);
	expect(acknowledgementsPath({}, join(home, 'absent')).path.startsWith(home)).toBe(true);
	const ran = await runLaketop(['config', '--json']);
	expect(ran.exitCode).toBe(0);
	expect(ran.stdout).not.toContain(userInfo().homedir);
});
