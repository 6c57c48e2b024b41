import type { Argument, Command, Option, ValueKind } from '../../command-line/rows/command.ts';
import { globalOptions } from '../../command-line/rows/options.ts';
import { type Language, textIn } from '../../words/language.ts';
import { dynamicKinds, shellQuoted, writtenForms } from './bash.ts';

/** A script for zsh, by _arguments. */
export function zshCompletion(commands: readonly Command[], language: Language): string {
	return `#compdef laketop
_laketop_ask() {
	# _arguments puts options for compadd before the kind.
	local -a found
	found=(\${(f)"$("$laketop_typed[1]" __complete "$argv[-1]" "\${(@)laketop_typed[2,-2]}" 2>/dev/null)"})
	compadd "\${(@)argv[1,-2]}" -a found
}

_laketop_commands() {
	local -a commands=(
${commands.map(({ name, summary }) => `\t\t${shellQuoted(`${name}:${textIn(summary, language)}`)}`).join('\n')}
	)
	_describe command commands
}

_laketop() {
	local -a laketop_typed=("\${(@)words[1,CURRENT]}") state line
	local curcontext="$curcontext" context
	typeset -A opt_args
	local -a globals=(
${globalOptions
	.flatMap(option => optionSpecs(option, language))
	.map(spec => `\t\t${spec}`)
	.join('\n')}
	)
	_arguments -C -s "\${globals[@]}" '1:command:_laketop_commands' '*::argument:->rest' && return
	[[ $state == rest ]] || return
	case $line[1] in
${commands.map(command => commandCase(command, language)).join('\n')}
	esac
}

if [[ $funcstack[1] == _laketop ]]; then _laketop "$@"; else compdef _laketop laketop; fi
`;
}

function commandCase({ name, options = [], arguments: args = [] }: Command, language: Language): string {
	const specs = [...options.flatMap(option => optionSpecs(option, language)), ...args.map(argumentSpec)];
	return `\t\t${name}) _arguments -s "\${globals[@]}" ${specs.join(' ')} ;;`;
}

/** `(--follow -f)--follow[Follow the log]`, `--tail=[Number of lines per log]:N:` */
function optionSpecs(option: Option, language: Language): string[] {
	const forms = writtenForms(option);
	const help = described(textIn(option.help, language));
	const excluded = option.many ? '*' : `(${forms.join(' ')})`;
	return forms.map(form => {
		const { value } = option;
		if (value === undefined) return shellQuoted(`${excluded}${form}[${help}]`);
		const joined = form.startsWith('--') ? `${form}=` : `${form}+`;
		const optional = value.otherwise === undefined ? ':' : '::';
		return shellQuoted(
			`${excluded}${value.otherwise === undefined ? joined : `${form}${form.startsWith('--') ? '=-' : '-'}`}[${help}]${optional}${value.name}:${actionFor(value.kind, value.choices)}`,
		);
	});
}

function argumentSpec(argument: Argument): string {
	const place = argument.many || argument.verbatim ? '*' : '';
	const optional = argument.required ? ':' : '::';
	return shellQuoted(
		`${place}${place === '*' ? ':' : optional}${argument.name}:${actionFor(argument.verbatim ? 'text' : argument.kind, argument.choices)}`,
	);
}

function actionFor(kind: ValueKind, choices: readonly string[] = []): string {
	if (kind === 'choice') return `(${choices.join(' ')})`;
	if (kind === 'file') return '_files';
	return dynamicKinds.has(kind) ? `_laketop_ask ${kind}` : ' ';
}

/** Brackets and colons mean something to _arguments. */
function described(text: string): string {
	return text.replaceAll(/[\\[\]:]/g, '\\$&');
}
