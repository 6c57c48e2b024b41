import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../source/command-line/exit/failures.ts';
import { exitCodeOfVerdict } from '../../../source/command-line/show/judged.ts';
import { failureKinds } from '../../../source/model/source.ts';
import { verdictOf } from '../../../source/selectors/findings/verdict.ts';
import { quoted } from '../../../source/words/message.ts';
import { now, stateOf } from '../../diagnosis/stack.ts';

/** A missing DAG or experiment is an answer: a finding for commands that judge, a wrong name for the others. */
test.each(failureKinds.filter(kind => kind !== 'not-found'))('%s is one exit code in all commands', kind => {
	const failure = { kind, message: quoted('why'), fix: null };
	const state = stateOf(
		{ type: 'feed failed', feed: 'experiment', failure, retryAt: now },
		{ type: 'checks complete', deep: false },
	);
	expect(exitCodeOf(kind)).toBe(exitCodeOfVerdict(verdictOf(state, now)));
});
