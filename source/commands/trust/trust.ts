import { resolve } from 'node:path';
import { checkWholeFile } from '../../config/check-file.ts';
import { readConfigFile } from '../../config/config-file.ts';
import { originPlace } from '../../config/origin.ts';
import { allowedByTrust } from '../../config/trust.ts';
import { grantedValue } from '../../config/trust-preview.ts';
import { TrustStore } from '../../config/trust-store.ts';
import { cleanText } from '../../model/clean-text.ts';
import { ask, canAsk } from '../ask.ts';
import { checkKeys } from '../check-keys.ts';
import { exitCodes } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { CommandFailure } from '../failures.ts';

/** `laketop trust [FILE]` */
export async function run({ given, io, out, say, signal }: CommandContext): Promise<number> {
	const store = new TrustStore(io.environment);
	if (given.is('list')) {
		const files = store.list();
		await out.write(
			files.length === 0
				? 'No file is trusted\n'
				: files.map(({ path, state }) => `${state.padEnd(8)} ${path}\n`).join(''),
		);
		return exitCodes.ok;
	}
	const path = resolve(io.workingDirectory, given.words[0] ?? 'laketop.yaml');
	if (given.is('remove')) {
		say(store.forget(path) ? `${path} is no longer trusted` : `${path} was not trusted`);
		return exitCodes.ok;
	}
	const file = await readConfigFile(path);
	await checkWholeFile(file, checkKeys);
	if (store.isTrusted(path, file.text)) {
		say(`${path} is trusted already`);
		return exitCodes.ok;
	}
	const allowed = allowedByTrust(file, io.environment);
	const preview = allowed.map(({ setting, would }) =>
		cleanText(`  ${originPlace(setting.origin, setting.key)}: ${would}: ${grantedValue(setting)}`),
	);
	io.stderr.write(
		preview.length === 0
			? `${cleanText(path)} has no setting that needs trust.\n`
			: `Trusting ${cleanText(path)} allows these settings:\n${preview.join('\n')}\n`,
	);
	if (!given.is('yes')) {
		if (!canAsk(io)) {
			throw new CommandFailure({
				kind: 'refused',
				message: 'trust needs confirmation, but stdin is not a terminal',
				fix: 'Pass --yes to confirm',
			});
		}
		const answer = await ask(io, 'Trust it? [y/N] ', signal);
		if (answer === null || !/^y(es)?$/i.test(answer)) return exitCodes.refused;
	}
	store.trust(path, file.text);
	say(`${path} is trusted until it changes`);
	return exitCodes.ok;
}
