import { shownAddress } from '../model/address.ts';
import { mask } from '../model/secrets.ts';
import type { LoadedConfig } from './load.ts';
import type { Option } from './option.ts';
import { options } from './options.ts';
import { originWords } from './origin.ts';

/** One value in force. */
export type ExplainedValue = {
	/** Its name in the config file, dotted: `airflow.url`. */
	readonly key: string;
	/** As text; empty where there is none. Secrets are masked. */
	readonly value: string;
	/**
	 * `flag --dag`, `environment LAKETOP_DAG`, `profile prod (/path/laketop.yaml:9)`, `file /path/laketop.yaml:3`,
	 * `Docker context colima`, `the demo`, `default`, `discovered at run time`.
	 */
	readonly source: string;
	/** Left out: found by looking at the stack. */
	readonly isDiscovered?: true;
};

/**
 * What is in force and where each value came from, for `laketop config`: the config file and the profile first, then
 * every option. Pure; nothing secret is in it.
 */
export function explainConfig(loaded: LoadedConfig): ExplainedValue[] {
	const { config, file, fileOrigin, profileOrigin } = loaded;
	return [
		{ key: 'config', value: file ?? '', source: originWords(fileOrigin ?? { kind: 'default' }) },
		{ key: 'profile', value: config.profile ?? '', source: originWords(profileOrigin ?? { kind: 'default' }) },
		...options.flatMap(option => rowsOf(option, loaded)),
	];
}

function rowsOf(option: Option, { config, settings }: LoadedConfig): ExplainedValue[] {
	const { key } = option;
	if (option.kind === 'map') {
		return [...settings.values()]
			.filter(one => one.path[0] === key)
			.map(one => ({ key: one.key, value: words(one.value), source: originWords(one.origin) }));
	}
	const given = settings.get(key);
	if (option.slot !== undefined && !given) {
		const isGivenOtherwise = options.some(one => one.slot === option.slot && settings.has(one.key));
		if (isGivenOtherwise || key !== option.slot) return [];
	}
	if (key === 'docker_host') {
		const { address, foundBy } = config.dockerHost;
		return [
			{ key, value: shownAddress(address), source: originWords(given?.origin ?? foundBy ?? { kind: 'default' }) },
		];
	}
	const value = given === undefined ? option.default : given.value;
	const shown = value === undefined ? '' : option.secret ? masked(option.secret, value) : words(value);
	if (!given && option.discovered)
		return [{ key, value: shown, source: originWords({ kind: 'discovered' }), isDiscovered: true }];
	return [{ key, value: shown, source: originWords(given?.origin ?? { kind: 'default' }) }];
}

/** Of a command the program's name: the rest may hold what nobody should see. */
function masked(kind: NonNullable<Option['secret']>, value: unknown): string {
	const program = kind === 'command' ? /^[\w./~-]+(?=\s|$)/.exec(String(value))?.[0] : undefined;
	return program === undefined ? mask : `${program} ${mask}`;
}

function words(value: unknown): string {
	if (value === null) return 'none';
	if (Array.isArray(value)) return value.map(words).join(', ');
	if (typeof value === 'object') return Object.values(value).map(words).join(' ');
	return String(value);
}
