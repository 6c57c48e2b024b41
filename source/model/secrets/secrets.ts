import { mayGiveSecret, type Span, secretsOfCommands } from './secret-commands.ts';
import { privateKey, privateKeyEnd, tokenFormat } from './secret-patterns.ts';

/** Replaces a secret. */
export const mask = '•••';

/** Names whose values must not be seen over a user's shoulder. */
const secretName =
	/pass(?:$|_|wd|word|phrase)|pwd|secret|token|key|credential|fernet|dsn|비밀번호|패스워드|암호|비밀키|인증키|토큰|(?:^|[_.-])(?:auth|pat|sas|jwt|cookie|authorization)$/i;
/** Names that only look like that: shells keep the working folder in them. */
const harmlessNames: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);
/** Characters of a name that are checked, from its end. */
const nameLimit = 128;

export function isSecretName(name: string): boolean {
	return secretName.test(name.slice(-nameLimit)) && !harmlessNames.has(name);
}

/** The value of an environment variable, label or option, safe to show. An empty value stays. */
export function maskValue(name: string, value: string): string {
	if (value === '') return value;
	return isSecretName(name) && !namesFile(name, value) ? mask : maskText(value);
}

/** The path of a secret is no secret, and operators need it: `POSTGRES_PASSWORD_FILE=/run/secrets/db`. */
function namesFile(name: string, value: string): boolean {
	return fileName.test(name.slice(-nameLimit)) && plainPath.test(value);
}

/** The name decides: a password or a key in base64 may start with a slash as well. */
const fileName = /(?:file|path|dir|directory)$|^google_application_credentials$/i;
const plainPath = /^(?:~|\.{1,2})?\/[\w.~+@-]+(?:\/[\w.~+@-]+)*\/?$/;

/**
 * The value of a param, a tag or a field, safe to show. Narrower than `maskValue`: `max_tokens`, `tokenizer` and
 * `monkey` are params of a training, but no environment variables.
 */
export function maskParam(name: string, value: string): string {
	return value !== '' && announcesSecret(name) ? mask : maskText(value);
}

/** A JSON value, safe to show. */
export function maskJson(value: unknown): unknown {
	if (typeof value === 'string') return maskText(value);
	if (Array.isArray(value)) return value.map(maskJson);
	if (typeof value !== 'object' || value === null) return value;
	const fields = Object.entries(value).map(([name, field]) => {
		const holdsText = typeof field === 'object' ? field !== null : field !== '' && typeof field !== 'boolean';
		return [name, holdsText && announcesSecret(name) ? mask : maskJson(field)];
	});
	return Object.fromEntries(fields);
}

/**
 * This process's own secrets: masked whoever repeats them. They are global and not passed along, because a text cleaned
 * without them would show one; this way nobody can forget them.
 */
const ownSecrets = new Set<string>();

/**
 * Registers a configured secret, so that `maskText` masks it in any text. A common word, such as the password
 * `airflow`, would make texts unreadable: only secrets that are no words are masked.
 */
export function noteSecret(secret: string): void {
	if (secret.length >= 6 && (secret.length >= 16 || /[^a-z]/.test(secret))) ownSecrets.add(secret);
}

/**
 * A text with secrets replaced: configured secrets, private keys, tokens of well-known services, user and password in
 * addresses (`postgresql://user:pass@host`, `https://token@host`), values of assignments, options, headers and fields
 * with a revealing name (`--password=x`, `--password x`, `API_TOKEN=x`, `?token=x`, `Authorization: Bearer x`,
 * `"password": "x"`), and passwords among the arguments of well-known programs (`mysql -px`, `redis-cli -a x`, `docker
 * login -p x`). Rather too much than too little: a password may itself contain an @. In linear time.
 */
export function maskText(text: string): string {
	let masked = text;
	for (const secret of ownSecrets) masked = masked.replaceAll(secret, mask);
	if (masked.includes('PRIVATE KEY')) masked = maskKeys(masked);
	masked = maskAddresses(masked.replace(tokenFormat, mask));
	if (mayGiveSecret.test(masked)) masked = maskSpans(masked, secretsOfCommands(masked));
	return mayNameSecret.test(masked) || (option.test(masked) && mayFollowOption.test(masked))
		? maskNamed(masked)
		: masked;
}

/**
 * How every name that announces a secret ends, and what follows it: most log lines contain none, and checking each word
 * takes ten times as long.
 */
