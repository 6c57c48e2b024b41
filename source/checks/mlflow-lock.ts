import * as z from 'zod/mini';
import { isMlflowFailing } from '../diagnosis/airflow-facts.ts';
import { maskText } from '../model/secrets/secrets.ts';
import { outsideText } from '../model/text/outside-text.ts';
import { type Check, one } from './check.ts';

/**
 * Finds SQLite files that processes of the container have open, and who holds a write lock on them. SQLite locks ranges of
 * the file with fcntl (sqlite.org/lockingv3.html); the kernel lists such locks by process and inode (proc(5), /proc/locks),
 * as far as the processes belong to the reader's PID namespace.
 */
const script = `
import glob, json, os
files = {}
for link in glob.glob('/proc/[0-9]*/fd/*'):
	try:
		path = os.readlink(link)
		if path.endswith(('.db', '.sqlite', '.sqlite3')):
			files[os.stat(link).st_ino] = path
	except OSError:
		pass
holders = []
path = next(iter(files.values()), '')
for line in open('/proc/locks'):
	words = line.split()
	if '->' in words or len(words) < 6 or words[1] != 'POSIX' or words[3] != 'WRITE':
		continue
	pid, inode = words[4], int(words[5].split(':')[2])
	if inode in files and pid != '0':
		try:
			command = open('/proc/' + pid + '/cmdline', 'rb').read().replace(b'\\0', b' ').decode('utf-8', 'replace').strip()
		except OSError:
			continue
		path = files[inode]
		if not any(one['pid'] == int(pid) for one in holders):
			holders.append({'pid': int(pid), 'command': command})
print(json.dumps({'path': path, 'holders': holders[:10]}))
`;

const commandShown = 200;
const answer = z.object({
	path: outsideText,
	holders: z.array(z.object({ pid: z.number(), command: outsideText })),
});

/** Made only while MLflow fails, or its log reports a locked database. */
export const mlflowLockCheck: Check = {
	name: 'mlflow lock',
	role: 'mlflow',
	subjects: ({ facts }) => one(facts().of('mlflow')?.it.container.state === 'running'),
	everyMs: Number.POSITIVE_INFINITY,
	leastMs: 15_000,
	isUrgent: ({ facts }) => isMlflowFailing(facts()) || facts().signs('mlflow database locked').length > 0,
	async look({ docker, facts }, _subject, signal) {
		const mlflow = facts().of('mlflow');
		if (!mlflow) return null;
		const { lines } = await docker.runIn(mlflow.it.container.id, ['python', '-c', script], { limitMs: 10_000 }, signal);
		const { path, holders } = answer.parse(JSON.parse(lines.at(-1) ?? ''));
		return {
			check: 'mlflow lock',
			path,
			holders: holders.map(({ pid, command }) => ({
				pid,
				command: maskText(command).slice(0, commandShown),
				isServer: /\bgunicorn\b|\buvicorn\b|\bmlflow\b.{0,300}\bserver\b/.test(command),
			})),
		};
	},
};
