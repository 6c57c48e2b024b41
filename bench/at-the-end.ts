/** What has to be undone whatever happens: programs ended, containers removed. */
import { constants } from 'node:os';

const undoing = new Set<() => void>();

/** Has it done when the process ends, in whatever way but SIGKILL. It must not be asynchronous. Returns how to do it now. */
export function atTheEnd(undo: () => void): () => void {
	undoing.add(undo);
	return () => {
		if (undoing.delete(undo)) undo();
	};
}

/** To be called once, before anything is begun. */
export function undoAtTheEnd(): void {
	process.on('exit', () => {
		for (const undo of [...undoing].toReversed()) {
			undoing.delete(undo);
			try {
				undo();
			} catch (error) {
				console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => process.exit(128 + constants.signals[signal]));
	}
}
