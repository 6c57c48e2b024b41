/**
 * The variables by which `faketime` sets the clock of this run, for the environment of a program that a test starts: it
 * talks to servers of this process, so both need the same time. Empty without `faketime`.
 */
export function fakedClock(): Record<string, string> {
	const { env } = process;
	if (env.FAKETIME === undefined) return {};
	const names = Object.keys(env).filter(name => name === 'LD_PRELOAD' || name.startsWith('FAKETIME'));
	return Object.fromEntries(names.map(name => [name, env[name] ?? '']));
}
