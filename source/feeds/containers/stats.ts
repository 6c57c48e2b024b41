import type { DockerClient } from '../../clients/engine/docker.ts';
import { eachOf } from '../../model/each-of.ts';
import type { StatsSample } from '../../model/engine/container-stats.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { ContainerState, StackState } from '../../model/state.ts';
import type { InterestStore } from '../interest.ts';
import type { Quiet } from '../quiet.ts';
import { type FeedContext, keepAsking, type Wake } from '../schedule.ts';

/** Time to the second sample, ms, without which there are no figures. */
const firstDifferenceMs = 300;
/** Without focus the figures may be older. */
const unfocusedIntervalMs = 15_000;
const atOnce = 6;
/** Figures of one turn that arrive within this time are published together, ms: one frame shows them all. */
const togetherMs = 50;

export type StatsDeps = {
	readonly docker: Pick<DockerClient, 'statsSample'>;
	readonly state: () => StackState;
	/** Calls back when the state changed; returns a function that unsubscribes. */
	readonly onChange: (listener: () => void) => () => void;
	readonly interest: InterestStore;
	readonly quiet: Pick<Quiet, 'figuresPauseMs'>;
	readonly wake: Wake;
	/** ms between two samples of a container. */
	readonly intervalMs: number;
};

/** Keeps CPU and memory of the running containers fresh, from the differences of one-shot samples. */
export async function watchStats(context: FeedContext, deps: StatsDeps): Promise<void> {
	const { docker, interest, wake } = deps;
	const running = () => Object.values(deps.state().containers).filter(({ container }) => container.state === 'running');
	// A new container gets its figures now, not at the next turn.
	let sampled = new Set<string>();
	const stopChange = deps.onChange(() => {
		if (running().some(({ container }) => !sampled.has(container.id))) wake.fire();
	});
	const stopInterest = interest.subscribe((now, before) => {
		if (now.focused && !before.focused) wake.fire();
	});
	try {
		await keepAsking(context, {
			feed: 'stats',
			wake,
			ask: async signal => {
				const containers = running();
				const isFirst = containers.some(({ container }) => !sampled.has(container.id));
				sampled = new Set(containers.map(({ container }) => container.id));
				await sampleAll(context, docker, containers, signal);
				if (isFirst) return firstDifferenceMs;
				return interest.getState().focused ? deps.quiet.figuresPauseMs(deps.intervalMs) : unfocusedIntervalMs;
			},
		});
	} finally {
		stopChange();
		stopInterest();
	}
}

/** Measures each container and publishes the figures, those that are slow to come one by one. */
async function sampleAll(
	{ clock, observe }: FeedContext,
	docker: StatsDeps['docker'],
	containers: readonly ContainerState[],
	signal: AbortSignal,
): Promise<void> {
	if (containers.length === 0) return;
	const samples: StatsSample[] = [];
	const publish = () => {
		for (const sample of samples.splice(0)) observe({ type: 'container stats', sample });
	};
	let isLate = false;
	const complete = new AbortController();
	const waiting = clock.sleep(togetherMs, complete.signal).then(() => {
		isLate = true;
		publish();
	});
	try {
		await eachOf(containers, atOnce, async ({ container }) => {
			try {
				const sample = await docker.statsSample(container, signal);
				if (sample) samples.push(sample);
				if (isLate) publish();
			} catch (error) {
				// It ended in between, which the containers feed reports.
				if (failureOf(error).kind !== 'not-found') throw error;
			}
		});
	} finally {
		complete.abort(null);
		await waiting;
	}
}
