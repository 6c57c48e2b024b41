/**
 * Programs that take a password as a one-letter option, whose name does not reveal it: for most others `-p` is a port,
 * a folder or a path. Sources: the programs' manuals; the list follows what `ps` is known to reveal (shell histories
 * searched by secret scanners: gitleaks `curl-auth-user`, trufflehog, ggshield).
 */

type Form = {
	readonly programs: readonly string[];
	/** The letter. */
	readonly option: string;
	/** `-pSECRET`, `-p SECRET`, or both. */
	readonly written: 'attached' | 'apart' | 'both';
	/** The subcommand after which the option has this meaning. */
	readonly after?: string;
	/** `USER:SECRET`, `USER,SECRET`, `USER%SECRET`: the part before the sign is shown. */
	readonly behind?: string;
};

const forms: readonly Form[] = [
	{
		programs: [
			'mysql',
			'mysqldump',
			'mysqladmin',
			'mysqlimport',
			'mysqlshow',
			'mysqlcheck',
			'mysqlslap',
			'mysqlbinlog',
		],
		option: 'p',
		// With a space it is the name of a database, and the program prompts for the password.
		written: 'attached',
	},
	{
		programs: ['mariadb', 'mariadb-dump', 'mariadb-admin', 'mariadb-check', 'mycli'],
		option: 'p',
		written: 'attached',
	},
	{ programs: ['7z', '7za', '7zr', '7zz'], option: 'p', written: 'attached' },
	{ programs: ['redis-cli', 'valkey-cli', 'keydb-cli', 'redis-benchmark'], option: 'a', written: 'apart' },
	{ programs: ['sshpass'], option: 'p', written: 'both' },
	{ programs: ['docker', 'podman', 'nerdctl', 'buildah', 'skopeo'], option: 'p', written: 'both', after: 'login' },
	{ programs: ['helm', 'oras', 'crane', 'regctl', 'az', 'oc', 'cf'], option: 'p', written: 'apart', after: 'login' },
	{ programs: ['airflow', 'superset'], option: 'p', written: 'apart', after: 'users' },
	{
		programs: ['mongo', 'mongosh', 'mongodump', 'mongorestore', 'mongoexport', 'mongoimport', 'mongostat', 'mongotop'],
		option: 'p',
		written: 'apart',
	},
	{ programs: ['cqlsh', 'beeline', 'rabbitmqadmin'], option: 'p', written: 'apart' },
	{ programs: ['sqlcmd', 'bcp', 'zip', 'unzip', 'mosquitto_pub', 'mosquitto_sub'], option: 'P', written: 'both' },
	{
		programs: ['ldapsearch', 'ldapadd', 'ldapmodify', 'ldapdelete', 'ldapwhoami', 'ldappasswd'],
		option: 'w',
		written: 'both',
	},
	{ programs: ['http', 'https', 'xh', 'xhs'], option: 'a', written: 'apart', behind: ':' },
	{ programs: ['lftp'], option: 'u', written: 'apart', behind: ',' },
	{ programs: ['smbclient', 'rpcclient'], option: 'U', written: 'both', behind: '%' },
];

const formOf = new Map(forms.flatMap(form => form.programs.map(program => [program, form])));
/** A program in a command line or a list of arguments: a word of its own, with or without its folder. */
const program = new RegExp(`(?<![\\w.:@-])(?:${[...formOf.keys()].join('|')})(?=[\\s'"])`, 'g');
/** What ends a command in a shell line. */
const endOfCommand = /[|;&\n]/;
/** MinIO's client takes the key as a word: `mc alias set NAME URL ACCESS-KEY SECRET-KEY`. */
const wordsOfMc = /(?<![\w.-])mc (?:alias set|config host add)(?: [^\s'"-]\S{0,500}){3} /g;
/** `ALTER USER x PASSWORD 'secret'`, `IDENTIFIED BY 'secret'`: a database repeats statements that fail. */
const inSql = /(?<![\w-])(?:password|identified by) '/gi;
const endOfValue = /[\s'"]/g;

/** What every such command or statement contains; most texts contain none. */
export const mayGiveSecret =
	/[\s'"]-[apPuUw]|(?<![\w.-])mc (?:alias set|config host add) |(?<![\w-])(?:password|identified by) '/i;

export type Span = { readonly start: number; readonly end: number };

/** The passwords in command lines and statements that do not name them, in order. In linear time. */
export function secretsOfCommands(text: string): Span[] {
	const commands = [...text.matchAll(program)];
	const ofCommands = commands.flatMap(({ 0: name, index }, at) => {
		const form = formOf.get(name);
		const rest = text.slice(index + name.length, commands[at + 1]?.index);
		const end = rest.search(endOfCommand);
		const own = end === -1 ? rest : rest.slice(0, end);
		return form === undefined ? [] : secretsOf(form, own, text, index + name.length);
	});
	const ofWords = [...text.matchAll(wordsOfMc), ...text.matchAll(inSql)].flatMap(({ 0: words, index }) =>
		valueAt(text, index + words.length),
	);
	return [...ofCommands, ...ofWords].toSorted((a, b) => a.start - b.start);
}

/** The passwords among the arguments of one program, which start at `from`. */
function secretsOf({ option, written, after, behind }: Form, args: string, text: string, from: number): Span[] {
	const skipped = after === undefined ? 0 : args.search(new RegExp(`[\\s'"]${after}(?=[\\s'"])`));
	if (skipped === -1) return [];
	const options = new RegExp(`[\\s'"]-${option}(=|['"],?\\s*['"]|\\s+['"]?(?=[^\\s-])|['"]?(?=[^\\s=-]))`, 'g');
	return [...args.slice(skipped).matchAll(options)].flatMap(({ 0: found, 1: sign = '', index }) => {
		const isAttached = /^['"=]?$/.test(sign);
		if (written === (isAttached ? 'apart' : 'attached')) return [];
		const [value] = valueAt(text, from + skipped + index + found.length);
		if (value === undefined) return [];
		const words = text.slice(value.start, value.end);
		if (isPorts(words)) return [];
		const at = behind === undefined ? 0 : words.indexOf(behind) + 1;
		return behind !== undefined && at === 0 ? [] : [{ start: value.start + at, end: value.end }];
	});
}

/** Up to its closing quote, else up to a space or a quote: rather too much than too little. */
function valueAt(text: string, start: number): Span[] {
	const quote = text[start - 1];
	endOfValue.lastIndex = start;
	const closing = quote === '"' || quote === "'" ? text.indexOf(quote, start) : (endOfValue.exec(text)?.index ?? -1);
	let end = closing === -1 ? text.length : closing;
	// The quote's own escapes, in JSON within JSON.
	while (text[end - 1] === '\\' && end > start) end--;
	return end > start ? [{ start, end }] : [];
}

/** `8080:80`, `127.0.0.1:8080:80`: a container may have the name of a program. */
function isPorts(words: string): boolean {
	return /^[\d.]+:[\d:]+$/.test(words);
}
