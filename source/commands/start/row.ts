import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing, namedServices, timeout, waitExits, whenHealthy } from '../../command-line/rows/shared-options.ts';

export const startRow: CommandRow = {
	name: 'start',
	group: 'stack',
	summary: ['Start stopped containers', '중지된 컨테이너 시작'],
	arguments: [namedServices],
	options: [whenHealthy, timeout, ...changing],
	changes: true,
	json: 'change',
	examples: [{ line: 'laketop start airflow-worker', does: ['Start a stopped service', '중지된 서비스 시작'] }],
	exits: [waitExits],
	load: () => import('./start.ts'),
};

export const killRow: CommandRow = {
	name: 'kill',
	group: 'stack',
	summary: ['Kill containers immediately (SIGKILL)', '컨테이너 즉시 강제 종료(SIGKILL)'],
	arguments: [namedServices],
	options: changing,
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop kill airflow-worker',
			does: ['Kill a service that does not stop', '중지되지 않는 서비스 강제 종료'],
		},
	],
	load: () => import('./start.ts'),
};
