/** What stands where a secret was. */
export const mask = '•••';

/** Names whose values nobody should read over somebody's shoulder. */
const secretName = /pass(?:$|_|wd|word|phrase)|pwd|secret|token|key|credential|fernet|dsn/i;
/** Names that only look so: shells keep the working folder in them. */
const harmlessNames: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

export function isSecretName(name: string): boolean {
	return secretName.test(name) && !harmlessNames.has(name);
}

/** The value of an environment variable, label or option as it may be shown. An empty value hides nothing. */
export function maskValue(name: string, value: string): string {
	if (value === '') return value;
	return isSecretName(name) ? mask : maskText(value);
}

/**
 * A text with what gives a password away replaced: passwords in addresses (`postgresql://user:pass@host`), values of
 * assignments and options whose name says so (`--password=x`, `--password x`, `API_TOKEN=x`, `?token=x`), fields of JSON
 * and of Python's dictionaries (`"password": "x"`), which errors of a database hold.
 * Rather too much than too little: a password may itself hold an @.
 */
export function maskText(text: string): string {
	return text
		.replace(inAddress, `$1:${mask}@`)
		.replace(assigned, `$1${mask}`)
		.replace(optionValue, `$1${mask}`)
		.replace(field, `$1$3${mask}$3`);
}

const inAddress = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*):[^\s'"]*@/gi;
const named = '(?:pass(?:wd|word|phrase)?|pwd|secret|token|api_?key|access_?key|secret_?key|fernet_?key|credentials?)';
const assigned = new RegExp(`((?:[\\w-]*[_-])?${named}\\s*=\\s*["']?)[^\\s"'&,;]+`, 'gi');
const field = new RegExp(`((['"])(?:[\\w-]*[_-])?${named}\\2\\s*:\\s*)(['"]).*?\\3`, 'gi');
const optionValue = new RegExp(`(--?(?:[\\w-]*-)?(?:require)?${named}\\s+["']?)[^\\s"'-][^\\s"']*`, 'gi');
