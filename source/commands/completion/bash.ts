import type { Command, Option, ValueKind } from '../../command-line/rows/command.ts';
import { globalOptions } from '../../command-line/rows/options.ts';

/** Kinds of values whose candidates come from the stack. */
export const dynamicKinds: ReadonlySet<ValueKind> = new Set([
	'dag',
	'run',
	'task',
	'service',
	'project',
	'profile',
	'finding',
	'experiment',
	'model',
	'mlflow-run',
	'metric',
	'model-version',
	'model-alias',
	'model-tag',
	'xcom',
	'asset',
	'produced-asset',
	'asking-dag',
	'asking-run',
	'asking-task',
	'option',
	'answer-param',
]);

/** `--tail` and `-n`. */
export function writtenForms({ name, short, negatable }: Option): string[] {
	return [`--${name}`, ...(negatable ? [`--no-${name}`] : []), ...(short === undefined ? [] : [`-${short}`])];
}

/** Single quotes of a POSIX shell. */
export function shellQuoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A script for bash 4 or newer; it does not need bash-completion. */
export function bashCompletion(commands: readonly Command[]): string {
	const everyOption = [...globalOptions, ...commands.flatMap(command => command.options ?? [])];
	const taking = [...new Set(everyOption.filter(takesNextWord).flatMap(writtenForms))];
	return `# bash completion for laketop

# Candidates that the stack knows. Whatever goes wrong: none, and never a word into the prompt.
_laketop_ask() {
	"\${words[0]}" __complete "$1" "\${words[@]:1:\${#words[@]}-2}" 2>/dev/null
}

# Offers those of the lines on its input that begin as the current word. Nothing in them is expanded by the shell.
_laketop_offer() {
	local candidate head=''
	# bash completes what stands behind the last colon or equals sign.
	[[ $cur == *[:=]* ]] && head="\${cur%"\${cur##*[:=]}"}"
	while IFS= read -r candidate; do
		[[ -n $candidate && $candidate == "$cur"* ]] || continue
		printf -v candidate %q "\${candidate#"$head"}"
		COMPREPLY+=("$candidate")
	done
}

_laketop() {
	local line="\${COMP_LINE:0:COMP_POINT}" words cur prev command='' nth=0 index=1
	COMPREPLY=()
	read -ra words <<<"$line"
	[[ $line == *' ' ]] && words+=('')
	cur="\${words[-1]}" prev="\${words[-2]}"
	if [[ $cur == --*=* ]]; then prev="\${cur%%=*}" cur="\${cur#*=}"; fi
	while ((index < \${#words[@]} - 1)); do
		case "\${words[index]}" in
			${taking.join('|')}) ((index++)) ;;
			-*) ;;
			*) if [[ -z $command ]]; then command="\${words[index]}"; else ((nth++)); fi ;;
		esac
		((index++))
	done
	case "$command $prev" in
${commands.flatMap(command => valueCases(command.name, command.options ?? [])).join('\n')}
	esac
	case "$prev" in
${valueCases('', globalOptions).join('\n')}
	esac
	if [[ $cur == -* ]]; then
		case "$command" in
${commands.map(command => `\t\t\t${command.name}) ${offerWords(optionsOffered([...(command.options ?? []), ...globalOptions]))} ;;`).join('\n')}
			*) ${offerWords(optionsOffered(globalOptions))} ;;
		esac
		return
	fi
	case "$command" in
		'') ${offerWords(commands.map(({ name }) => name))} ;;
${commands.flatMap(argumentCase).join('\n')}
	esac
}

complete -o nosort -F _laketop laketop 2>/dev/null || complete -F _laketop laketop
`;
}

function takesNextWord(option: Option): boolean {
	return option.value !== undefined && option.value.otherwise === undefined;
}

function offerWords(words: readonly string[]): string {
	return `_laketop_offer < <(printf '%s\\n' ${words.join(' ')})`;
}

function optionsOffered(options: readonly Option[]): string[] {
	return options.flatMap(option => writtenForms(option).filter(form => form.startsWith('--')));
}

/** Candidates for the values of options. */
function valueCases(command: string, options: readonly Option[]): string[] {
	return options.flatMap(option => {
		if (!takesNextWord(option) || option.value === undefined) return [];
		const forms = writtenForms(option).map(form => (command === '' ? form : shellQuoted(`${command} ${form}`)));
		return [`\t\t${forms.join('|')}) ${candidatesFor(option.value.kind, option.value.choices)}; return ;;`];
	});
}

function candidatesFor(kind: ValueKind, choices: readonly string[] = []): string {
	if (kind === 'choice') return offerWords(choices);
	if (kind === 'file') return '_laketop_offer < <(compgen -f -- "$cur")';
	return dynamicKinds.has(kind) ? `_laketop_offer < <(_laketop_ask ${kind})` : ':';
}

function argumentCase({ name, arguments: args = [] }: Command): string[] {
	const cases = args.flatMap((argument, index) => {
		const isOpen = argument.many || argument.verbatim;
		const words = candidatesFor(argument.verbatim ? 'text' : argument.kind, argument.choices);
		return [`${isOpen ? `[[ $nth -ge ${index} ]]` : `[[ $nth -eq ${index} ]]`} && ${words}`];
	});
	return cases.length === 0 ? [] : [`\t\t${name}) ${cases.join('; ')} ;;`];
}
