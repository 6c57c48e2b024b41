import { path, secret } from '../fields.ts';
import { option } from '../option.ts';

/** Ways to give a secret without writing it down: a row for each, beside the row of the secret itself. */

export const fileWith = (secretName: string, slot: string) =>
	option(path, {
		meaning: `File whose first line is ${secretName}. Relative to the config file, or from ~/. Only its owner should have read access.`,
		slot,
		risk: 'file',
	});

export const commandFor = (secretName: string, slot: string, example: string) =>
	option(secret, {
		meaning: `Shell command whose first line of output is ${secretName}. It runs once, when needed, and only from a trusted config file (see Trust in docs/configuration.md).`,
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});

export const tokenCommandFor = (slot: string, example: string) =>
	option(secret, {
		meaning:
			'Command whose first line of output is the token. It runs without a shell, when needed, and again when the token expires or is rejected. Only from a trusted config file (see Trust in docs/configuration.md).',
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});
