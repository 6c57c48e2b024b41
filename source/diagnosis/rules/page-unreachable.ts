import type { EndpointState } from '../../model/state.ts';
import type { Message } from '../../words/message.ts';
import { isDatabaseInDoubt, isMlflowInDoubt, isMlflowLocked, isPageUnreachable, isSteady } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const titles = { airflow: say('page.title'), mlflow: say('mlflow page.title') };
const impact = { airflow: say('impact.webserver'), mlflow: say('impact.mlflow') };
const role = { airflow: 'webserver', mlflow: 'mlflow' } as const;

/** The web page of Airflow or MLflow does not answer although its container is running. */
export const pageUnreachable: Rule = {
	name: 'page unreachable',
	isSeenAtOnce: true,
	find: facts => [...finding(facts, 'airflow'), ...finding(facts, 'mlflow')],
};

function finding(facts: DiagnosisFacts, id: 'airflow' | 'mlflow'): Draft[] {
	const page = facts.page(id);
	if (!page?.check || !isPageUnreachable(facts, id)) return [];
	// Each request waits for the lock: that is another finding.
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
		breaks: [role[id]],
	};
	if (!service) {
		// Without containers a wrong address looks the same.
		if (facts.services.length === 0 && facts.isEngineLive) return [];
		return [
			{
				...common,
				evidence: [evidence(say('evidence.page', { url: healthUrl, answer }))],
				cause: say('page.elsewhere.cause', { url }),
				reason: say('page.elsewhere.reason', { url: healthUrl, answer }),
				fixes: [fix(say(id === 'airflow' ? 'page.url' : 'mlflow page.url'), { kind: 'advice' })],
				dependsOn: ['engine'],
			},
		];
	}
	if (!isSteady(facts, service, thresholds.pageStartMs)) return [];
	// The webserver queries the database before it answers, so a hanging database makes the page hang.
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
				dependsOn: dependenciesOf(service),
			},
		];
	}
	const remote = unreachableHost(url, service.it.container.health, check.httpStatus);
	if (remote) {
		return [
			{
				...common,
				evidence: [evidence(say('evidence.page', { url: healthUrl, answer }))],
				cause: say('page.unreachable.cause', { service: service.name, host: remote.host }),
				reason: say('page.unreachable.reason', { service: service.name, url: healthUrl, answer }),
				fixes: [fix(say('page.tunnel', { id, ...remote }), { kind: 'advice' })],
				dependsOn: dependenciesOf(service),
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
			dependsOn: dependenciesOf(service),
		},
	];
}

/**
 * Addresses at which the container is published on this host, if the configured one is not among them: it was mistyped.
 * null if that is unknown.
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

/** Host and port of a page on another host whose container is healthy there but does not answer here. */
function unreachableHost(
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
	service: string | Message,
	{ httpStatus: status, code }: NonNullable<EndpointState['check']>,
) {
	if (status !== null) return say('page.answers.cause', { status });
	// Docker's proxy accepts the connection and closes it when nothing listens behind it.
	if (code === 'connection-refused' || code === 'connection-closed') return say('page.refused.cause', { service });
	return id === 'airflow' ? say('page.hangs.cause', { service }) : say('mlflow page.hangs.cause', { service });
}