const mayNameSecret =
	/(?:pass(?:wd|words?|phrase)?|pwd|secrets?|token|credentials?|authorization|key(?:[_-]?id)?|string|auth|pat|sas|jwt|dsn|cookie|비밀번호|패스워드|암호|비밀키|인증키|토큰)(?:\\{0,7}["'])?\s*[=:]/i;
const option = /(?<![\w.-])-[\w-]/;
const mayFollowOption =
	/(?:-u|user|pass(?:wd|words?|phrase)?|pwd|secrets?|token|credentials?|authorization|key(?:[_-]?id)?|string|auth|pat|sas|jwt|dsn|cookie)\s/i;

/** @param spans in order */
function maskSpans(text: string, spans: readonly Span[]): string {
	let masked = '';
	let done = 0;
	for (const { start, end } of spans) {
		if (start < done) continue;
		masked += text.slice(done, start) + mask;
		done = end;
	}
	return masked + text.slice(done);
}

function maskKeys(text: string): string {
	let masked = '';
	let rest = text;
	for (let found = privateKey.exec(rest); found; found = privateKey.exec(rest)) {
		masked += rest.slice(0, found.index) + mask;
		const end = rest.indexOf(privateKeyEnd, found.index + found[0].length);
		if (end === -1) return masked;
		const dashes = rest.indexOf('-----', end + privateKeyEnd.length);
		rest = dashes === -1 ? '' : rest.slice(dashes + 5);
	}
	return masked + rest;
}

/** Schemes whose user is the secret if there is no password. */
const tokenScheme = /(?:^|[^a-z0-9])https?$/i;
/** What ends the user in an address. */
const endsUser = /[:@/?#]/g;

function maskAddresses(text: string): string {
	if (!text.includes('://') || !text.includes('@')) return text;
	// A space or a quote ends an address; anything else before the last @ may belong to its password.
	return text.replace(/[^\s'"]+/g, run => {
		const lastAt = run.lastIndexOf('@');
		let masked = '';
		let done = 0;
		for (let sign = run.indexOf('://'); sign !== -1 && sign < lastAt; sign = run.indexOf('://', done)) {
			const user = sign + 3;
			endsUser.lastIndex = user;
			const end = endsUser.exec(run)?.index ?? run.length;
			masked += run.slice(done, user);
			done = user;
			if (run[end] === ':') return `${masked}${run.slice(user, end)}:${mask}${run.slice(lastAt)}`;
			if (run[end] !== '@') continue;
			if (tokenScheme.test(run.slice(Math.max(0, sign - 8), sign)) || looksRandom(run.slice(user, end))) {
				masked += mask;
				done = end;
			}
		}
		return masked + run.slice(done);
	});
}

/** A name that a person chose has fewer than twenty characters, or no digits. */
function looksRandom(text: string): boolean {
	return text.length >= 20 && /\d/.test(text);
}

/** The end of a name that announces a secret; its start may be anything. */
const namesSecret =
	/(?:pass(?:wd|words?|phrase)?|pwd|secrets?|token|credentials?|authorization|api[_-]?key|access[_-]?key|(?:secret|private|fernet|signing|encryption|account|shared|master|auth)[_-]?key|access[_-]?key[_-]?id|connection[_-]?string|비밀번호|패스워드|암호|비밀키|인증키|토큰)$|(?:^|[_.-])(?:auth|pat|sas|jwt|dsn|cookie|key)$/i;
/** `key=x` is too common; the special tokens of language models are words. */
const tooCommon = /^-{0,2}(?:key|auth)$|(?:^|[_.-])(?:pad|eos|bos|unk|sep|cls|mask)_token$/i;

function announcesSecret(name: string): boolean {
	const tail = name.slice(-nameLimit);
	return namesSecret.test(tail) && !tooCommon.test(tail);
}

/** A name, and the characters between it and its value; in JSON within JSON each quote has backslashes before it. */
const nameAndSign = /(?<![\w.가-힣-])([\w.가-힣-]+)((?:\\{0,7}["'])?\s*(?:=>|[=:])\s*|\s+)/g;
/** Words before a token in a request header. */
const schemeWord = /(?:Bearer|Basic|Token|Digest|ApiKey|Negotiate)\s+/iy;

function maskNamed(text: string): string {
	let masked = '';
	let done = 0;
	for (const match of text.matchAll(nameAndSign)) {
		const [all, name = '', sign = ''] = match;
		if (match.index < done) continue;
		const start = match.index + all.length;
		const value = valueAfter(text, name, sign, start);
		if (value === null) continue;
		masked += `${text.slice(done, value.start)}${mask}`;
		done = value.end;
	}
	return masked + text.slice(done);
}

/** The place of the secret that this name announces; null if it announces none. */
function valueAfter(text: string, name: string, sign: string, start: number): Span | null {
	const isOption = name.startsWith('-');
	const kind = sign.trim();
	if (kind === '') {
		if (/^-(?:[uU]|-user|-proxy-user)$/.test(name)) return afterColon(text, start);
		return isOption && (announcesSecret(name) || name.endsWith('requirepass')) ? optionValue(text, start) : null;
	}
	if (!announcesSecret(name)) return null;
	schemeWord.lastIndex = start;
	const scheme = schemeWord.exec(text);
	if (scheme) return nonEmpty(text, start + scheme[0].length);
	const quoted = quotedValue(text, start);
	if (quoted) return quoted;
	if (text[start] === '{' || text[start] === '[') return { start, end: endOfGroup(text, start) };
	if (kind.endsWith('=') || kind.endsWith('>')) return nonEmpty(text, start);
	// `password: x` alone on the rest of the line is a value; `password: it must be a text` is a sentence.
	const value = nonEmpty(text, start);
	if (value === null) return null;
	return isEndOfLine(text, value.end) || /^\\*["']/.test(sign) ? value : null;
}

function isEndOfLine(text: string, at: number): boolean {
	const next = text[at];
	return (
		next === undefined || next === '\n' || next === ',' || next === ';' || next === '}' || next === '"' || next === "'"
	);
}

const quoteSign = /["'\n]/g;

/** The start of the backslashes before this place. */
function escapesBefore(text: string, at: number, start: number): number {
	let from = at;
	while (from > start && text[from - 1] === '\\') from--;
	return from;
}

/** A quoted text with its escapes; without a closing quote, up to the end of the line. */
function quotedValue(text: string, start: number): Span | null {
	// Each level of JSON within JSON doubles the backslashes before a quote, and adds one.
	let quoteAt = start;
	while (text[quoteAt] === '\\') quoteAt++;
	const quote = text[quoteAt];
	if (quote !== '"' && quote !== "'") return null;
	const level = quoteAt - start;
	const from = quoteAt + 1;
	quoteSign.lastIndex = from;
	for (let found = quoteSign.exec(text); found; found = quoteSign.exec(text)) {
		const [sign] = found;
		if (sign === '\n') return { start: from, end: found.index };
		const backslashes = found.index - escapesBefore(text, found.index, from);
		if (sign !== quote || Math.floor(backslashes / (level + 1)) % 2 === 1) continue;
		const end = found.index - Math.min(backslashes, level);
		return end > from ? { start: from, end } : null;
	}
	return from < text.length ? { start: from, end: text.length } : null;
}

const groupSign = /[{}[\]"']/g;
const afterGroup = /[\s"'&,;}\]\\]/g;

/** The end of an object or a list, whatever its texts contain; of an incomplete one, the end of the text. */
function endOfGroup(text: string, start: number): number {
	let depth = 0;
	groupSign.lastIndex = start;
	for (let found = groupSign.exec(text); found; found = groupSign.exec(text)) {
		const [sign] = found;
		if (sign === '"' || sign === "'") {
			const opening = escapesBefore(text, found.index, start);
			const value = quotedValue(text, opening);
			// Past the closing quote with its backslashes; an empty text has nothing in between.
			groupSign.lastIndex = value === null ? 2 * found.index + 2 - opening : value.end + found.index - opening + 1;
			continue;
		}
		depth += sign === '{' || sign === '[' ? 1 : -1;
		if (depth > 0) continue;
		// A password may start like a group.
		afterGroup.lastIndex = found.index + 1;
		return afterGroup.exec(text)?.index ?? text.length;
	}
	return text.length;
}

const endsValue = /[\s"'&,;]/g;

/** Up to a space, a quote, or a separator of values; null if nothing is there. */
function nonEmpty(text: string, start: number): Span | null {
	endsValue.lastIndex = start;
	const next = endsValue.exec(text)?.index ?? text.length;
	// The quote's own escapes, in JSON within JSON.
	const end = text[next] === '"' || text[next] === "'" ? escapesBefore(text, next, start) : next;
	return end > start ? { start, end } : null;
}

/** The value after an option; another option is no value. */
function optionValue(text: string, start: number): Span | null {
	return text[start] === '-' ? null : (quotedValue(text, start) ?? nonEmpty(text, start));
}

/** `user:password`, whose password is the secret; two numbers are ids of a user and a group. */
function afterColon(text: string, start: number): Span | null {
	const value = quotedValue(text, start) ?? nonEmpty(text, start);
	if (value === null) return null;
	const pair = text.slice(value.start, value.end);
	const colon = pair.indexOf(':');
	if (colon === -1 || colon === pair.length - 1 || /^\d+:\d+$/.test(pair)) return null;
	return { start: value.start + colon + 1, end: value.end };
}
