import { randomBytes } from 'node:crypto';
import { constants, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { describe } from '../model/failures/described-error.ts';
import { type ChosenColumns, withColumns } from '../model/run-columns.ts';
import { outsideText } from '../model/text/outside-text.ts';
import { type Message, phrase } from '../words/message.ts';
import { type LockPatience, withLock } from './file-lock.ts';
import { readRegularFile } from './regular-file.ts';

/** Where chosen columns are kept. Nothing throws. */
export type ColumnStore = {
	/** None if they cannot be read: the usual columns do as well. */
	readonly read: () => Promise<ChosenColumns>;
	/** `ids` null: the usual columns again. Resolves with the reason why it was not saved, or null. */
	readonly save: (experiment: string, ids: readonly string[] | null) => Promise<Message | null>;
};

/** `$XDG_STATE_HOME/laketop/columns.json` (XDG base directory specification). */
export function columnsPath(environment: Readonly<Record<string, string | undefined>>): string {
	return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'laketop', 'columns.json');
}

export const columnFileSchema = z.object({
	'mlflow-runs': z.record(outsideText, z.array(outsideText)),
});

/** The columns in a file, which all stacks share: an experiment has its metrics wherever it runs. */
export function columnsIn(path: string, patience: LockPatience = {}): ColumnStore {
	return {
		read: async () => columnsOf(path),
		save: (experiment, ids) =>
			withLock(path, patience, () => replace(path, withColumns(columnsOf(path), experiment, ids)), {
				held: lock => notSaved(lock, phrase(['another laketop holds it', '다른 laketop이 사용 중입니다'])),
				failed: error => notSaved(path, describe(error)),
			}),
	};
}

/** In memory, for a demo. */
export function columnsInMemory(): ColumnStore {
	let known: ChosenColumns = {};
	return {
		read: async () => known,
		save: async (experiment, ids) => {
			known = withColumns(known, experiment, ids);
			return null;
		},
	};
}

function notSaved(path: string, why: Message): Message {
	return phrase(['Columns are not saved in {path}: {why}', '열을 {path}에 저장하지 못했습니다: {why}'], { path, why });
}

function columnsOf(path: string): ChosenColumns {
	try {
		const text = readRegularFile(path, { flags: constants.O_NOFOLLOW });
		// Bounds what somebody wrote by hand.
		return Object.entries(columnFileSchema.parse(JSON.parse(text))['mlflow-runs']).reduce<ChosenColumns>(
			(known, [experiment, ids]) => withColumns(known, experiment, ids),
			{},
		);
	} catch {
		return {};
	}
}

/** In one step, so that a reader gets the old file or the new one. */
function replace(path: string, columns: ChosenColumns): null {
	const draft = `${path}.${randomBytes(8).toString('hex')}`;
	try {
		writeFileSync(draft, `${JSON.stringify({ 'mlflow-runs': columns })}\n`, { mode: 0o600, flag: 'wx' });
		renameSync(draft, path);
	} catch (error) {
		rmSync(draft, { force: true });
		throw error;
	}
	return null;
}
