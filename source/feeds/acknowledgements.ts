import type { AcknowledgementStore, StackKey } from '../clients/acknowledgement-file.ts';
import { isSeenAtOnce } from '../diagnosis/rules.ts';
import {
	type Acknowledgement,
	type AcknowledgementsProblem,
	acknowledgementOf,
	acknowledgementsProblem,
} from '../model/acknowledgement.ts';
import type { StackState } from '../model/state.ts';
import { verdictOf } from '../selectors/verdict.ts';
import { type FeedContext, Wake } from './schedule.ts';

/** Another laketop's acknowledgement is seen within this time, ms: one look at the file. */
const lookEveryMs = 1000;
/** A finding that comes and goes is the same one: only when it stays away so long is it over, ms. */
const clearedAfterMs = 10_000;

export type AcknowledgementsDeps = {
	readonly store: AcknowledgementStore;
	/** The stack that is watched; null until it was looked for. */
	readonly stack: () => StackKey | null;
	readonly state: () => StackState;
	readonly onChange: (listener: () => void) => () => void;
};

/** What others do with acknowledgements. */
export type Acknowledgements = {
	/** Reads them, and ends those of findings that are over; resolves when that is kept. For commands, which look once. */
	readonly settle: () => Promise<void>;
	/** Resolves with why it was not saved, or null. */
	readonly add: (acknowledgement: Acknowledgement) => Promise<AcknowledgementsProblem | null>;
	readonly remove: (findingId: string) => Promise<AcknowledgementsProblem | null>;
};

/** Keeps what is acknowledged on this host as fresh as the file is, and ends what is over. */
export function acknowledgementsOf(
	{ clock, observe, signal }: Pick<FeedContext, 'clock' | 'observe' | 'signal'>,
	{ store, stack, state, onChange }: AcknowledgementsDeps,
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
	/** Ends those whose findings have stayed away for so long. */
	const endThoseOver = async (afterMs: number) => {
		const key = stack();
		const now = state();
		const at = clock.now();
		// What could not be looked at is not over.
		if (key === null || now.diagnosedAt === null || verdictOf(now, at).notChecked.length > 0)
			return absentSince.clear();
		for (const { findingId } of now.acknowledgements) {
			if (now.findings.some(({ id }) => id === findingId)) {
				seen.add(findingId);
				absentSince.delete(findingId);
				continue;
			}
			// What only a deep check sees is over once one was made, or after this laketop has seen it itself.
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
			await endThoseOver(0);
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
					await endThoseOver(clearedAfterMs);
					await wake.sleep(clock, lookEveryMs, signal);
				}
			} finally {
				stop();
			}
		},
	};
}

/** Whether somebody knows of this finding now. */
export function isAcknowledged({ acknowledgements }: StackState, findingId: string, now: number): boolean {
	return acknowledgementOf(acknowledgements, findingId, now) !== undefined;
}
