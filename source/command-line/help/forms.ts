import { type Language, type Text, textIn } from '../../words/language.ts';
import type { Argument, Command, Option } from '../rows/command.ts';

/** `-f, --follow`, `--tail N`, `--watch[=SECONDS]`. */
export function optionForm({ name, short, value, negatable }: Option): string {
	const long = `--${negatable ? '[no-]' : ''}${name}`;
	const given = value === undefined ? '' : value.otherwise === undefined ? ` ${value.name}` : ` [${value.name}]`;
	return `${short === undefined ? '' : `-${short}, `}${long}${given}`;
}

/** `SERVICE`, `[DAG]`, `[SERVICE …]`. */
export function argumentForm({ name, required, many, verbatim }: Argument): string {
	const all = many || verbatim ? `${name} …` : name;
	return required ? all : `[${all}]`;
}

const optionsWord: Text = ['[options]', '[옵션]'];

/** `laketop logs [SERVICE …] [options]` */
export function usageLine({ name, arguments: args = [], options = [] }: Command, language: Language = 'en'): string {
	const words = args.map(argumentForm);
	const own = options.length > 0 ? [textIn(optionsWord, language)] : [];
	// All words after a verbatim argument belong to it, options included.
	return ['laketop', name, ...(args.at(-1)?.verbatim ? [...own, ...words] : [...words, ...own])].join(' ');
}
