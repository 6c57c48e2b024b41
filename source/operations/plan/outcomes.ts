import { ClientError, failureOf, messageAndFix } from '../../model/failures/failure.ts';
import type { Failure } from '../../model/source.ts';
import { type Message, phrase } from '../../words/message.ts';
import type { Outcome, Tools } from './plan.ts';
import { refusalKind } from './run-plan.ts';

/** A failure as the outcome of an action. */
export function failed(failure: Failure): Outcome {
	return { outcome: 'failed', message: messageAndFix(failure), failure: refusalKind(failure.kind) };
}

/** The request was sent, and nobody knows whether it was carried out. */
export function answerIsLost(error: unknown): boolean {
	const { kind } = failureOf(error);
	// A gateway without an answer knows no more than laketop.
	const gateway = error instanceof ClientError && (error.httpStatus === 502 || error.httpStatus === 504);
	return kind === 'timeout' || kind === 'lost' || gateway;
}

/** Pauses before each attempt, ms: long enough for a server that is restarting. */
const looks = [0, 1000, 2000, 4000];

/**
 * Sends a change once. If the response is lost, it looks up what happened and never sends the change again.
 * - `look` resolves with the outcome, or null while there is no sign of the change.
 * - `nothing` says what did not happen: `no run was started`.
 */
export async function once(
	tools: Pick<Tools, 'clock' | 'signal' | 'progress'>,
	send: () => Promise<Outcome>,
	look: () => Promise<Outcome | null>,
	nothing: Message,
): Promise<Outcome> {
	try {
		return await send();
	} catch (error) {
		if (!answerIsLost(error) || tools.signal.aborted) return failed(failureOf(error));
		const failure = failureOf(error);
		tools.progress(phrase(['{why}; checking what happened', '{why}. 결과를 확인하는 중'], { why: failure.message }));
		let seen: 'nothing' | 'unknown' = 'unknown';
		for (const pause of looks) {
			if (pause > 0) await tools.clock.sleep(pause, tools.signal);
			if (tools.signal.aborted) break;
			try {
				const outcome = await look();
				if (outcome) {
					const message = phrase(['{message}; the response was lost', '{message}. 응답은 받지 못했습니다'], {
						message: outcome.message,
					});
					return { ...outcome, message };
				}
				seen = 'nothing';
			} catch {
				seen = 'unknown';
			}
		}
		// After a lost connection the server has had time to finish; a slow one may still be working.
		const named = { why: failure.message, nothing };
		if (seen === 'nothing' && failure.kind === 'lost') {
			const message = phrase(['{why}; {nothing}', '{why}. {nothing}'], named);
			return { outcome: 'failed', message, failure: 'unreachable' };
		}
		const message =
			seen === 'nothing'
				? phrase(
						[
							'{why}; so far {nothing}. Check again before you retry',
							'{why}. 아직 {nothing}. 다시 시도하기 전에 확인하세요',
						],
						named,
					)
				: phrase(['{why}. Check again before you retry', '{why}. 다시 시도하기 전에 확인하세요'], named);
		return { outcome: 'unknown', message, failure: 'unreachable' };
	}
}
