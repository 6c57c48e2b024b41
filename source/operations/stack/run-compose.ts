import { type ComposeClient, composeFileGone, composeMissing } from '../../clients/compose.ts';
import { exitedWith } from '../../model/failures/exited-with.ts';
import { failureOf, messageAndFix } from '../../model/failures/failure.ts';
import { phrase, quoted } from '../../words/message.ts';
import { failed } from '../plan/outcomes.ts';
import type { Outcome, Refusal, Tools } from '../plan/plan.ts';
import { refusalKind } from '../plan/run-plan.ts';

/** Why Compose is not available; null if it is. */
export async function composeUnavailable(compose: ComposeClient): Promise<Refusal | null> {
	if ((await compose.available()) === null) return { refused: messageAndFix(composeMissing), kind: 'unreachable' };
	const [missing] = compose.missingFiles();
	if (missing === undefined) return null;
	return { refused: messageAndFix(composeFileGone(missing).failure), kind: 'nothing' };
}

/**
 * Runs Compose; null if it succeeded. Its last lines are the error message. If it did not finish, the message says what
 * the engine has now.
 */
export async function runCompose(tools: Tools, words: readonly string[], input?: string): Promise<Outcome | null> {
	let last = '';
	const onLine = (line: string) => {
		last = line;
		tools.progress(quoted(line));
	};
	let code: number;
	try {
		code = await tools.clients.compose.run(words, onLine, tools.signal, input === undefined ? {} : { input });
	} catch (error) {
		if (tools.signal.aborted) throw error;
		return failed(failureOf(error));
	}
	if (tools.signal.aborted)
		return {
			outcome: 'unknown',
			message: phrase([
				'interrupted before it finished: check the containers',
				'완료 전에 중단되었습니다. 컨테이너를 확인하세요',
			]),
		};
	if (code === 0) return null;
	const ended = exitedWith(`docker compose ${verbOf(words)}`, code, last);
	// The engine was there when this was started: nobody knows what it was doing when it went away.
	const engineGone = /Cannot connect to the Docker daemon|error during connect/i.test(last);
	if (engineGone)
		return {
			outcome: 'unknown',
			message: phrase(
				[
					'The engine went away meanwhile: check the containers before you retry. {ended}',
					'도중에 엔진과의 연결이 끊어졌습니다. 다시 시도하기 전에 컨테이너를 확인하세요. {ended}',
				],
				{ ended },
			),
			failure: 'unreachable',
		};
	return { outcome: 'failed', message: ended, failure: 'refused' };
}

/** The first word that is neither an option nor the value of `--profile`. */
function verbOf(words: readonly string[]): string {
	return words.find((word, index) => !word.startsWith('-') && words[index - 1] !== '--profile') ?? '';
}

/** What the engine reports after Compose has succeeded; unknown if the engine is gone by then. */
export async function afterwards(look: () => Promise<Outcome>): Promise<Outcome> {
	try {
		return await look();
	} catch (error) {
		const failure = failureOf(error);
		return {
			outcome: 'unknown',
			message: phrase(
				[
					'docker compose succeeded, but the result could not be checked: {why}',
					'docker compose는 성공했지만 결과를 확인하지 못했습니다: {why}',
				],
				{ why: failure.message },
			),
			failure: refusalKind(failure.kind),
		};
	}
}
