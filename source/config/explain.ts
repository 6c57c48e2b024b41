import { mask } from '../model/secrets/secrets.ts';
import { shownAddress } from '../model/stack/address.ts';
import type { Language } from '../words/language.ts';
import type { LoadedConfig } from './load.ts';
import type { Option } from './option.ts';
import { options } from './options.ts';
import { type Origin, originWords } from './origin.ts';

export type ExplainedValue = {
	/** Dotted name in the config file: `airflow.url`. */
	readonly key: string;
	/** Empty if not set. Secrets are masked. */
	readonly value: string;
	/**
	 * `flag --dag`, `environment LAKETOP_DAG`, `profile prod (/path/laketop.yaml:9)`, `file /path/laketop.yaml:3`,
	 * `Docker context colima`, `demo`, `default`, `discovered`.
	 */
	readonly source: string;
	readonly isDefault: boolean;
	/** Discovered from the stack. */
	readonly isDiscovered?: true;
};

/**
 * The effective values and their sources, for `laketop config`: the config file and the profile first, then every option.
 * Pure; holds no secrets.
 */
export function explainConfig(loaded: LoadedConfig, language: Language = 'en'): ExplainedValue[] {
	const { config, file, fileOrigin, profileOrigin } = loaded;
	return [
		{ key: 'config', value: file ?? '', ...sourceOf(fileOrigin, language) },
		{ key: 'profile', value: config.profile ?? '', ...sourceOf(profileOrigin, language) },
		...options.flatMap(option => rowsOf(option, loaded, language)),
	];
}

function sourceOf(origin: Origin | null | undefined, language: Language): Pick<ExplainedValue, 'source' | 'isDefault'> {
	const known = origin ?? { kind: 'default' };
	return { source: originWords(known, language), isDefault: known.kind === 'default' };
}

function rowsOf(option: Option, { config, settings }: LoadedConfig, language: Language): ExplainedValue[] {
	const { key } = option;
	if (option.kind === 'map') {
		return [...settings.values()]
			.filter(one => one.path[0] === key)
			.map(one => ({ key: one.key, value: words(one.value), ...sourceOf(one.origin, language) }));
	}
	const given = settings.get(key);
	if (option.slot !== undefined && !given) {
		const isGivenOtherwise = options.some(one => one.slot === option.slot && settings.has(one.key));
		if (isGivenOtherwise || key !== option.slot) return [];
	}
	if (key === 'docker_host') {
		const { address, foundBy } = config.dockerHost;
		return [{ key, value: shownAddress(address), ...sourceOf(given?.origin ?? foundBy, language) }];
	}
	const value = given === undefined ? option.default : given.value;
	const shown = value === undefined ? '' : option.secret ? masked(option.secret, value) : words(value);
	if (!given && option.discovered)
		return [{ key, value: shown, ...sourceOf({ kind: 'discovered' }, language), isDiscovered: true }];
	return [{ key, value: shown, ...sourceOf(given?.origin, language) }];
}

/** Of a command only the program: its arguments may hold secrets. */
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
