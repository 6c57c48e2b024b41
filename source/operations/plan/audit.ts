import {
	appendFileSync,
	chmodSync,
	closeSync,
	constants,
	existsSync,
	fstatSync,
	mkdirSync,
	openSync,
	writeSync,
} from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { demandRegular } from '../../clients/regular-file.ts';
import { describe } from '../../model/failures/described-error.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { maskedText, outsideText } from '../../model/text/outside-text.ts';
import { type Message, phrase } from '../../words/message.ts';

/** An action of a user, as a line of JSON in the audit file. It holds no conf, password or environment. */
export type AuditEntry = {
	/** RFC 3339, UTC. */
	readonly at: string;
	readonly user: string;
	/** Where the action was started. */
	readonly by: 'screen' | 'command';
	readonly project: string | null;
	readonly action: string;
	readonly targets: readonly string[];
	readonly event: 'started' | 'done' | 'failed' | 'unknown';
	/** The outcome; empty in the entry of the start. */
	readonly message: string;
};

/** Takes an entry; returns why it could not be stored, or null. */
export type Audit = (entry: AuditEntry) => Message | null;

/** `$XDG_STATE_HOME/laketop/audit.jsonl` (XDG base directory specification). */
export function auditPath(environment: Readonly<Record<string, string | undefined>>): string {
	return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'laketop', 'audit.jsonl');
}

/**
 * Appends to a file that only its owner may read. Each line is a single `write`, so that lines of two laketops do not
 * mix.
 */
export function fileAudit(path: string): Audit {
	return entry => {
		try {
			if (!existsSync(path)) {
				mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
				appendFileSync(path, '', { mode: 0o600 });
				chmodSync(path, 0o600);
			}
			append(path, `${JSON.stringify(withoutSecrets(entry))}\n`);
			return null;
		} catch (error) {
			return phrase(['{path}: {why}', '{path}: {why}'], { path, why: describe(error) });
		}
	};
}

/** Only a regular file: a named pipe would wait for a reader, a device would lose the record. */
function append(path: string, line: string): void {
	const file = openSync(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0));
	try {
		demandRegular(fstatSync(file));
		writeSync(file, line);
	} finally {
		closeSync(file);
	}
}

/** Names hold no secret, but people paste anything into notes and commands. */
function withoutSecrets(entry: AuditEntry): AuditEntry {
	return { ...entry, targets: entry.targets.map(maskText), message: maskText(entry.message) };
}

/** The user's name on this system, else the number. */
export function userName(): string {
	try {
		return userInfo().username;
	} catch {
		return String(process.getuid?.() ?? 'unknown');
	}
}

export const auditEntrySchema = z.object({
	at: outsideText,
	user: outsideText,
	by: z.enum(['screen', 'command']),
	project: z.nullable(outsideText),
	action: outsideText,
	targets: z.array(outsideText),
	event: z.enum(['started', 'done', 'failed', 'unknown']),
	message: maskedText,
});

/** The entries of an audit file, in order. Unreadable lines, for example from a full disk, are left out. */
export function readAudit(text: string): AuditEntry[] {
	return text.split('\n').flatMap(line => {
		if (line.trim() === '') return [];
		try {
			return [auditEntrySchema.parse(JSON.parse(line))];
		} catch {
			return [];
		}
	});
}
