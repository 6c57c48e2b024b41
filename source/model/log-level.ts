export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/**
 * The level that a line says it has, in the ways of the programs of this stack: Python logging and Airflow (`{x.py:1}
 * INFO -`), Celery (`[…: WARNING/MainProcess]`), gunicorn (`[INFO]`), Postgres (`ERROR:`), key=value, JSON. Null where it
 * says none.
 */
export function logLevel(text: string): LogLevel | null {
	const word = levelWord.exec(text.slice(0, 240))?.[1];
	return word ? (levels[word.toLowerCase()] ?? null) : null;
}

const levelWord =
	/(?:^|[\s[({:,"=|])(debug|info|notice|log|warn|warning|error|err|critical|fatal|panic)(?=["\])/:|\s]|$)(?:["\])/:]|\s+(?:-|\||\S))?/i;

const levels: Readonly<Record<string, LogLevel>> = {
	debug: 'debug',
	info: 'info',
	notice: 'info',
	log: 'info',
	warn: 'warning',
	warning: 'warning',
	error: 'error',
	err: 'error',
	critical: 'error',
	fatal: 'error',
	panic: 'error',
};
