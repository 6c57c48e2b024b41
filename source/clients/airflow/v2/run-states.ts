import { StringDecoder } from 'node:string_decoder';
import { ClientError } from '../../../model/failures/failure.ts';
import type { Text } from '../../../words/language.ts';
import { phrase } from '../../../words/message.ts';
import { parseAnswer } from '../../http/parse-answer.ts';
import { readChunks } from '../../http/read-chunks.ts';
import { LineSplitter } from '../../line-splitter.ts';
import type { RestApi, Streaming } from '../rest-api.ts';
import { problemOf } from './problem.ts';
import { runStateAnswer } from './watch-answers.ts';

const what: Text = ['state of the DAG run', 'DAG 실행 상태'];
/** The last line of a run has its results too, which may be long; a longer line is no JSON and reported as that. */
const lineLimit = 1024 * 1024;
/** The server repeats the state; after so many missing ones it is gone. */
const missedStates = 5;

/**
 * The states that `…/wait` reports, one JSON object a line, until the DAG run has ended. Throws ClientError, also if
 * the response ends before the run: the server was stopped.
 *
 * @param everySeconds pause between two lines
 */
export async function* runStates(
	api: RestApi<Streaming>,
	runPath: string,
	everySeconds: number,
	signal: AbortSignal,
): AsyncGenerator<string> {
	// Without `result` it adds only results that the DAG names as such (core_api/services/public/dag_run.py).
	const path = `${runPath}/wait?interval=${everySeconds}`;
	const headers = { accept: 'application/x-ndjson' };
	const answer = await api.session.stream({ path, headers, signal }, missedStates * everySeconds * 1000 + 5000);
	if (!('stream' in answer)) throw problemOf(answer, api.address);
	const splitter = new LineSplitter(lineLimit);
	const decoder = new StringDecoder('utf8');
	try {
		for await (const chunk of readChunks(answer.stream)) {
			for (const line of splitter.push(decoder.write(chunk))) {
				// What arrived before the caller stopped is not passed on after it.
				signal.throwIfAborted();
				const { state } = parseAnswer('Airflow', api.address, what, line, runStateAnswer);
				yield state;
				if (state === 'success' || state === 'failed') return;
			}
		}
	} catch (error) {
		if (signal.aborted || error instanceof ClientError) throw error;
		throw api.server.lost(error);
	}
	const words = phrase(
		[
			'Airflow at {address} ended its response before the DAG run',
			'Airflow({address})가 DAG 실행이 끝나기 전에 응답을 끝냈습니다',
		],
		{ address: api.address },
	);
	throw new ClientError('lost', words);
}
