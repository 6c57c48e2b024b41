import { readHealth } from '../clients/airflow/v1/server-answers.ts';
import { HttpServer } from '../clients/http/http.ts';
import { waitAsked } from '../clients/http/retry-after.ts';
import { sshRoute } from '../clients/http/ssh-connector.ts';
import type { SshConnection } from '../clients/ssh/ssh-connection.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import type { AirflowHealth } from '../model/airflow/pipeline.ts';
import { eachOf } from '../model/each-of.ts';
import { failureOf } from '../model/failures/failure.ts';
import type { Fact } from '../model/observation.ts';
import type { Endpoint } from '../model/stack/endpoint.ts';
import { airflowHealthPaths } from '../model/stack/known-pages.ts';
import type { StackState } from '../model/state.ts';
import { phrase } from '../words/message.ts';
import type { InterestStore } from './interest.ts';
import type { Quiet } from './quiet.ts';
import { type FeedContext, type Wake, waitMs } from './schedule.ts';

const intervalMs = 5000;
const unfocusedIntervalMs = 20_000;
/** Bytes of a page that are read: health pages are small, and a start page has a few MB at most. */
const pageLimitBytes = 8 * 1024 * 1024;

export type EndpointsDeps = {
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	readonly quiet: Quiet;
	readonly wake: Wake;
	/** Airflow's health as a user, where a proxy keeps everybody else out; null: the page needs no login. */
	readonly healthAsUser: ((signal: AbortSignal) => Promise<AirflowHealth>) | null;
	/** The connection to the engine's host; null: no page is reached through ssh. */
	readonly ssh: SshConnection | null;
};

/** Checks whether the web pages respond, and how fast. Each fails by itself: there is no feed to fail. */
export async function watchEndpoints(context: FeedContext, deps: EndpointsDeps): Promise<void> {
	const { clock, signal, observe } = context;
	const { wake } = deps;
	const servers = new Map<string, HttpServer>();
	/** Health pages of Airflow that are not where Airflow 2 has them, by the address that was requested first. */
	const moved = new Map<string, string>();
	/** Servers that asked for no more requests for now, by their keys. */
	const resting = new Set<string>();
	let known = deps.state().endpoints.length;
	const stop = deps.onChange(() => {
		const count = deps.state().endpoints.length;
		if (count !== known) wake.fire();
		known = count;
	});
	try {
		while (!signal.aborted) {
			const endpoints = deps.state().endpoints;
			await eachOf(endpoints, 4, async endpoint => {
				const url = URL.parse(endpoint.healthUrl);
				const origin = url?.origin ?? endpoint.healthUrl;
				const through = sshRoute(deps.ssh, endpoint.throughSsh);
				// Several may share an origin, each below a path of its own.
				const key = `${through === undefined ? '' : 'ssh '}${endpoint.id} ${origin}`;
				if (resting.has(key)) return;
				const server = servers.get(key) ?? new HttpServer(endpoint.title, { url: origin, through }, pageLimitBytes);
				servers.set(key, server);
				const path = url === null ? '/' : url.pathname + url.search;
				const facts = await checkMoved(endpoint, server, path, moved, signal, wait => {
					resting.add(key);
					void clock.sleep(waitMs(wait), signal).then(() => resting.delete(key));
				});
				for (const fact of facts) observe(fact);
				if (endpoint.id !== 'airflow' || deps.healthAsUser === null || facts.some(isHealth)) return;
				// Why there is no answer is reported by the feeds of Airflow.
				const health = await deps.healthAsUser(signal).catch(() => null);
				if (health !== null && !signal.aborted) observe({ type: 'airflow health', health });
			});
			const { focused } = deps.interest.getState();
			await wake.sleep(clock, focused ? deps.quiet.pauseMs(intervalMs) : unfocusedIntervalMs, signal);
		}
	} finally {
		stop();
		await Promise.all([...servers.values()].map(server => server.close()));
	}
}

/** Airflow 3 has another path for its health page than Airflow 2, and responds with 404 at the old one. */
async function checkMoved(
	endpoint: Endpoint,
	server: HttpServer,
	path: string,
	moved: Map<string, string>,
	signal: AbortSignal,
	onBusy: (retryAfterMs: number) => void,
): Promise<Fact[]> {
	const key = endpoint.healthUrl;
	const known = moved.get(key) ?? path;
	const at = (asked: string, facts: readonly Fact[]) =>
		facts.map(fact => (fact.type === 'endpoint checked' ? { ...fact, movedTo: `${server.address}${asked}` } : fact));
	const answered = await check(endpoint, server, known, signal, onBusy);
	const facts = known === path ? answered : at(known, answered);
	if (endpoint.id !== 'airflow' || !facts.some(isGone)) return facts;
	const other = otherHealthPath(known);
	if (other === null) return facts;
	const found = await check(endpoint, server, other, signal, onBusy);
	if (!found.some(isHealth)) return facts;
	moved.set(key, other);
	return other === path ? found : at(other, found);
}

function isHealth({ type }: Fact): boolean {
	return type === 'airflow health';
}

function isGone(fact: Fact): boolean {
	return fact.type === 'endpoint checked' && fact.httpStatus === 404;
}

/** The health page of the other generation, under the same prefix. */
function otherHealthPath(path: string): string | null {
	// The longer path ends with the other one.
	const [own, other] = path.endsWith(airflowHealthPaths['3'])
		? [airflowHealthPaths['3'], airflowHealthPaths['2']]
		: [airflowHealthPaths['2'], airflowHealthPaths['3']];
	return path.endsWith(own) ? `${path.slice(0, -own.length)}${other}` : null;
}

async function check(
	endpoint: Endpoint,
	server: HttpServer,
	path: string,
	signal: AbortSignal,
	onBusy: (retryAfterMs: number) => void,
): Promise<Fact[]> {
	try {
		const answer = await server.request({ path, headers: { accept: '*/*' }, timeoutMs: thresholds.pageLookMs, signal });
		const wait = waitAsked(answer);
		if (wait !== undefined) onBusy(wait);
		// A page that requires a login responds with 401 or 403, so it is up.
		const ok = answer.status < 400 || answer.status === 401 || answer.status === 403;
		const { id } = endpoint;
		const problem = ok ? null : phrase(['answers {status}', '응답 {status}'], { status: answer.status });
		const { status, answerMs } = answer;
		const facts: Fact[] = [{ type: 'endpoint checked', id, ok, httpStatus: status, answerMs, problem }];
		const health = id === 'airflow' && ok ? readHealth(answer.body) : null;
		if (health) facts.push({ type: 'airflow health', health });
		return facts;
	} catch (error) {
		if (signal.aborted) return [];
		const { id } = endpoint;
		const { message: problem, code } = failureOf(error);
		return [{ type: 'endpoint checked', id, ok: false, httpStatus: null, answerMs: null, problem, code }];
	}
}
