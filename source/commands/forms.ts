import type { Argument, Command, Option } from './command.ts';

/** How an option is written: `-f, --follow`, `--tail N`, `--watch[=SECONDS]`. */
export function optionForm({ name, short, value, negatable }: Option): string {
	const long = `--${negatable ? '[no-]' : ''}${name}`;
	const given = value === undefined ? '' : value.otherwise === undefined ? ` ${value.name}` : ` [${value.name}]`;
	return `${short === undefined ? '' : `-${short}, `}${long}${given}`;
}

/** How an argument is written: `SERVICE`, `[DAG]`, `[SERVICE …]`. */
export function argumentForm({ name, required, many, verbatim }: Argument): string {
	const all = many || verbatim ? `${name} …` : name;
	return required ? all : `[${all}]`;
}

/** `laketop logs [SERVICE …] [options]` */
export function usageLine({ name, arguments: args = [], options = [] }: Command): string {
	const words = args.map(argumentForm);
	const own = options.length > 0 ? ['[options]'] : [];
	// What follows is taken as it stands: options of laketop would be the command's.
	return ['laketop', name, ...(args.at(-1)?.verbatim ? [...own, ...words] : [...words, ...own])].join(' ');
}
