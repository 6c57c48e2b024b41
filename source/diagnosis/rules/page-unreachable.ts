import type { Evidence } from '../../model/finding.ts';
import type { ServerName } from '../../model/stack/discovery.ts';
import type { EndpointState } from '../../model/stack/endpoint.ts';
import type { Message } from '../../words/message.ts';
import {
	isApiServer,
	isDatabaseInDoubt,
	isMlflowInDoubt,
	isMlflowLocked,
	isPageUnreachable,
	isSteady,
} from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const impact = { airflow: say('impact.webserver'), mlflow: say('impact.mlflow') };
const role = { airflow: 'webserver', mlflow: 'mlflow' } as const;
const checkAddress = { airflow: say('page.url'), mlflow: say('mlflow page.url') };

/** The web page of Airflow or MLflow does not answer although its container is running. */
export const pageUnreachable: Rule = {
	name: 'page unreachable',
	isSeenAtOnce: true,
	find: facts => [...finding(facts, 'airflow'), ...finding(facts, 'mlflow')],
};

/** A page that does not answer, without what depends on the cause. */
type Unanswered = {
	readonly id: ServerName;
	/** Address of the server. */
	readonly url: string;
	/** Address that was requested. */
	readonly asked: string;
	readonly check: NonNullable<EndpointState['check']>;
	/** It is requested through the ssh connection to its host. */
	readonly isThroughSsh: boolean;
	/** The answer or the failure, for evidence. */
	readonly answer: string | Message;
	readonly common: Pick<Draft, 'subject' | 'severity' | 'since' | 'title' | 'impact' | 'breaks'>;
};

function finding(facts: DiagnosisFacts, id: ServerName): Draft[] {
	const page = facts.page(id);
	if (!page?.check || !isPageUnreachable(facts, id)) return [];
	// Each request waits for the lock: that is another finding.
	if (id === 'mlflow' && isMlflowLocked(facts)) return [];
	if (id === 'mlflow' && page.check.httpStatus === null && isMlflowInDoubt(facts, page.check.since)) return [];
	const { check, pageUrl: url, healthUrl } = page;
	const service = facts.of(role[id]);
	const unanswered: Unanswered = {
		...{ id, url, check, isThroughSsh: page.throughSsh !== undefined },
		asked: check.movedTo ?? healthUrl,
		answer: check.httpStatus === null ? (check.problem ?? '') : `HTTP ${check.httpStatus}`,
		common: {
			subject: id,
			severity: 'critical' as const,
			since: check.since,
			title: titleOf(facts, id),
			impact: [impact[id]],
			breaks: [role[id]],
		},
	};
	// Without containers a wrong address looks the same.
	if (!service) return facts.services.length === 0 && facts.isEngineLive ? [] : [elsewhere(facts, unanswered)];
	if (!isSteady(facts, service, thresholds.pageStartMs)) return [];
	// The webserver queries the database before it answers, so a hanging database makes the page hang.
	if (id === 'airflow' && check.httpStatus === null && isDatabaseInDoubt(facts, check.since)) return [];
	return [mistyped(unanswered, service) ?? healthyThere(unanswered, service) ?? hanging(facts, unanswered, service)];
}

function titleOf(facts: DiagnosisFacts, id: ServerName): Message {
	if (id === 'mlflow') return say('mlflow page.title');
	return say(isApiServer(facts) ? 'page.title api' : 'page.title');
}

/** No container here serves the page. */
function elsewhere({ state }: DiagnosisFacts, { id, url, asked, answer, common }: Unanswered): Draft {
	return {
		...common,
		evidence: [evidence(say('evidence.page', { url: asked, answer }))],
		cause: state.hasEngine ? say('page.elsewhere.cause', { url }) : say('page.managed.cause', { url }),
		reason: say('page.elsewhere.reason', { url: asked, answer }),
		fixes: [fix(checkAddress[id], { kind: 'advice' })],
		dependsOn: ['engine'],
	};
}

/** The container is published at another port than the one that is asked; null if it is not. */
function mistyped({ id, url, asked, answer, common }: Unanswered, service: Service): Draft | null {
	const published = publishedElsewhere(url, service);
	if (published === null) return null;
	return {
		...common,
		evidence: [evidence(say('evidence.page', { url: asked, answer }))],
		cause: say('page.address.cause', { url, service: service.name, published }),
		reason: say('page.reason', { url: asked, answer }),
		fixes: [fix(checkAddress[id], { kind: 'advice' })],
		dependsOn: dependenciesOf(service),
	};
}

/** The page answers on its own host, but not from here; null if that is not so. */
function healthyThere(unanswered: Unanswered, service: Service): Draft | null {
	const { id, url, asked, answer, check, common, isThroughSsh } = unanswered;
	const remote = unreachableHost(url, service.it.container.health, check.httpStatus);
	if (!remote) return null;
	return {
		...common,
		evidence: [evidence(say('evidence.page', { url: asked, answer }))],
		cause: say(isThroughSsh ? 'page.ssh.cause' : 'page.unreachable.cause', {
			service: service.name,
			host: remote.host,
		}),
		reason: say('page.unreachable.reason', { service: service.name, url: asked, answer }),
		fixes: [
			fix(isThroughSsh ? say('page.ssh', { host: remote.host }) : say('page.tunnel', { id, ...remote }), {
				kind: 'advice',
			}),
		],
		dependsOn: dependenciesOf(service),
	};
}

function hanging(facts: DiagnosisFacts, { id, asked, answer, check, common }: Unanswered, service: Service): Draft {
	return {
		...common,
		evidence: [
			evidence(say('evidence.page', { url: asked, answer })),
			...healthEvidence(service),
			...lastLinesEvidence(facts, service),
		],
		cause: causeOf(id, service.name, check),
		reason: say('page.reason', { url: asked, answer }),
		fixes: [restart(service), readLog(service), look(say('fix.inspect'), 'inspect', service.container)],
		dependsOn: dependenciesOf(service),
	};
}

/** The container's own health check, if it fails. */
function healthEvidence({ it }: Service): Evidence[] {
	if (it.container.health !== 'unhealthy') return [];
	const probe = it.detail?.probes.findLast(one => one.exitCode !== 0);
	const streak = Math.max(1, it.detail?.failingStreak ?? 1);
	const lines = (probe?.output ?? '').split('\n').filter(Boolean);
	return [evidence(say('unhealthy.evidence', { streak, code: probe?.exitCode ?? '?' }), lines.slice(-4))];
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
	id: ServerName,
	service: string | Message,
	{ httpStatus: status, code }: NonNullable<EndpointState['check']>,
) {
	if (status !== null) return say('page.answers.cause', { status });
	// Docker's proxy accepts the connection and closes it when nothing listens behind it.
	if (code === 'connection-refused' || code === 'connection-closed') return say('page.refused.cause', { service });
	return id === 'airflow' ? say('page.hangs.cause', { service }) : say('mlflow page.hangs.cause', { service });
}
