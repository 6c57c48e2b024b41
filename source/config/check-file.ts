import { dirname } from 'node:path';
import type { ReadConfigFile } from './config-file.ts';
import { type LoadOptions, loadConfig } from './load.ts';
import { options } from './options.ts';

/** Not checked here: passwords and tokens are read, and commands run, only once the file is trusted. */
const isNotRead = (key: string) =>
	options.some(one => one.key === key && (one.risk === 'command' || (one.risk === 'file' && one.slot !== undefined)));

/**
 * Checks everything that loading the file would check, at its top level and in each profile: keys, the engine's address
 * and profile names are checked where they are used, not by the schema. Throws ConfigError. Reads no secret, runs
 * nothing.
 */
export async function checkWholeFile(
	{ path, content }: ReadConfigFile,
	checkKeys: LoadOptions['checkKeys'],
): Promise<void> {
	// Docker's own contexts are not the file's fault.
	const environment = { DOCKER_HOST: 'unix:///var/run/docker.sock' };
	// With the file's choice, with its top level only, and with each profile.
	for (const profile of [undefined, '', ...Object.keys(content.profiles ?? {})]) {
		await loadConfig({ config: path, profile }, environment, dirname(path), { leftOut: isNotRead, checkKeys });
	}
}
