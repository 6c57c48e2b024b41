import { settingOf } from '../diagnosis/airflow-facts.ts';
import type { CheckResult } from '../model/check.ts';
import { type Check, one } from './check.ts';
import { command, minute, running, second } from './in-container.ts';

/** Whether the Airflow user can write to the log folder. */
export const logsFolderCheck: Check = {
	name: 'logs folder',
	role: 'scheduler',
	subjects: deps => one(running(deps, 'scheduler') !== undefined),
	everyMs: 10 * minute,
	leastMs: 10 * second,
	afterMs: 6 * second,
	isUrgent: deps =>
		deps.facts().signs('logs not writable').length > 0 || deps.facts().was('logs folder /opt/airflow/logs'),
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const scheduler = running(deps, 'scheduler');
		if (!scheduler) return null;
		const folder = settingOf(deps.facts(), scheduler, 'AIRFLOW__LOGGING__BASE_LOG_FOLDER') ?? '/opt/airflow/logs';
		const script = 'test ! -e "$1" || test -w "$1" || { ls -ldn "$1"; exit 3; }';
		const { exitCode, lines } = await command(deps, scheduler, ['sh', '-c', script, 'sh', folder], signal);
		const words = lines.at(-1) ?? '';
		return { check: 'logs folder', isWritable: !(exitCode === 3 && /^d/.test(words)), words };
	},
};
