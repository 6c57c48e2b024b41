import type { EndpointState } from '../../model/state.ts';
import { isDatabaseInDoubt, isMlflowInDoubt, isMlflowLocked, isPageAway, isSteady } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { lastLinesEvidence, needsOf, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const titles = { airflow: say('page.title'), mlflow: say('mlflow page.title') };
const impact = { airflow: say('impact.webserver'), mlflow: say('impact.mlflow') };
const role = { airflow: 'webserver', mlflow: 'mlflow' } as const;

/** Airflow's or MLflow's page does not answer although its container runs. */
export const pageAway: Rule = {
	name: 'page away',
	isSeenAtOnce: true,
	find: facts => [...finding(facts, 'airflow'), ...finding(facts, 'mlflow')],
};

function finding(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): Draft[] {
	const page = facts.page(id);
	if (!page?.check || !isPageAway(facts, id)) return [];
	// It hangs because each request waits for the lock.
	if (id === 'mlflow' && isMlflowLocked(facts)) return [];
	if (id === 'mlflow' && page.check.httpStatus === null && isMlflowInDoubt(facts, page.check.since)) return [];
	const { check, pageUrl: url, healthUrl } = page;
	const service = facts.of(role[id]);
	const answer = check.httpStatus === null ? (check.problem ?? '') : `HTTP ${check.httpStatus}`;
	const common = {
		subject: id,
		severity: 'bad' as const,
		since: check.since,
		title: titles[id],
		impact: [impact[id]],
		takes: [role[id]],
	};
	if (!service) {
		// Without containers nothing tells it from an address that is wrong.
		if (facts.services.length === 0 && facts.isEngineLive) return [];
		return [
			{
				...common,
				evidence: [evidence(say('evidence.page', { url: healthUrl, answer }))],
				cause: say('page.elsewhere.cause', { url }),
				reason: say('page.elsewhere.reason', { url: healthUrl, answer }),
				fixes: [fix(say(id === 'airflow' ? 'page.url' : 'mlflow page.url'), { kind: 'advice' })],
				needs: ['engine'],
			},
		];
	}
	if (!isSteady(facts, service, thresholds.pageStartMs)) return [];
	// The webserver asks the database before it answers: one that hangs makes the page hang.
	if (id === 'airflow' && check.httpStatus === null && isDatabaseInDoubt(facts, check.since)) return [];
	const probe = service.it.detail?.probes.findLast(one => one.exitCode !== 0);
	const isUnhealthy = service.it.container.health === 'unhealthy';
	const published = publishedElsewhere(url, service);
	if (published !== null) {
		return [
			{
				...common,
				evidence: [evidence(say('evidence.page', { url: healthUrl, answer }))],
				cause: say('page.address.cause', { url, service: service.name, published }),
				reason: say('page.reason', { url: healthUrl, answer }),
				fixes: [fix(say(id === 'airflow' ? 'page.url' : 'mlflow page.url'), { kind: 'advice' })],
				needs: needsOf(service),
			},
		];
	}
	const away = roadAway(url, service.it.container.health, check.httpStatus);
	if (away) {
		return [
			{
				...common,
				evidence: [evidence(say('evidence.page', { url: healthUrl, answer }))],
				cause: say('page.unreachable.cause', { service: service.name, host: away.host }),
				reason: say('page.unreachable.reason', { service: service.name, url: healthUrl, answer }),
				fixes: [fix(say('page.tunnel', { id, ...away }), { kind: 'advice' })],
				needs: needsOf(service),
			},
		];
	}
	return [
		{
			...common,
			evidence: [
				evidence(say('evidence.page', { url: healthUrl, answer })),
				...(isUnhealthy
					? [
							evidence(
								say('unhealthy.evidence', {
									streak: Math.max(1, service.it.detail?.failingStreak ?? 1),
									code: probe?.exitCode ?? '?',
								}),
								(probe?.output ?? '').split('\n').filter(Boolean).slice(-4),
							),
						]
					: []),
				...lastLinesEvidence(facts, service),
			],
			cause: causeOf(id, service.name, check),
			reason: say('page.reason', { url: healthUrl, answer }),
			fixes: [restart(service), readLog(service), look(say('fix.inspect'), 'inspect', service.container)],
			needs: needsOf(service),
		},
	];
}

/**
 * The addresses under which the container is published on this host, where the one that is asked for is none of them: it was
 * given by hand, and mistyped. null where that cannot be told.
 */
function publishedElsewhere(url: string, { it }: Service): string | null {
	const parsed = URL.parse(url);
	if (!parsed) return null;
	const { hostname, port, protocol } = parsed;
	if (!/^(localhost|127\..*|\[::1\])$/.test(hostname)) return null;
	const published = it.container.ports.flatMap(({ publicPort }) => (publicPort === null ? [] : [publicPort]));
	const asked = Number(port || (protocol === 'https:' ? 443 : 80));
	if (published.length === 0 || published.includes(asked)) return null;
	return [...new Set(published)].map(one => `${hostname}:${one}`).join(', ');
}

/** Where a page of another host does not answer here, although its container is well by its own check: where it is. */
function roadAway(
	url: string,
	health: string | null,
	httpStatus: number | null,
): { readonly host: string; readonly port: string } | null {
	const parsed = URL.parse(url);
	if (!parsed) return null;
	const { hostname, port, protocol } = parsed;
	const isHere = /^(localhost|127\..*|\[::1\])$/.test(hostname);
	if (isHere || health !== 'healthy' || httpStatus !== null) return null;
	return { host: hostname, port: port || (protocol === 'https:' ? '443' : '80') };
}

function causeOf(
	id: 'airflow' | 'mlflow',
	service: string,
	{ httpStatus: status, code }: NonNullable<EndpointState['check']>,
) {
	if (status !== null) return say('page.answers.cause', { status });
	// Docker's proxy takes the connection and closes it when nobody listens behind it.
	if (code === 'connection-refused' || code === 'connection-closed') return say('page.refused.cause', { service });
	return id === 'airflow' ? say('page.hangs.cause', { service }) : say('mlflow page.hangs.cause', { service });
}
