/** The terminal emulator of the benchmark: a screen of 120×40 without scrollback. */
import { createRequire } from 'node:module';
import { widthProvider } from '../test/terminal/cell-width.ts';

// The package is CommonJS, whose exports Node cannot import by name.
const { Terminal }: typeof import('@xterm/headless') = createRequire(import.meta.url)('@xterm/headless');

export const columns = 120;
export const rows = 40;

export function newEmulator(): InstanceType<typeof Terminal> {
	const emulator = new Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
	const provider = widthProvider(false);
	emulator.unicode.register(provider);
	emulator.unicode.activeVersion = provider.version;
	return emulator;
}
