import { type ComposeClient, composeMissing } from '../clients/compose.ts';
import { failureOf, whatAndFix } from '../model/failure.ts';
import { render } from '../words/message.ts';
import { failed } from './outcomes.ts';
import type { Outcome, Refusal, Tools } from './plan.ts';
import { refusalKind } from './run-plan.ts';

/** Why Compose cannot be asked for anything; null where it can. */
export async function composeAway(compose: ComposeClient): Promise<Refusal | null> {
	if ((await compose.available()) === null)
		return { refused: render(whatAndFix(composeMissing), 'en'), kind: 'unreachable' };
	const [missing] = compose.missingFiles();
	if (missing === undefined) return null;
	return {
		refused: `The Compose file ${missing} is not there. Name it: --compose-file, or compose_file in laketop.yaml`,
		kind: 'nothing',
	};
}

/**
 * Runs Compose; null when it succeeded. Its last words are the message of what went wrong; where it did not come to its
 * end, what the engine has now is told.
 */
export async function runCompose(tools: Tools, words: readonly string[], input?: string): Promise<Outcome | null> {
	let last = '';
	const onLine = (line: string) => {
		last = line;
		tools.progress(line);
	};
	let code: number;
	try {
		code = await tools.clients.compose.run(words, onLine, tools.signal, input === undefined ? {} : { input });
	} catch (error) {
		if (tools.signal.aborted) throw error;
		return failed(failureOf(error));
	}
	if (tools.signal.aborted)
		return { outcome: 'unknown', message: 'ended before it was finished: look at the containers' };
	if (code === 0) return null;
	const ended = `docker compose ${words[0]} ended with ${code}${last === '' ? '' : `: ${last}`}`;
	// The engine was there when this was asked for: what it was doing when it went, nobody can tell.
	const engineGone = /Cannot connect to the Docker daemon|error during connect/i.test(last);
	if (engineGone)
		return {
			outcome: 'unknown',
			message: `${ended}. The engine has gone in the middle: check the containers before you repeat it`,
			failure: 'unreachable',
		};
	return { outcome: 'failed', message: ended, failure: 'refused' };
}

/** What the engine tells after Compose has succeeded; an engine that is gone by then leaves it open. */
export async function afterwards(look: () => Promise<Outcome>): Promise<Outcome> {
	try {
		return await look();
	} catch (error) {
		const failure = failureOf(error);
		return {
			outcome: 'unknown',
			message: `docker compose has succeeded; how it is now cannot be seen: ${render(failure.message, 'en')}`,
			failure: refusalKind(failure.kind),
		};
	}
}
