import type { AcknowledgementStore, StackKey } from '../../clients/acknowledgement-file.ts';
import { isSeenAtOnce } from '../../diagnosis/rules.ts';
import {
	type Acknowledgement,
	type AcknowledgementsProblem,
	acknowledgementOf,
	acknowledgementsProblem,
} from '../../model/acknowledgement.ts';
import type { StackState } from '../../model/state.ts';
import { verdictOf } from '../../selectors/findings/verdict.ts';
import type { Quiet } from '../quiet.ts';
import { type FeedContext, Wake } from '../schedule.ts';

/** Interval at which the file is checked, ms (longer at rest): acknowledgements of other laketops appear after it. */
const lookEveryMs = 1000;
/** A finding that comes and goes is the same one: it counts as cleared only after this absence, ms. */
const clearedAfterMs = 10_000;

export type AcknowledgementsDeps = {
	readonly store: AcknowledgementStore;
	/** The watched stack; null before discovery. */
	readonly stack: () => StackKey | null;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
	readonly quiet: Pick<Quiet, 'pauseMs'>;
};

/** The acknowledgements, for actions and commands. */
export type Acknowledgements = {
	/** Reads them, and ends those of cleared findings; resolves when that is stored. For commands, which look once. */
	readonly settle: () => Promise<void>;
	/** Resolves with the reason why it was not saved, or null. */
	readonly add: (acknowledgement: Acknowledgement) => Promise<AcknowledgementsProblem | null>;
	readonly remove: (findingId: string) => Promise<AcknowledgementsProblem | null>;
};

/** Keeps the acknowledgements of this host in step with the file, and ends those of cleared findings. */
export function acknowledgementsOf(
	{ clock, observe, signal }: Pick<FeedContext, 'clock' | 'observe' | 'signal'>,
	{ store, stack, state, onChange, quiet }: AcknowledgementsDeps,
): Acknowledgements & { readonly watch: () => Promise<void> } {
	let known = '';
	const seen = new Set<string>();
	const absentSince = new Map<string, number>();
	const read = (isForced = false) => {
		const key = stack();
		if (key === null) return;
		const stamp = `${key.engine}\n${key.project}\n${store.stamp()}`;
		if (stamp === known && !isForced) return;
		known = stamp;
		const { acknowledgements, problem } = store.read(key);
		observe({ type: 'acknowledgements read', acknowledgements, problem });
	};
	/** Ends those whose findings have been absent for that time. */
	const endCleared = async (afterMs: number) => {
		const key = stack();
		const now = state();
		const at = clock.now();
		// A finding has not cleared if its facts could not be fetched.
		if (key === null || now.diagnosedAt === null || verdictOf(now, at).notChecked.length > 0)
			return absentSince.clear();
		for (const { findingId } of now.acknowledgements) {
			if (now.findings.some(({ id }) => id === findingId)) {
				seen.add(findingId);
				absentSince.delete(findingId);
				continue;
			}
			// A finding of a deep check has cleared after another deep check, or if this laketop has seen it itself.
			if (!seen.has(findingId) && !isSeenAtOnce(findingId) && now.checkedAt.deep === null) continue;
			const since = absentSince.get(findingId) ?? at;
			absentSince.set(findingId, since);
			if (at - since < afterMs) continue;
			absentSince.delete(findingId);
			seen.delete(findingId);
			await store.end(key, findingId, 'cleared', at);
			read(true);
		}
	};
	const change = async (work: (key: StackKey) => Promise<AcknowledgementsProblem | null>) => {
		const key = stack();
		if (key === null) return acknowledgementsProblem('no stack');
		const problem = await work(key);
		read(true);
		return problem;
	};
	return {
		settle: async () => {
			read(true);
			await endCleared(0);
		},
		add: acknowledgement => change(key => store.add(key, acknowledgement)),
		remove: findingId => change(key => store.end(key, findingId, 'removed', clock.now())),
		watch: async () => {
			const wake = new Wake();
			let before = state();
			const stop = onChange(() => {
				const now = state();
				if (now.findings !== before.findings || now.stack !== before.stack) wake.fire();
				before = now;
			});
			try {
				while (!signal.aborted) {
					read();
					await endCleared(clearedAfterMs);
					await wake.sleep(clock, quiet.pauseMs(lookEveryMs), signal);
				}
			} finally {
				stop();
			}
		},
	};
}

/** Whether the finding is acknowledged now. */
export function isAcknowledged({ acknowledgements }: StackState, findingId: string, now: number): boolean {
	return acknowledgementOf(acknowledgements, findingId, now) !== undefined;
}
