import { ClientError, failureOf, whatAndFix } from '../model/failure.ts';
import type { Failure } from '../model/source.ts';
import { render } from '../words/message.ts';
import type { Outcome, Tools } from './plan.ts';
import { refusalKind } from './run-plan.ts';

/** A failure as the outcome of an action. */
export function failed(failure: Failure): Outcome {
	return { outcome: 'failed', message: inWords(failure), failure: refusalKind(failure.kind) };
}

/** What Airflow does not have any more it names itself: where it was asked is not what matters. */
const airflowNotFound = /^Airflow at \S+ answers 404 \((?:[\w ]+ not found: )?(.*)\)$/s;

function inWords(failure: Failure): string {
	const words = render(whatAndFix(failure), 'en');
	return failure.kind === 'not-found' ? words.replace(airflowNotFound, 'Airflow: $1') : words;
}

/** True where the request was sent, and nobody knows whether it was carried out. */
export function answerIsLost(error: unknown): boolean {
	const { kind } = failureOf(error);
	// A gateway that got no answer knows no more than we do.
	const gateway = error instanceof ClientError && (error.httpStatus === 502 || error.httpStatus === 504);
	return kind === 'timeout' || kind === 'lost' || gateway;
}

/** Pauses before each look, ms: a server that comes back from a restart is met as well. */
const looks = [0, 1000, 2000, 4000];

/**
 * Sends a change once. Where its answer is lost it looks up what happened, and never sends it again.
 * - `look` answers what is to be seen of the change: done, or null while nothing is.
 * - `nothing` says what has not happened: `no run was started`.
 */
export async function once(
	tools: Pick<Tools, 'clock' | 'signal' | 'progress'>,
	send: () => Promise<Outcome>,
	look: () => Promise<Outcome | null>,
	nothing: string,
): Promise<Outcome> {
	try {
		return await send();
	} catch (error) {
		if (!answerIsLost(error) || tools.signal.aborted) return failed(failureOf(error));
		const failure = failureOf(error);
		tools.progress(`${render(failure.message, 'en')}: looking up what happened`);
		let seen: 'nothing' | 'unknown' = 'unknown';
		for (const pause of looks) {
			if (pause > 0) await tools.clock.sleep(pause, tools.signal);
			if (tools.signal.aborted) break;
			try {
				const outcome = await look();
				if (outcome) return { ...outcome, message: `${outcome.message} (its answer was lost)` };
				seen = 'nothing';
			} catch {
				seen = 'unknown';
			}
		}
		// After a cut the server has had its seconds; one that is merely slow may still be at it.
		if (seen === 'nothing' && failure.kind === 'lost') {
			return { outcome: 'failed', message: `${render(failure.message, 'en')}; ${nothing}`, failure: 'unreachable' };
		}
		return {
			outcome: 'unknown',
			message: `${render(failure.message, 'en')}; ${seen === 'nothing' ? `so far ${nothing}: ` : ''}check again before you repeat it`,
			failure: 'unreachable',
		};
	}
}
