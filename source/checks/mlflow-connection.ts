import { settingOf } from '../diagnosis/airflow-facts.ts';
import type { MessageKey } from '../diagnosis/messages/message.ts';
import type { CheckResult } from '../model/check.ts';
import { type Check, type CheckDeps, one } from './check.ts';
import { command, minute, running, second } from './in-container.ts';

/** Causes of a task failure that a broken connection may explain. */
const mlflowCauses: ReadonlySet<string> = new Set<MessageKey>(['failed.mlflow.cause', 'failed.mlflow host.cause']);

/** Connects from the worker to MLflow with curl, as the guide does. */
export const mlflowConnectionCheck: Check = {
	name: 'mlflow connection',
	role: 'worker',
	subjects: deps => one(running(deps, 'worker') !== undefined && trackingUrl(deps) !== null),
	everyMs: 10 * minute,
	leastMs: 10 * second,
	afterMs: 8 * second,
	isUrgent: deps => {
		const facts = deps.facts();
		return (
			facts.was(`mlflow connection ${facts.of('worker')?.container ?? ''}`) ||
			facts.signs('mlflow unreachable').length > 0 ||
			facts.signs('host refused').length > 0 ||
			facts.services.some(({ container }) => facts.was(`network disconnected ${container}`)) ||
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
		return { check: 'mlflow connection', url, httpStatus: status === 0 ? null : status, problem };
	},
};

function trackingUrl(deps: CheckDeps): string | null {
	const facts = deps.facts();
	const url = settingOf(facts, facts.of('worker'), 'MLFLOW_TRACKING_URI');
	return url !== undefined && /^https?:\/\//.test(url) ? url : null;
}
