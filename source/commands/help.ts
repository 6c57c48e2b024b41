import { argumentForm, optionForm, usageLine } from '../command-line/help/forms.ts';
import { type Command, commandGroups, exitCodeWords, groupTitles, type Option } from '../command-line/rows/command.ts';
import { environmentVariables, globalOptions } from '../command-line/rows/options.ts';
import { textWidth, wrapText } from '../presentation/text.ts';
import { type Language, type Text, textIn } from '../words/language.ts';
import { shownCommands } from './table.ts';

/** Longer lines are hard to read. */
const widest = 100;

/** A term and its meaning, which wraps in its own column. */
function twoColumns(rows: readonly (readonly [term: string, meaning: string])[], width: number): string[] {
	const left = Math.min(30, Math.max(...rows.map(([term]) => textWidth(term))) + 2);
	return rows.flatMap(([term, meaning]) => {
		const [first = '', ...more] = wrapText(meaning, Math.max(20, width - left - 2));
		const indent = ' '.repeat(left + 2);
		const rest = more.map(line => indent + line);
		const used = textWidth(term);
		if (used > left - 2) return [`  ${term}`, indent + first, ...rest];
		return [`  ${term}${' '.repeat(left - used)}${first}`, ...rest];
	});
}

function optionRows(options: readonly Option[], language: Language): [string, string][] {
	const hasShort = options.some(option => option.short !== undefined);
	return options.map(option => [
		`${option.short === undefined && hasShort ? '    ' : ''}${optionForm(option)}`,
		textIn(option.help, language),
	]);
}

/** Titles of sections. */
const usage: Text = ['Usage', '사용법'];
const argumentsTitle: Text = ['Arguments', '인수'];
const optionsTitle: Text = ['Options', '옵션'];
const globalOptionsTitle: Text = ['Options, before or after the command', '옵션(명령 앞이나 뒤)'];
const environmentTitle: Text = ['Environment variables', '환경 변수'];
const examplesTitle: Text = ['Examples', '예'];
const exitCodesTitle: Text = ['Exit codes', '종료 코드'];

const introduction: readonly Text[] = [
	[
		'Terminal monitor for a lakehouse and its MLOps stack: containers, pipeline, logs, models.',
		'레이크하우스와 MLOps 스택을 위한 터미널 모니터: 컨테이너, 파이프라인, 로그, 모델.',
	],
	[
		'Without a command, opens the full-screen monitor. Without options, discovers the stack from Docker Compose labels and published ports.',
		'명령이 없으면 전체 화면 모니터를 엽니다. 옵션이 없으면 Docker Compose 레이블과 게시된 포트로 스택을 찾습니다.',
	],
];

const usageForms: readonly Text[] = [
	['laketop [options]', 'laketop [옵션]'],
	['laketop COMMAND [arguments] [options]', 'laketop COMMAND [인수] [옵션]'],
];

const moreHelp: Text = [
	'Run laketop COMMAND --help for more about a command.',
	'명령에 대한 자세한 내용은 laketop COMMAND --help를 실행하세요.',
];

const confirmation: Text = [
	'Asks for confirmation on a terminal. Without a terminal, pass --yes to confirm or --dry-run to preview.',
	'터미널에서는 실행하기 전에 진행할지 묻습니다. 터미널이 아니면 묻지 않고 실행하는 --yes나 미리 보기만 하는 --dry-run을 지정해야 합니다.',
];

const allOptions: Text = [
	'Run laketop --help for the options of all commands.',
	'모든 명령에 공통인 옵션은 laketop --help를 실행하세요.',
];

/** `laketop --help` */
export function generalHelp(columns: number, language: Language): string {
	const width = Math.min(widest, columns);
	const say = (text: Text) => textIn(text, language);
	const lines = introduction.flatMap(text => wrapText(say(text), width));
	lines.push('', say(usage), ...usageForms.map(text => `  ${say(text)}`));
	for (const group of commandGroups) {
		const own = shownCommands.filter(command => command.group === group);
		if (own.length === 0) continue;
		const rows = own.map(({ name, summary }) => [name, say(summary)] as const);
		lines.push('', say(groupTitles[group]), ...twoColumns(rows, width));
	}
	lines.push('', say(globalOptionsTitle), ...twoColumns(optionRows(globalOptions, language), width));
	lines.push('', say(environmentTitle));
	for (const [names, meaning] of environmentVariables) {
		for (const line of wrapText(`${names}: ${say(meaning)}`, width - 4)) lines.push(`  ${line}`);
	}
	const codes = exitCodeWords.map(([code, meaning]) => [code, say(meaning)] as const);
	lines.push('', say(exitCodesTitle), ...twoColumns(codes, width));
	lines.push('', ...wrapText(say(moreHelp), width));
	return `${lines.join('\n')}\n`;
}

/** `laketop COMMAND --help` */
export function commandHelp(command: Command, columns: number, language: Language): string {
	const width = Math.min(widest, columns);
	const say = (text: Text) => textIn(text, language);
	const wrapped = (text: string, indent = '') => wrapText(text, width - indent.length).map(line => indent + line);
	// Korean noun phrases take no full stop.
	const stop = language === 'en' ? '.' : '';
	const lines = [...wrapped(say(command.summary) + stop), '', say(usage), `  ${usageLine(command, language)}`];
	for (const paragraph of command.details ?? []) lines.push('', ...wrapped(say(paragraph)));
	if (command.changes) lines.push('', ...wrapped(say(confirmation)));
	if (command.arguments?.length) {
		const rows = command.arguments.map(one => [argumentForm(one), say(one.help)] as const);
		lines.push('', say(argumentsTitle), ...twoColumns(rows, width));
	}
	if (command.options?.length) {
		lines.push('', say(optionsTitle), ...twoColumns(optionRows(command.options, language), width));
	}
	if (command.examples.length > 0) {
		lines.push('', say(examplesTitle));
		for (const { line, does } of command.examples) lines.push(...wrapped(`# ${say(does)}`, '  '), `  ${line}`);
	}
	if (command.exits?.length) {
		lines.push('', say(exitCodesTitle), ...command.exits.flatMap(text => wrapped(say(text), '  ')));
	}
	lines.push('', ...wrapped(say(allOptions)));
	return `${lines.join('\n')}\n`;
}
