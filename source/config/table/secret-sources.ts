import { path, secret } from '../fields.ts';
import { option } from '../option.ts';

/** Ways to give a secret without writing it down: a row for each, beside the row of the secret itself. */

export const fileWith = (slot: string) =>
	option(path, {
		slot,
		risk: 'file',
	});

export const commandFor = (slot: string, example: string) =>
	option(secret, {
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});

export const tokenCommandFor = (slot: string, example: string) =>
	option(secret, {
		examples: [example],
		secret: 'command',
		slot,
		risk: 'command',
	});
