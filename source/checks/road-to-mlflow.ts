import { settingOf } from '../diagnosis/airflow-facts.ts';
import type { MessageKey } from '../diagnosis/messages/message.ts';
import type { CheckResult } from '../model/check.ts';
import { type Check, type CheckDeps, one } from './check.ts';
import { command, minute, running, second } from './in-container.ts';

/** Causes of a task's failure that the road may explain. */
const mlflowCauses: ReadonlySet<string> = new Set<MessageKey>(['failed.mlflow.cause', 'failed.mlflow host.cause']);

/** The worker's road to MLflow, as the guide tries it. */
export const roadCheck: Check = {
	name: 'road to MLflow',
	role: 'worker',
	subjects: deps => one(running(deps, 'worker') !== undefined && trackingUrl(deps) !== null),
	everyMs: 10 * minute,
	leastMs: 10 * second,
	afterMs: 8 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		return (
			facts.was(`road to mlflow ${facts.of('worker')?.container ?? ''}`) ||
			facts.signs('mlflow away').length > 0 ||
			facts.signs('host refused').length > 0 ||
			facts.services.some(({ container }) => facts.was(`network cut ${container}`)) ||
			facts.state.findings.some(({ rule, cause }) => rule === 'task failed' && mlflowCauses.has(cause.key))
		);
	},
	async look(deps, _subject, signal): Promise<CheckResult | null> {
		const worker = running(deps, 'worker');
		const url = trackingUrl(deps);
		if (!worker || url === null) return null;
		// An API call, not /health: that one answers to any name.
		const request = `${url.replace(/(?<!\/)\/+$/, '')}/api/2.0/mlflow/experiments/search?max_results=1`;
		const argv = ['curl', '-sS', '-m', '5', '-o', '/dev/null', '-w', 'status %{http_code}\\n', request];
		const { lines } = await command(deps, worker, argv, signal);
		const status = Number(lines.find(line => line.startsWith('status '))?.slice(7) ?? 0);
		const problem = lines.find(line => line.startsWith('curl:')) ?? '';
		return { check: 'road to MLflow', url, httpStatus: status === 0 ? null : status, problem };
	},
};

function trackingUrl(deps: CheckDeps): string | null {
	const facts = deps.facts();
	const url = settingOf(facts, facts.of('worker'), 'MLFLOW_TRACKING_URI');
	return url !== undefined && /^https?:\/\//.test(url) ? url : null;
}
