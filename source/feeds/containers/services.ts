import type { DockerClient } from '../../clients/engine/docker.ts';
import { eachOf } from '../../model/each-of.ts';
import type { ContainerEvent } from '../../model/engine/container.ts';
import { engineName } from '../../model/engine/engine-address.ts';
import { ClientError, failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { phrase } from '../../words/message.ts';
import type { InterestStore } from '../interest.ts';
import { type FeedContext, retryPause, sleepPause, Wake } from '../schedule.ts';

/** Time between full lists in addition to events, as a safety net, ms. */
const listIntervalMs = 30_000;
/**
 * Time between lists if there are no events, ms: short enough for a user who waits for a change. A list of twenty
 * containers costs the engine some milliseconds.
 */
const pollIntervalMs = 2000;
/** Events in a burst (a restart: kill, die, stop, start, restart) lead to one inspection. */
const settleMs = 40;
/**
 * Podman reports a probe before it has recorded its result: 33 ms before, measured with Podman 4.3 and a probe of
 * 200 ms.
 */
const probeSettleMs = 500;
/** Time between requests for the probes of open details, ms; no event that passes the filter reports a probe. */
const inspectionIntervalMs = 5000;

/** The parts of the engine's client that are used. */
type Engine = Pick<DockerClient, 'address' | 'version' | 'events' | 'containers' | 'inspect'>;

export type ServicesDeps = {
	readonly docker: Engine;
	readonly state: () => StackState;
	readonly interest: InterestStore;
	readonly wake: Wake;
};

/**
 * Keeps the containers fresh: subscribes to the engine's events before the first list, so that nothing is missed
 * between the two; lists again every half minute and after each reconnect (the engine replays 256 events at most). If a
 * proxy in front of the engine withholds events, the list is polled.
 */
export async function watchServices(context: FeedContext, deps: ServicesDeps): Promise<void> {
	const { clock, signal, observe, random } = context;
	let failures = 0;
	while (!signal.aborted) {
		const connection = new AbortController();
		const ended = AbortSignal.any([signal, connection.signal]);
		try {
			await watchConnection({ ...context, signal: ended }, deps, () => {
				failures = 0;
			});
		} catch (error) {
			if (signal.aborted) return;
			failures++;
			const failure = failureOf(error);
			const pause = retryPause(failure, failures, random());
			observe({ type: 'feed failed', feed: 'containers', failure, retryAt: clock.now() + pause.ms });
			connection.abort();
			await sleepPause(pause, { clock, signal, wake: deps.wake });
		} finally {
			connection.abort();
		}
	}
}

/** One connection to the engine, from subscription to end; throws when it ends. */
async function watchConnection(context: FeedContext, deps: ServicesDeps, onLive: () => void): Promise<void> {
	const { docker } = deps;
	const { clock, signal, observe } = context;
	const [version, events] = await Promise.all([docker.version(signal), eventsOf(docker, signal)]);
	const withheld = events === null ? { withoutEvents: true as const } : {};
	observe({ type: 'source connected', source: 'docker', version, address: docker.address, ...withheld });
	const inspections = new Inspections(context, docker);
	/** When containers were removed: a list requested earlier may still contain them. */
	const gone = new Map<string, number>();
	const list = async ({ inspectsAll = false } = {}) => {
		const askedAt = clock.now();
		for (const [id, at] of gone) if (at < askedAt - listIntervalMs) gone.delete(id);
		const listed = await docker.containers(signal);
		const containers = listed.filter(({ id }) => (gone.get(id) ?? Number.NEGATIVE_INFINITY) < askedAt);
		observe({ type: 'containers listed', containers, askedAt });
		observe({ type: 'feed live', feed: 'containers' });
		const known = deps.state().containers;
		const stale = containers.filter(container => {
			const detail = known[container.id]?.detail;
			return inspectsAll || !detail || detail.state !== container.state || detail.health !== container.health;
		});
		await inspections.now(stale.map(container => container.id));
	};
	const listing = async () => {
		await list();
		onLive();
		const again = new Wake();
		let inspectedAt = clock.now();
		while (!signal.aborted) {
			await again.sleep(clock, events === null ? pollIntervalMs : listIntervalMs, signal);
			// A list does not show a restart between two polls.
			const inspectsAll = events === null && clock.now() - inspectedAt >= listIntervalMs;
			if (inspectsAll) inspectedAt = clock.now();
			if (!signal.aborted) await list({ inspectsAll });
		}
	};
	const reading = async () => {
		if (events === null) return new Promise<never>(() => undefined);
		for await (const event of events) {
			observe({ type: 'container event', event });
			if (event.action === 'destroy') {
				gone.set(event.id, clock.now());
				observe({ type: 'container removed', id: event.id });
			} else if (!deps.state().containers[event.id] || event.action === 'rename') await list();
			else inspections.soon(event);
		}
		throw new ClientError(
			'lost',
			phrase(['{engine} at {address} closed the event stream', '{engine}({address})에서 이벤트 스트림이 닫혔습니다'], {
				engine: engineName(docker),
				address: docker.address,
			}),
		);
	};
	const inspecting = async () => {
		const wake = new Wake();
		const stop = deps.interest.subscribe((now, before) => {
			if (now.inspectedId !== before.inspectedId) wake.fire();
		});
		try {
			while (!signal.aborted) {
				const { inspectedId } = deps.interest.getState();
				if (inspectedId) await inspections.now([inspectedId]);
				await wake.sleep(clock, inspectedId ? inspectionIntervalMs : listIntervalMs, signal);
			}
		} finally {
			stop();
		}
	};
	// Any failure ends the connection; the others stop with its signal.
	await Promise.race([listing(), reading(), inspecting().then(() => new Promise<never>(() => undefined))]);
}

/**
 * The stream of events; null if it is withheld although the engine responds, as behind proxies of its socket
 * (docker-socket-proxy with EVENTS=0 responds with 403, others with 404).
 */
async function eventsOf(
	docker: Pick<Engine, 'events'>,
	signal: AbortSignal,
): Promise<AsyncIterable<ContainerEvent> | null> {
	try {
		return await docker.events(signal);
	} catch (error) {
		if (error instanceof ClientError && withheldStatuses.has(error.httpStatus ?? 0)) return null;
		throw error;
	}
}

const withheldStatuses: ReadonlySet<number> = new Set([403, 404, 405, 501]);

/** Fetches details by inspection, once for a burst of events. */
class Inspections {
	readonly #context: FeedContext;
	readonly #docker: Pick<Engine, 'inspect'>;
	readonly #scheduled = new Set<string>();

	constructor(context: FeedContext, docker: Pick<Engine, 'inspect'>) {
		this.#context = context;
		this.#docker = docker;
	}

	soon(event: ContainerEvent): void {
		if (this.#scheduled.has(event.id)) return;
		this.#scheduled.add(event.id);
		const pauseMs = event.action === 'health_status' ? probeSettleMs : settleMs;
		void this.#context.clock.sleep(pauseMs, this.#context.signal).then(() => {
			this.#scheduled.delete(event.id);
			if (!this.#context.signal.aborted) void this.now([event.id]);
		});
	}

	async now(ids: readonly string[]): Promise<void> {
		const { clock, signal, observe } = this.#context;
		await eachOf(ids, 6, async id => {
			try {
				const askedAt = clock.now();
				observe({ type: 'container inspected', detail: await this.#docker.inspect(id, signal), askedAt });
			} catch (error) {
				// Gone since it was listed. Any other failure shows with the next list.
				if (failureOf(error).kind === 'not-found') observe({ type: 'container removed', id });
			}
		});
	}
}
