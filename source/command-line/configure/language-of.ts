import { type Language, languageOfLocale, languages } from '../../words/language.ts';
import type { Given } from '../arguments/given.ts';
import { configOf } from './config-of.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language of help and errors, which are shown also without a valid configuration: the flag, the variable and the
 * locale decide then.
 */
export async function languageOf(given: Given, environment: Environment, workingDirectory: string): Promise<Language> {
	try {
		return (await configOf(given, environment, workingDirectory)).config.language;
	} catch {
		const named = given.text('lang') ?? environment.LAKETOP_LANG;
		return languages.find(one => one === named) ?? languageOfLocale(environment);
	}
}
