import type { DockerClient } from '../clients/engine/docker.ts';
import { eachOf } from '../model/each-of.ts';
import { failureOf } from '../model/failure.ts';
import type { StackState } from '../model/state.ts';
import type { InterestStore } from './interest.ts';
import type { Quiet } from './quiet.ts';
import { type FeedContext, keepAsking, type Wake } from './schedule.ts';

/** Time to the second sample, ms, without which there are no figures. */
const firstDifferenceMs = 300;
/** Without focus the figures may be older. */
const unfocusedIntervalMs = 15_000;
const atOnce = 6;

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
				await eachOf(containers, atOnce, async ({ container }) => {
					try {
						const sample = await docker.statsSample(container, signal);
						if (sample) context.observe({ type: 'container stats', sample });
					} catch (error) {
						// It ended in between, which the containers feed reports.
						if (failureOf(error).kind !== 'not-found') throw error;
					}
				});
				if (isFirst) return firstDifferenceMs;
				return interest.getState().focused ? deps.quiet.figuresPauseMs(deps.intervalMs) : unfocusedIntervalMs;
			},
		});
	} finally {
		stopChange();
		stopInterest();
	}
}
