import { cleanJson } from '../../../model/clean-text.ts';
import { ClientError } from '../../../model/failure.ts';
import { busyProblem, type HttpAnswer, redirectProblem } from '../../http/http.ts';
import { parseOutsideJson } from '../../outside-json.ts';
import { problemAnswer } from './server-answers.ts';

/** An error answer in words: connexion sends RFC 7807 problems, a proxy or another program sends anything. */
export function problemOf(answer: HttpAnswer, address: string): ClientError {
	const known = redirectProblem(answer, 'Airflow', address) ?? busyProblem(answer, 'Airflow', address);
	if (known) return known;
	let words = '';
	try {
		const problem = problemAnswer.safeParse(parseOutsideJson(answer.body));
		if (problem.success) {
			const { title, detail } = problem.data;
			words = [title, typeof detail === 'string' ? detail : detail ? cleanJson(detail) : null]
				.filter(Boolean)
				.join(': ');
		}
	} catch {
		// Not JSON: the status has to do.
	}
	const message = `Airflow at ${address} answers ${answer.status}${words ? ` (${words})` : ''}`;
	const httpStatus = answer.status;
	switch (httpStatus) {
		case 401:
			return new ClientError('unauthorised', message, 'Check airflow.username and airflow.password', { httpStatus });
		case 403:
			return new ClientError('unauthorised', message, 'This user lacks the permission: give it a role that has it', {
				httpStatus,
			});
		case 404:
			// Airflow's own 404 is a problem in JSON; a page of another program is not.
			return words
				? new ClientError('not-found', message, '', { httpStatus })
				: new ClientError(
						'protocol',
						`What answers at ${address} is not Airflow 2 (404)`,
						'Check the address of Airflow',
						{ httpStatus },
					);
		case 409:
			return new ClientError('conflict', message, '', { httpStatus });
		default:
			return answer.status >= 500
				? new ClientError('server', message, 'Look at the log of airflow-webserver', { httpStatus })
				: new ClientError('refused', message, '', { httpStatus });
	}
}
