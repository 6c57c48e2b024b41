import type { Evidence } from '../../model/finding.ts';
import type { ServerName } from '../../model/stack/discovery.ts';
import type { EndpointState } from '../../model/stack/endpoint.ts';
import type { Message } from '../../words/message.ts';
import { sayer } from '../../words/message.ts';
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
import { commonMessages } from '../messages/common.ts';
import { dependenciesOf, lastLinesEvidence, readLog, restart } from '../services.ts';
import { thresholds } from '../thresholds.ts';

const texts = {
	'page.title': ['The Airflow webserver does not respond', 'Airflow 웹 서버가 응답하지 않습니다'],
	'page.title api': ['The Airflow API server does not respond', 'Airflow API 서버가 응답하지 않습니다'],
	'page.hangs.cause': [
		'{service} is running but does not respond: it hangs or is overloaded',
		'{service}이(가) 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
	'page.refused.cause': [
		'{service} is running, but nothing listens on its port. It is still starting, or its workers keep crashing',
		'{service} 컨테이너는 실행 중이지만 프로그램이 연결을 받지 않습니다. 아직 시작 중이거나 내부 프로세스가 계속 종료되고 있습니다',
	],
	'page.answers.cause': [
		'The server responds with HTTP {status}: probably one of its dependencies fails',
		'서버가 HTTP {status}으로(로) 응답합니다. 의존하는 서비스 중 하나가 실패하는 것으로 보입니다',
	],
	'page.elsewhere.cause': [
		'Nothing responds at {url}, and no container here serves it. The address is wrong, or that server is down',
		'{url}에서 응답이 없고 이 주소를 제공하는 컨테이너도 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.outside.cause': [
		'{container} publishes {url} but does not respond. It is not part of this stack. It is starting, hangs or is overloaded',
		'이 스택에 속하지 않은 {container}이(가) {url}을(를) 게시하지만 응답하지 않습니다. 시작 중이거나 멈췄거나 과부하 상태입니다',
	],
	'page.managed.cause': [
		'Nothing responds at {url}. The address is wrong, or that server is down',
		'{url}에서 응답이 없습니다. 주소가 틀렸거나 서버가 중지되었습니다',
	],
	'page.address.cause': [
		'The address {url} is wrong: {service} is published at {published}',
		'주소 {url}이(가) 틀렸습니다. {service}은(는) {published}에 게시되어 있습니다',
	],
	'page.elsewhere.reason': ['Request to {url}: {answer}', '{url} 요청 결과: {answer}'],
	'page.reason': [
		'The container is running and had time to start. Request to {url}: {answer}',
		'컨테이너는 실행 중이고 시작할 시간도 충분했습니다. {url} 요청 결과: {answer}',
	],
	'page.unreachable.cause': [
		'{service} is healthy on {host} but unreachable from here. Its port is probably published on localhost of {host} only, or a firewall blocks it',
		'{service}은(는) {host}에서 정상이지만 여기에서는 연결할 수 없습니다. 포트가 {host}의 localhost에만 게시되었거나 방화벽이 막고 있을 가능성이 큽니다',
	],
	'page.unreachable.reason': [
		'The health check inside {service} succeeds. Request to {url} from here: {answer}',
		'{service} 내부의 헬스 체크는 성공합니다. 여기에서 {url} 요청 결과: {answer}',
	],
	'page.tunnel': [
		'Run laketop on {host}, or open a tunnel (ssh -N -L {port}:localhost:{port} {host}) and pass --{id}-url http://localhost:{port}',
		'{host}에서 laketop을 실행하거나 터널(ssh -N -L {port}:localhost:{port} {host})을 열고 --{id}-url http://localhost:{port} 옵션을 지정하세요',
	],
	'page.ssh.cause': [
		'{service} is healthy on {host}, but ssh does not lead to its port. The ssh server of {host} probably forbids forwarding',
		'{service}은(는) {host}에서 정상이지만 ssh로 포트에 연결할 수 없습니다. {host}의 ssh 서버가 포워딩을 금지할 가능성이 큽니다',
	],
	'page.ssh': [
		'Allow forwarding in sshd_config of {host} (AllowTcpForwarding local), or run laketop on {host}',
		'{host}의 sshd_config에서 포워딩을 허용하거나(AllowTcpForwarding local) {host}에서 laketop을 실행하세요',
	],
	'evidence.page': ['{url}: {answer}', '{url}: {answer}'],
	'impact.mlflow outside': [
		'Tasks that log to this MLflow server wait, then fail',
		'이 MLflow 서버에 기록하는 작업은 응답을 기다리다가 실패합니다',
	],
	'mlflow page.title': ['MLflow does not respond', 'MLflow가 응답하지 않습니다'],
	'mlflow page.hangs.cause': [
		'{service} is running but does not respond: it hangs or is overloaded',
		'{service}이(가) 실행 중이지만 응답하지 않습니다. 멈췄거나 과부하 상태입니다',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const impact = { airflow: say('impact.webserver'), mlflow: say('impact.mlflow') };
const role = { airflow: 'webserver', mlflow: 'mlflow' } as const;
const checkAddress = { airflow: say('page.url'), mlflow: say('mlflow page.url') };

/** The web page of Airflow or MLflow does not answer although its container is running. */
export const pageUnreachable: Rule = {
	name: 'page unreachable',
	isSeenAtOnce: true,
	texts,
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

/** No container of the stack serves the page. */
function elsewhere({ state }: DiagnosisFacts, { id, url, asked, answer, common }: Unanswered): Draft {
	const [outside] = state.stack?.servers[id].outside ?? [];
	return {
		...common,
		// Which tasks log there is not known.
		...(id === 'mlflow' ? { impact: [say('impact.mlflow outside')] } : {}),
		evidence: [evidence(say('evidence.page', { url: asked, answer }))],
		cause: outside
			? say('page.outside.cause', { url, container: outside.name })
			: state.hasEngine
				? say('page.elsewhere.cause', { url })
				: say('page.managed.cause', { url }),
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
