import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { headOfFile } from '../clients/regular-file.ts';
import type { Service } from '../diagnosis/facts.ts';
import { defaultDagFolder } from '../model/airflow/dag-folder.ts';
import type { DagFile } from '../model/check.ts';
import { cleanText } from '../model/text/clean-text.ts';
import { type Check, type CheckDeps, one } from './check.ts';

/** Larger trees are a whole repository with DAGs in it: the rest is skipped. */
const filesSeen = 500;
const depthSeen = 4;
/** Bytes that are read to recognise a DAG file. */
const bytesRead = 200_000;

/** The scheduler's DAG folder, from its settings or the default of the image. */
export function dagFolderOf(deps: CheckDeps, scheduler: Service): string {
	const setup = deps.facts().check('setup', scheduler.it.container.id)?.setup;
	return setup?.settings.AIRFLOW__CORE__DAGS_FOLDER ?? defaultDagFolder;
}

/** The mount of the folder, and its path on the host. */
function mountOf(scheduler: Service, folder: string): { source: string } | null {
	const mount = scheduler.it.container.mounts.find(
		({ destination }) => folder === destination || folder.startsWith(`${destination}/`),
	);
	if (!mount) return null;
	return { source: join(mount.source, folder.slice(mount.destination.length)) };
}

/** The DAG folder on this host: files, modes, owners. Costs the containers nothing. */
export function dagFolderCheck(): Check {
	const heads: Heads = new Map();
	return {
		name: 'dag folder',
		role: 'dag reader',
		subjects: deps => one(deps.facts().of('dag reader') !== undefined),
		everyMs: 5000,
		leastMs: 2000,
		afterMs: 500,
		async look(deps) {
			const scheduler = deps.facts().of('dag reader');
			if (!scheduler || !deps.facts().check('setup', scheduler.it.container.id)) return null;
			const folder = dagFolderOf(deps, scheduler);
			const mount = mountOf(scheduler, folder);
			if (!mount) return { check: 'dag folder', folder, isMounted: false, host: null, hostId: null };
			if (!deps.isHere) return { check: 'dag folder', folder, isMounted: true, host: null, hostId: null };
			const user = userOf(deps, scheduler);
			try {
				const { dev, ino } = await stat(mount.source);
				const files = await listFiles(mount.source, folder, user, heads);
				return { check: 'dag folder', folder, isMounted: true, host: files, hostId: `${dev}:${ino}` };
			} catch {
				// Deleted, not merely invisible from here: its parent folder exists.
				const isGone = await stat(dirname(mount.source)).then(
					() => true,
					() => false,
				);
				return { check: 'dag folder', folder, isMounted: true, host: null, hostId: isGone ? 'missing' : null };
			}
		},
	};
}

type User = { readonly uid: number; readonly gid: number };

/** The user as numbers; null where only the container knows. The image's own is 50000, in the group 0. */
function userOf(deps: CheckDeps, scheduler: Service): User | null {
	const user = deps.facts().check('setup', scheduler.it.container.id)?.setup.user ?? '';
	if (user === '' || user === 'airflow') return { uid: 50_000, gid: 0 };
	const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(user) ?? [];
	return uid === undefined ? null : { uid: Number(uid), gid: Number(gid ?? 0) };
}

async function listFiles(root: string, folder: string, user: User | null, heads: Heads): Promise<DagFile[]> {
	const files: DagFile[] = [];
	const walk = async (relative: string, depth: number, isOpen: boolean): Promise<void> => {
		const entries = await readdir(join(root, relative), { withFileTypes: true });
		for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
			const path = join(relative, entry.name);
			if (files.length >= filesSeen || entry.name.startsWith('.') || entry.name === '__pycache__') continue;
			if (entry.isDirectory() && depth < depthSeen) {
				const { mode, uid, gid } = await stat(join(root, path));
				// A folder needs search permission.
				const isSearched = isOpen && (user === null || allowed(mode, 0o1, { uid, gid }, user));
				await walk(path, depth + 1, isSearched).catch(() => undefined);
			} else if (entry.name.endsWith('.py')) {
				const file = await fileOf(join(root, path), join(folder, path), { user, isOpen, heads });
				if (file) files.push(file);
			}
		}
	};
	await walk('', 0, true);
	return files;
}

type FolderContext = { readonly user: User | null; readonly isOpen: boolean; readonly heads: Heads };

async function fileOf(path: string, inside: string, { user, isOpen, heads }: FolderContext): Promise<DagFile | null> {
	try {
		const stats = await stat(path);
		if (!stats.isFile()) return null;
		const { mode, uid, gid, size, mtimeMs } = stats;
		const isReadable = user === null ? null : isOpen && allowed(mode, 0o4, { uid, gid }, user);
		return {
			path: cleanText(inside),
			mode: (mode & 0o7777).toString(8).padStart(3, '0'),
			uid,
			sizeBytes: size,
			modifiedAt: Math.round(mtimeMs),
			looksLikeDag: await looksLikeDag(heads, path, `${mtimeMs} ${size}`),
			isReadable,
		};
	} catch {
		// A broken link, or deleted meanwhile.
		return null;
	}
}

/** Whether the mode bits allow it, as POSIX decides: owner, else group, else others. Access lists are not seen. */
function allowed(mode: number, bit: number, of: { uid: number; gid: number }, user: User): boolean {
	if (user.uid === 0) return true;
	const shift = of.uid === user.uid ? 6 : of.gid === user.gid ? 3 : 0;
	return ((mode >> shift) & bit) !== 0;
}

/** Whether each file is a DAG file, by path; valid while the file does not change. */
type Heads = Map<string, { readonly state: string; readonly is: boolean | null }>;

/**
 * Airflow parses files that contain the words `dag` and `airflow` (might_contain_dag, safe mode), which helpers may do as
 * well. A file that calls DAG or uses the decorator is meant as a DAG file.
 */
async function looksLikeDag(heads: Heads, path: string, state: string): Promise<boolean | null> {
	const before = heads.get(path);
	if (before?.state === state) return before.is;
	if (heads.size > 2 * filesSeen) heads.clear();
	const is = await headOfFile(path, bytesRead).then(
		text => /airflow/i.test(text) && /\bDAG\s*\(|@dag\b/.test(text),
		() => null,
	);
	heads.set(path, { state, is });
	return is;
}
