import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { readPrivateFile, writePrivateFile } from '../private-file.ts';
import type { PlainLogin } from './plain-login.ts';

/**
 * Sessions of Airflow 2 and tokens of Airflow 3 that one command leaves for the next. A login costs the webserver a
 * password hash and a row in its table of sessions, and more than five within 40 s lock out everybody from the same
 * address (`[webserver] auth_rate_limit`): a script that polls every second would.
 */
export type KeptSessions = {
	/**
	 * The Cookie header of a session of this login, or its token, by the address that issued it; empty if this API
	 * accepts no sessions; null: unknown.
	 */
	read(address: string, login: PlainLogin): string | null;
	/** An empty cookie: this API accepts no sessions. */
	keep(address: string, login: PlainLogin, cookie: string): void;
	/** Only that one: another process may have stored a new one meanwhile. */
	forget(address: string, login: PlainLogin, cookie: string): void;
	/** Until when this address accepts no logins, ms since the epoch; 0: nothing is known against one. */
	closedUntil(address: string): number;
	/** The address accepts no logins until then, ms since the epoch. */
	close(address: string, until: number): void;
};

/** Stores nothing for other processes. */
export function noSessions(): KeptSessions {
	const closed = new Map<string, number>();
	return {
		read: () => null,
		keep: () => undefined,
		forget: () => undefined,
		closedUntil: address => closed.get(address) ?? 0,
		close: (address, until) => closed.set(address, until),
	};
}

/** Compared or sent, never shown. */
export const kept = z.string().check(z.maxLength(8192));
const entrySchema = z.object({
	address: kept,
	username: kept,
	/** A session belongs to a password: with another one it is not used. Hex. */
	salt: kept,
	check: kept,
	cookie: kept,
});
type Entry = z.infer<typeof entrySchema>;
const closedSchema = z.object({ address: kept, until: z.number() });
type Closed = z.infer<typeof closedSchema>;
export const fileSchema = z.object({ sessions: z.array(entrySchema), closed: z.optional(z.array(closedSchema)) });

/** Maximum addresses and users. */
const entriesKept = 20;
/** A few milliseconds, which each command pays. The file is as private as the source of the password. */
const cost = { N: 4096 };

function checkOf(password: string, salt: string): Buffer {
	return scryptSync(password, Buffer.from(salt, 'hex'), 32, cost);
}

/**
 * Sessions in a file that only its owner may read; one that others may read or write, or own, is not used. Problems
 * with it must not fail a command: then there is no session.
 */
export function sessionsIn(path: string): KeptSessions {
	const file = (): { readonly sessions: readonly Entry[]; readonly closed: readonly Closed[] } => {
		try {
			const { sessions, closed = [] } = fileSchema.parse(JSON.parse(readPrivateFile(path) ?? ''));
			return { sessions, closed: closed.filter(({ until }) => until > Date.now()) };
		} catch {
			return { sessions: [], closed: [] };
		}
	};
	const load = () => file().sessions;
	const write = (sessions: readonly Entry[], closed: readonly Closed[]) =>
		writePrivateFile(
			path,
			JSON.stringify({
				sessions: sessions.slice(0, entriesKept),
				...(closed.length > 0 ? { closed: closed.slice(0, entriesKept) } : {}),
			}),
		);
	const save = (sessions: readonly Entry[]) => write(sessions, file().closed);
	const isOf =
		(address: string, { username }: PlainLogin) =>
		(entry: Entry) =>
			entry.address === address && entry.username === username;
	return {
		read(address, login) {
			const entry = load().find(isOf(address, login));
			if (!entry) return null;
			try {
				const check = Buffer.from(entry.check, 'hex');
				return timingSafeEqual(check, checkOf(login.password, entry.salt)) ? entry.cookie : null;
			} catch {
				return null;
			}
		},
		keep(address, login, cookie) {
			const salt = randomBytes(16).toString('hex');
			const check = checkOf(login.password, salt).toString('hex');
			const others = load().filter(entry => !isOf(address, login)(entry));
			save([{ address, username: login.username, salt, check, cookie }, ...others]);
		},
		forget(address, login, cookie) {
			const all = load();
			const others = all.filter(entry => !isOf(address, login)(entry) || entry.cookie !== cookie);
			if (others.length !== all.length) save(others);
		},
		closedUntil: address => file().closed.find(one => one.address === address)?.until ?? 0,
		close(address, until) {
			const { sessions, closed } = file();
			write(sessions, [{ address, until }, ...closed.filter(one => one.address !== address)]);
		},
	};
}
