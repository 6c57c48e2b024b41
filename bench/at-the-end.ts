/** What has to be undone in any case: programs ended, containers removed. */
import { constants } from 'node:os';

const undoing = new Set<() => void>();

/**
 * Calls `undo` when the process ends, except by SIGKILL. It must be synchronous. Returns a function that does it now.
 */
export function atTheEnd(undo: () => void): () => void {
	undoing.add(undo);
	return () => {
		if (undoing.delete(undo)) undo();
	};
}

/** To be called once, before anything is started. */
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
