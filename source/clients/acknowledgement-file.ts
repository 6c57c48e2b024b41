import { randomBytes } from 'node:crypto';
import {
	accessSync,
	closeSync,
	constants,
	fstatSync,
	openSync,
	readFileSync,
	renameSync,
	statSync,
	writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
	type Acknowledgement,
	type AcknowledgementsProblem,
	acknowledgementsProblem,
} from '../model/acknowledgement.ts';
import { describe } from '../model/failures/described-error.ts';
import { maskText } from '../model/secrets/secrets.ts';
import { cleanText } from '../model/text/clean-text.ts';
import { outsideText } from '../model/text/outside-text.ts';
import type { Message } from '../words/message.ts';
import { type LockPatience, withLock } from './file-lock.ts';

/** The stack of a finding: the same finding of another stack is a different one. */
export type StackKey = {
	/** Address of the engine. */
	readonly engine: string;
	/** Compose project; empty without one. */
	readonly project: string;
};

export type StoredAcknowledgements = {
	readonly acknowledgements: Acknowledgement[];
	/** Why some or all of it was not read; null if all was. */
	readonly problem: AcknowledgementsProblem | null;
};

/** Where acknowledgements are stored. Nothing throws: problems are returned. */
export type AcknowledgementStore = {
	/** Another text whenever the content may have changed. */
	stamp(): string;
	read(stack: StackKey): StoredAcknowledgements;
	/** Resolves with the reason why it was not saved, or null. */
	add(stack: StackKey, acknowledgement: Acknowledgement): Promise<AcknowledgementsProblem | null>;
	/** `event`: removed by a user, or cleared with its finding. */
	end(
		stack: StackKey,
		findingId: string,
		event: 'removed' | 'cleared',
		at: number,
	): Promise<AcknowledgementsProblem | null>;
};

/** Longest note, characters. */
export const maxNoteLength = 200;
/** Each line is a single write of one page at most: two writers never mix theirs. */
const longestLine = 4096;
/** Larger files are not read: nobody has thousands of acknowledgements. */
const maxFileBytes = 1024 * 1024;
/** From this size on, ended acknowledgements are removed. */
const compactFrom = 64 * 1024;

const recordSchema = z.object({
	engine: outsideText,
	project: outsideText,
	finding: outsideText,
	event: z.enum(['acknowledged', 'removed', 'cleared']),
	note: outsideText,
	by: outsideText,
	at: z.number(),
	until: z.nullable(z.number()),
});
type Record = z.infer<typeof recordSchema>;

/** In memory, for a demo: nobody needs them afterwards. */
export function acknowledgementsInMemory(): AcknowledgementStore {
	const records: Record[] = [];
	return {
		stamp: () => String(records.length),
		read: stack => ({ acknowledgements: heldOf(records, stack), problem: null }),
		add: async (stack, acknowledgement) => {
			records.push(recordOf(stack, acknowledgement));
			return null;
		},
		end: async (stack, findingId, event, at) => {
			records.push(endOf(stack, findingId, event, at));
			return null;
		},
	};
}

/** Shared by all users of the host, if an administrator has created it. */
const sharedFolder = '/var/lib/laketop';

/**
 * `/var/lib/laketop/acknowledgements.jsonl` if that folder exists and is writable, so that all users of the host share
 * it; else the user's own `$XDG_STATE_HOME/laketop/acknowledgements.jsonl`.
 */
export function acknowledgementsPath(
	environment: Readonly<{ [name: string]: string | undefined }>,
	shared: string = sharedFolder,
): { readonly path: string; readonly isShared: boolean } {
	const own = join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'laketop');
	const isShared = mayWrite(shared);
	return { path: join(isShared ? shared : own, 'acknowledgements.jsonl'), isShared };
}

function mayWrite(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
		return statSync(folder).isDirectory();
	} catch {
		return false;
	}
}

type FileOptions = {
	readonly path: string;
	readonly isShared: boolean;
	readonly patience?: LockPatience;
};

/**
 * Records in a file, one per line, append-only: the last one of a finding counts. Unreadable lines are left unchanged.
 */
export function acknowledgementsIn({ path, isShared, patience = {} }: FileOptions): AcknowledgementStore {
	const write = (record: Record) =>
		withLock(path, patience, () => append(path, record, isShared), {
			held: lock => acknowledgementsProblem('locked', { path: lock }),
			failed: error => acknowledgementsProblem('not written', { path, detail: describe(error) }),
		});
	return {
		stamp: () => {
			const found = statSync(path, { throwIfNoEntry: false });
			return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
		},
		read: stack => {
			const { records, problem } = load(path, isShared);
			return { acknowledgements: heldOf(records, stack), problem };
		},
		add: (stack, acknowledgement) => write(recordOf(stack, acknowledgement)),
		end: (stack, findingId, event, at) => write(endOf(stack, findingId, event, at)),
	};
}

