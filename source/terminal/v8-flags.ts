/**
 * Major versions of Node whose V8 has the flags that laketop sets: another one would print errors about unknown flags on
 * the screen.
 */
const tried = ['22', '24', '26'];

export function flagsAreKnown(): boolean {
	return tried.includes(process.versions.node.split('.')[0] ?? '');
}
