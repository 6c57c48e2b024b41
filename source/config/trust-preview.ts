import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { mask, maskText } from '../model/secrets/secrets.ts';
import { shownAddress } from '../model/stack/address.ts';
import { cleanId } from '../model/text/outside-id.ts';
import type { Writer } from '../words/write.ts';
import type { Setting } from './layers.ts';
import { options } from './options.ts';
import { pathOf } from './secrets.ts';

/**
 * The value that trusting a file makes effective, as one line. Control characters are shown as escapes: removing them
 * would hide a part of the command to be judged. Secrets are masked.
 * @param setting of a file
 */
export function grantedValue(setting: Setting, say: Writer): string {
	const value = String(setting.value);
	switch (options.find(one => one.key === setting.key)?.risk) {
		case 'webhook':
			return cleanId(webhook(value));
		case 'command':
			return cleanId(maskText(value));
		case 'file':
			return cleanId(file(setting, say));
		default:
			return cleanId(maskText(shownAddress(value)));
	}
}

/** The host shows who receives the findings. Path and query are the secret of most webhooks. */
function webhook(address: string): string {
	const url = URL.parse(address);
	if (url === null) return mask;
	return url.pathname === '/' && url.search === '' ? url.origin : `${url.origin}/${mask}`;
}

/** The absolute path, and the target of a link. */
function file(setting: Setting, say: Writer): string {
	const folder =
		setting.origin.kind === 'file' || setting.origin.kind === 'profile' ? dirname(setting.origin.path) : '.';
	const path = pathOf(setting, folder);
	try {
		const real = realpathSync(path);
		return real === path ? path : say(['{path} (links to {real})', '{path} ({real}의 링크)'], { path, real });
	} catch {
		return path;
	}
}