function recordOf(stack: StackKey, one: Acknowledgement): Record {
	const { findingId: finding, note, by, acknowledgedAt: at, until } = one;
	return {
		...stack,
		finding,
		event: 'acknowledged',
		note: maskText(cleanText(note)).slice(0, maxNoteLength),
		by,
		at,
		until,
	};
}

function endOf(stack: StackKey, finding: string, event: 'removed' | 'cleared', at: number): Record {
	return { ...stack, finding, event, note: '', by: '', at, until: null };
}

const isOf = (stack: StackKey) => (record: Record) =>
	record.engine === stack.engine && record.project === stack.project;

/** The acknowledgements of a stack: the last record of each finding. */
function heldOf(records: readonly Record[], stack: StackKey): Acknowledgement[] {
	const last = new Map(records.filter(isOf(stack)).map(record => [record.finding, record]));
	return [...last.values()]
		.filter(({ event }) => event === 'acknowledged')
		.map(({ finding, note, by, at, until }) => ({
			findingId: finding,
			note: maskText(cleanText(note)).slice(0, maxNoteLength),
			by: cleanText(by).slice(0, 64),
			acknowledgedAt: at,
			until,
		}));
}

type Loaded = Pick<StoredAcknowledgements, 'problem'> & { readonly records: Record[]; readonly garbled: string[] };

function load(path: string, isShared: boolean): Loaded {
	const nothing = (problem: Loaded['problem']): Loaded => ({ records: [], garbled: [], problem });
	const refused = (code: AcknowledgementsProblem['code'], detail: Message | null = null) =>
		nothing(acknowledgementsProblem(code, { path, detail }));
	let file: number | undefined;
	try {
		// Not a link to another place, nor a pipe that would block.
		file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
		const found = fstatSync(file);
		if (!found.isFile()) return refused('not a file');
		if (!isShared && found.uid !== process.getuid?.()) return refused('other owner');
		if (!isShared && (found.mode & 0o022) !== 0) return refused('others may write');
		if (found.size > maxFileBytes) return refused('too large');
		return parse(readFileSync(file, 'utf8'), path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothing(null);
		return refused('unreadable', describe(error));
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

function parse(text: string, path: string): Loaded {
	const records: Record[] = [];
	const garbled: string[] = [];
	for (const line of text.split('\n')) {
		if (line.trim() === '') continue;
		const record = line.length > longestLine ? undefined : recordIn(line);
		if (record) records.push(record);
		else garbled.push(line);
	}
	const lines = garbled.length;
	return { records, garbled, problem: lines === 0 ? null : acknowledgementsProblem('garbled', { path, lines }) };
}

function recordIn(line: string): Record | undefined {
	try {
		const found = recordSchema.safeParse(JSON.parse(line));
		return found.success ? found.data : undefined;
	} catch {
		return undefined;
	}
}

function append(path: string, record: Record, isShared: boolean): AcknowledgementsProblem | null {
	const line = `${JSON.stringify(record)}\n`;
	if (Buffer.byteLength(line) > longestLine) return acknowledgementsProblem('name too long');
	const before = load(path, isShared);
	// Nothing is added to an untrusted or unreadable file, whose content must not change.
	if (before.problem !== null && before.problem.code !== 'garbled') return before.problem;
	if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > compactFrom) compact(path, before, isShared, record.at);
	const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
	const file = openSync(path, flags, isShared ? 0o660 : 0o600);
	try {
		// An incomplete line, for example from a full disk, must not swallow this one.
		writeSync(file, endsCleanly(path) ? line : `\n${line}`);
	} finally {
		closeSync(file);
	}
	return null;
}

function endsCleanly(path: string): boolean {
	const text = readFileSync(path);
	return text.length === 0 || text.at(-1) === 10;
}

/** Removes ended acknowledgements, in one step, so that a reader gets the old file or the new one. */
function compact(path: string, { records, garbled }: Loaded, isShared: boolean, now: number): void {
	const last = new Map(records.map(record => [[record.engine, record.project, record.finding].join('\n'), record]));
	const kept = [...last.values()].filter(
		({ event, until }) => event === 'acknowledged' && (until === null || until > now),
	);
	const text = [...garbled, ...kept.map(record => JSON.stringify(record))].map(line => `${line}\n`).join('');
	const draft = `${path}.${randomBytes(8).toString('hex')}`;
	const file = openSync(draft, 'wx', isShared ? 0o660 : 0o600);
	try {
		writeSync(file, text);
	} finally {
		closeSync(file);
	}
	renameSync(draft, path);
}
