import type { Language } from '../words/language.ts';
import { write } from '../words/write.ts';
import { type FlagsOf, type OpenKeyOf, type Option, optionsOf, type ValuesOf } from './option.ts';
import { table } from './table.ts';

/** Values by key, including defaults. */
export type OptionValues = ValuesOf<typeof table>;
/** The same without secrets. */
export type OpenValues = Pick<OptionValues, OpenKeyOf<typeof table>>;

export type Flags = FlagsOf<typeof table> & {
	readonly config?: string | undefined;
	readonly profile?: string | undefined;
};

/** Every option, in display order. */
export const options: readonly Option[] = optionsOf(table);

export const defaults = valuesBy(option => option.default);

/** A value for each option; it must match the schema of the option. */
export function valuesBy(value: (option: Option) => unknown): OptionValues {
	return Object.fromEntries(options.map(one => [one.key, value(one)])) as OptionValues;
}

/** The values without secrets. */
export function openValues(values: OptionValues): OpenValues {
	const isOpen = (key: string) => options.some(one => one.key === key && !one.secret && one.slot === undefined);
	return Object.fromEntries(Object.entries(values).filter(([key]) => isOpen(key))) as OpenValues;
}

/** Ways to set an option, the strongest first: `--airflow-url`, `LAKETOP_AIRFLOW_URL`, `airflow.url in the file`. */
export function waysToSet(key: string, language: Language = 'en'): string[] {
	const inFile = write(['{key} in the file', '파일의 {key}'], { key }, language);
	const option = options.find(one => one.key === key);
	if (key === 'config' || key === 'profile') return [`--${key}`, `LAKETOP_${key.toUpperCase()}`];
	if (option === undefined) return [inFile];
	const variable = variableOf(option);
	return [
		...(option.flag === undefined ? [] : [`--${option.flag.name}`]),
		...(variable === null ? [] : [variable]),
		...(option.foreign === undefined ? [] : [option.foreign.name]),
		inFile,
	];
}

/** `airflow.url` → `LAKETOP_AIRFLOW_URL`; null for options of the file only. */
export function variableOf(option: Option): string | null {
	if (option.variable !== undefined) return option.variable;
	return option.kind === 'list' || option.kind === 'map'
		? null
		: `LAKETOP_${option.key.replaceAll('.', '_').toUpperCase()}`;
}
