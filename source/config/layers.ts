import { ConfigError } from '../model/failures/config-error.ts';
import { phrase } from '../words/message.ts';
import { issueWords, type ReadConfigFile, seeOptions, unclear } from './config-file.ts';
import { camel, type Option } from './option.ts';
import { type Flags, type OptionValues, options, valuesBy, variableOf } from './options.ts';
import { type Origin, originPlace } from './origin.ts';
import { configFileSchema } from './schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A given value. */
export type Setting = {
	/** `airflow.url`; maps have one setting per entry: `keys.restart`. */
	readonly key: string;
	readonly path: readonly string[];
	readonly value: unknown;
	readonly origin: Origin;
};

/** By key. */
export type Settings = ReadonlyMap<string, Setting>;

/** Variables of other programs. */
export function foreignSettings(environment: Environment): Setting[] {
	return options.flatMap(({ key, path, foreign }) => {
		const value = foreign === undefined ? undefined : environment[foreign.name];
		if (foreign === undefined || !value || foreign.takes?.(value) === false) return [];
		return [{ key, path, value, origin: { kind: 'environment', variable: foreign.name } }];
	});
}

/** The settings of a file's top level, or of one of its profiles. */
export function fileSettings({ path: file, content, lineOf }: ReadConfigFile, profile: string | null): Setting[] {
	const above = profile === null ? [] : ['profiles', profile];
	const at = (path: readonly string[]): Origin => {
		const line = lineOf([...above, ...path]);
		return profile === null ? { kind: 'file', path: file, line } : { kind: 'profile', profile, path: file, line };
	};
	return options.flatMap((option): Setting[] => {
		const { path } = option;
		const value = valueAt(content, [...above, ...path]);
		if (value === undefined) return [];
		if (option.kind !== 'map') return [{ key: option.key, path, value, origin: at(path) }];
		return Object.entries(value ?? {}).map(([name, one]) => {
			const inMap = [...path, name];
			return { key: inMap.join('.'), path: inMap, value: one, origin: at(inMap) };
		});
	});
}

export function variableSettings(environment: Environment): Setting[] {
	return options.flatMap(option => {
		const variable = variableOf(option);
		const text = variable === null ? undefined : environment[variable];
		if (variable === null || !text) return [];
		const value = fromText(option, text, variable);
		return [{ key: option.key, path: option.path, value, origin: { kind: 'environment', variable } }];
	});
}

export function flagSettings(flags: Flags): Setting[] {
	const given = new Map<string, unknown>(Object.entries(flags));
	return options.flatMap(option => {
		const name = option.flag?.name;
		const value = name === undefined ? undefined : given.get(camel(name));
		if (value === undefined) return [];
		const flag = `--${name}`;
		const read = typeof value === 'string' ? fromText(option, value, flag) : value;
		return [{ key: option.key, path: option.path, value: read, origin: { kind: 'flag', flag } }];
	});
}

/**
 * The strongest of each: later layers override earlier ones. Throws ConfigError if one layer gives a secret in two
 * ways.
 */
export function merged(layers: readonly (readonly Setting[])[]): Settings {
	const settings = new Map<string, Setting>();
	for (const layer of layers) {
		for (const { slot, key } of options) {
			const given = slot === undefined ? undefined : layer.find(one => one.key === key);
			if (!given) continue;
			const inSlot = options.filter(option => option.slot === slot && option.key !== key).map(option => option.key);
			const other = layer.find(one => inSlot.includes(one.key));
			if (other) {
				throw new ConfigError(
					phrase(['{place}: {other} sets it already', '{place}: {other}에 이미 설정되어 있습니다'], {
						place: originPlace(other.origin, other.key),
						other: originPlace(given.origin, key),
					}),
					phrase(['Remove one of the two', '둘 중 하나를 지우세요']),
				);
			}
			for (const one of inSlot) settings.delete(one);
		}
		for (const setting of layer) settings.set(setting.key, setting);
	}
	return settings;
}

/** The effective values, including defaults. Throws ConfigError with the source of an invalid one. */
export function checked(settings: Settings): OptionValues {
	const content: Record<string, unknown> = {};
	for (const { path, value } of settings.values()) put(content, path, value);
	const parsed = configFileSchema.safeParse(content);
	if (parsed.success) return valuesBy(option => valueAt(parsed.data, option.path) ?? option.default);
	const issue = parsed.error.issues[0];
	const { keys, words } = issue ? issueWords(issue) : { keys: [], words: unclear };
	const key = keys.map(String).join('.');
	const origin = settings.get(key)?.origin ?? { kind: 'default' };
	throw new ConfigError(
		phrase(['{place}: {words}', '{place}: {words}'], { place: originPlace(origin, key), words }),
		seeOptions,
	);
}

function fromText({ kind }: Option, text: string, setBy: string): unknown {
	switch (kind) {
		case 'number': {
			const number = Number(text);
			if (!Number.isFinite(number)) {
				throw new ConfigError(
					phrase(['{setBy}: {text} is not a number', '{setBy}: {text}은(는) 숫자가 아닙니다'], { setBy, text }),
					phrase(['Write it in digits', '숫자로 쓰세요']),
				);
			}
			return number;
		}
		case 'boolean':
			if (/^(1|true|yes|on)$/i.test(text)) return true;
			if (/^(0|false|no|off)$/i.test(text)) return false;
			throw new ConfigError(
				phrase(['{setBy}={text}: invalid value', '{setBy}={text}: 잘못된 값입니다'], { setBy, text }),
				phrase(['Use 1 or 0', '1 또는 0을 사용하세요']),
			);
		default:
			return text;
	}
}

/** The value at a path in the content of a file; undefined if there is none. */
export function valueAt(content: unknown, path: readonly string[]): unknown {
	let value = content;
	for (const key of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = Reflect.get(value, key);
	}
	return value;
}

function put(content: Record<string, unknown>, path: readonly string[], value: unknown): void {
	const [first = '', ...rest] = path;
	if (rest.length === 0) {
		content[first] = value;
		return;
	}
	const inner: Record<string, unknown> = { ...(isRecord(content[first]) ? content[first] : {}) };
	put(inner, rest, value);
	content[first] = inner;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
