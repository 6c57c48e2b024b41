import type { ClientError } from '../../../model/failures/failure.ts';
import { cleanJson } from '../../../model/text/clean-text.ts';
import { phrase } from '../../../words/message.ts';
import { busyProblem } from '../../http/busy-problem.ts';
import { type HttpAnswer, redirectProblem } from '../../http/http.ts';
import { parseOutsideJson } from '../../outside-json.ts';
import { type ProblemTexts, statusProblem } from '../problem.ts';
import { problemAnswer } from './server-answers.ts';

/** The message of an error response: connexion sends RFC 7807 problems, a proxy or another program anything. */
export function problemOf(answer: HttpAnswer, address: string): ClientError {
	const known = redirectProblem(answer, 'Airflow', address) ?? busyProblem(answer, 'Airflow', address);
	if (known) return known;
	let words = '';
	/** The missing object, without the title `DAG not found`. */
	let missing = '';
	try {
		const problem = problemAnswer.safeParse(parseOutsideJson(answer.body));
		if (problem.success) {
			const { title, detail } = problem.data;
			words = [title, typeof detail === 'string' ? detail : detail ? cleanJson(detail) : null]
				.filter(Boolean)
				.join(': ');
			missing = (typeof detail === 'string' && detail) || (title ?? '');
		}
	} catch {
		// Not JSON: only the status is known.
	}
	return statusProblem(
		{ answer, address, words },
		texts,
		phrase(['Airflow: {missing}', 'Airflow: {missing}'], { missing }),
	);
}

// Airflow's own 404 is a problem in JSON; another program's page is not.
const texts: ProblemTexts = {
	notAirflow: ['The server at {address} is not Airflow 2 (404)', '{address}의 서버는 Airflow 2가 아닙니다(404)'],
	seeLog: ['See the log of airflow-webserver', 'airflow-webserver 로그를 확인하세요'],
};
