import type { SignState } from '../logs/log-sign.ts';
import type { StackState } from '../state.ts';
import { type Folds, replace, type Seen, withKey } from './folds.ts';

const signsKept = 100;

/** State of log streams, and signs in logs. The lines are kept beside the state, see `log-store.ts`. */
export const logFolds: Folds<'log lines' | 'log errors' | 'log cleared' | 'log stream' | 'log sign'> = {
	'log lines': state => state,

	'log errors': state => state,

	'log cleared': (state, seen) => {
		if (!seen.forgotten || !state.logStreams[seen.stream]) return state;
		const { [seen.stream]: _forgotten, ...logStreams } = state.logStreams;
		return { ...state, logStreams };
	},

	'log stream': (state, seen) =>
		replace(
			state,
			'logStreams',
			withKey(state.logStreams, seen.stream, {
				status: seen.status,
				via: seen.via,
				note: seen.note,
				fix: seen.fix,
				kind: seen.kind,
				since: sinceOfStream(state, seen.stream, seen.status) ?? seen.at,
			}),
		),

	'log sign': (state, seen) => ({ ...state, signs: signsAfter(state.signs, seen) }),
};

/** Since when the stream has had that status; undefined if it is new. */
function sinceOfStream(state: StackState, stream: string, status: string): number | undefined {
	const before = state.logStreams[stream];
	return before?.status === status ? before.since : undefined;
}

function signsAfter(
	before: readonly SignState[],
	{ container, sign, line, happenedAt }: Seen<'log sign'>,
): readonly SignState[] {
	const old = before.find(one => one.container === container && one.sign === sign);
	const others = before.filter(one => one !== old).slice(1 - signsKept);
	const now = { container, sign, line, lastAt: happenedAt };
	return [...others, { ...now, firstAt: old?.firstAt ?? happenedAt, count: (old?.count ?? 0) + 1 }];
}
