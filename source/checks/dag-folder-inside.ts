import type { CheckResult, DagFile } from '../model/check.ts';
import { type Check, one } from './check.ts';
import { dagFolderOf } from './dag-folder.ts';
import { command, minute, running, second } from './in-container.ts';

/** The DAG folder as the scheduler sees it: whether it is the host's, and which files the Airflow user can read. */
export const dagFolderInsideCheck: Check = {
	name: 'dag folder inside',
	role: 'dag reader',
	subjects: deps => one(running(deps, 'dag reader') !== undefined),
	everyMs: 10 * minute,
	leastMs: 5 * second,
	afterMs: 5 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		const outside = facts.check('dag folder');
		const inside = facts.check('dag folder inside');
		if (!outside || !inside) return false;
		if (outside.hostId !== null && outside.hostId !== inside.id) return true;
		const isKnown = (file: DagFile) =>
			inside.files.some(one => one.path === file.path && one.mode === file.mode && one.uid === file.uid);
		// Only the container knows whether a file that the mode bits forbid is readable.
		return (
			outside.host?.some(file => file.isReadable !== true && !isKnown(file)) ?? facts.was(`dag missing ${facts.dagId}`)
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const scheduler = running(deps, 'dag reader');
		if (!scheduler) return null;
		const folder = dagFolderOf(deps, scheduler);
		const script =
			'stat -c "id %d:%i" "$1" || exit 0; find "$1" -maxdepth 4 -name "*.py" -not -path "*/.*" -printf "%m %U %s %T@ " \\( -readable -printf "r" -o -printf "-" \\) -printf " %p\\n" | head -n 500';
		const { lines } = await command(deps, scheduler, ['sh', '-c', script, 'sh', folder], signal);
		const id = lines.find(line => line.startsWith('id '))?.slice(3) ?? null;
		const files = lines.flatMap((line): DagFile[] => {
			const [, mode = '', uid, size, time, readable, path = ''] =
				/^(\d+) (\d+) (\d+) ([\d.]+) ([r-]) (.+)$/.exec(line) ?? [];
			if (uid === undefined) return [];
			return [
				{
					path,
					mode: mode.padStart(3, '0'),
					uid: Number(uid),
					sizeBytes: Number(size),
					modifiedAt: Math.round(Number(time) * 1000),
					looksLikeDag: null,
					isReadable: readable === 'r',
				},
			];
		});
		return { check: 'dag folder inside', exists: id !== null, id, files };
	},
};
