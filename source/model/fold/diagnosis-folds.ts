import { isDeepStrictEqual } from 'node:util';
import { type CheckState, checkKey } from '../check.ts';
import type { StackState } from '../state.ts';
import { type Folds, replace, type Seen } from './folds.ts';

/** Results about containers that are long gone are dropped. */
const checksKept = 400;

/** Checks, findings and acknowledgements. */
export const diagnosisFolds: Folds<
	'check finished' | 'check failed' | 'findings changed' | 'acknowledgements read' | 'checks complete'
> = {
	'check finished': (state, seen) => {
		const lookedAt = seen.askedAt ?? seen.at;
		const { container, result } = seen;
		const check: CheckState = { at: seen.at, lookedAt, container, result, problem: null };
		return withCheck(state, checkKey(result.check, seen.subject), check);
	},

	'check failed': (state, seen) => {
		const key = `${seen.check}\n${seen.subject}`;
		const before = state.checks[key];
		return withCheck(state, key, {
			at: before?.at ?? seen.at,
			lookedAt: seen.askedAt ?? seen.at,
			container: before?.container,
			result: before?.result ?? null,
			problem: seen.message,
		});
	},

	'findings changed': (state, seen) =>
		replace({ ...state, causesEnded: causesEnded(state, seen) }, 'findings', seen.findings),

	'acknowledgements read': (state, seen) =>
		replace(replace(state, 'acknowledgements', seen.acknowledgements), 'acknowledgementsProblem', seen.problem),

	'checks complete': (state, seen) => ({
		...state,
		diagnosedAt: state.diagnosedAt ?? seen.at,
		checkedAt: { ...state.checkedAt, [seen.deep ? 'deep' : 'light']: seen.at },
	}),
};

function withCheck(state: StackState, key: string, check: CheckState): StackState {
	const before = state.checks[key];
	// A new time is news as well, because results expire.
	const same = before && isDeepStrictEqual(before.result, check.result);
	const { [key]: _old, ...others } = state.checks;
	const entries = Object.entries(others);
	const kept = entries.length < checksKept ? others : Object.fromEntries(entries.slice(1 - checksKept));
	return { ...state, checks: { ...kept, [key]: same ? { ...check, result: before.result } : check } };
}

/** No consequence lingers longer, ms: health checks are some minutes apart at most. */
const causesEndedKeptMs = 10 * 60_000;

function causesEnded(
	{ findings, causesEnded: known }: StackState,
	seen: Seen<'findings changed'>,
): StackState['causesEnded'] {
	const ids = new Set(seen.findings.map(({ id }) => id));
	const now = findings.filter(({ explainedBy }) => explainedBy !== null && !ids.has(explainedBy));
	const kept = Object.entries(known).filter(([, at]) => seen.at - at < causesEndedKeptMs);
	return Object.fromEntries([...kept, ...now.map(({ id }) => [id, seen.at] as const)]);
}
