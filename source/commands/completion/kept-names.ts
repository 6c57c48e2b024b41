import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readPrivateFile, writePrivateFile } from '../../clients/private-file.ts';
import { cleanText } from '../../model/text/clean-text.ts';

/** Names from a server, stored for the next completion. */
export type KeptNames = {
	/** null: none, or too old. */
	read(question: string): { readonly names: readonly string[]; readonly ageMs: number } | null;
	keep(question: string, names: readonly string[]): void;
	/** Notes that a process asks again; false if one has been asking for less than its time. */
	startAsking(question: string): boolean;
};

/** Names older than this are more likely wrong than helpful. */
const keptMs = 5 * 60_000;
/** Time limit of the background process, ms. */
export const refreshMs = 10_000;
/** One question per kind and stack: more than a user has at hand. */
const questionsKept = 60;
/** More do not fit on a screen; and the file stays readable within a few milliseconds. */
const namesKept = 500;

const entrySchema = z.object({
	question: z.string(),
	at: z.number(),
	askedAt: z.number(),
	names: z.array(z.string()),
});
type Entry = z.infer<typeof entrySchema>;
const fileSchema = z.object({ answers: z.array(entrySchema) });

type Environment = Readonly<Record<string, string | undefined>>;

/** Below `$XDG_CACHE_HOME/laketop` (XDG base directory specification). */
export function keptNamesPath({ XDG_CACHE_HOME, HOME }: Environment): string {
	return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'laketop', 'completion.json');
}

/** @param now ms since the epoch */
export function keptNamesIn(path: string, now: () => number): KeptNames {
	const load = (): Entry[] => {
		try {
			return fileSchema.parse(JSON.parse(readPrivateFile(path) ?? '')).answers;
		} catch {
			return [];
		}
	};
	const put = (entry: Entry) => {
		const others = load().filter(({ question }) => question !== entry.question);
		writePrivateFile(path, JSON.stringify({ answers: [entry, ...others].slice(0, questionsKept) }));
	};
	// Addresses may hold a login.
	const find = (question: string) => load().find(entry => entry.question === digest(question));
	return {
		read(question) {
			const entry = find(question);
			const ageMs = entry ? now() - entry.at : Number.POSITIVE_INFINITY;
			if (!entry || ageMs < 0 || ageMs > keptMs) return null;
			return { names: entry.names.map(name => cleanText(name)), ageMs };
		},
		keep(question, names) {
			put({ question: digest(question), at: now(), askedAt: 0, names: names.slice(0, namesKept) });
		},
		startAsking(question) {
			const entry = find(question);
			if (entry && now() - entry.askedAt < refreshMs) return false;
			put({ question: digest(question), at: entry?.at ?? 0, askedAt: now(), names: entry?.names ?? [] });
			return true;
		},
	};
}

function digest(question: string): string {
	return createHash('sha256').update(question).digest('hex');
}
