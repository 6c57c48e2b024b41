import { cleanJson } from '../../../model/clean-text.ts';
import { ClientError } from '../../../model/failure.ts';
import { phrase } from '../../../words/message.ts';
import { busyProblem, type HttpAnswer, redirectProblem } from '../../http/http.ts';
import { parseOutsideJson } from '../../outside-json.ts';
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
	const httpStatus = answer.status;
	const message = words
		? phrase(['Airflow at {address} answers {httpStatus} ({words})', 'Airflow({address}) 응답 {httpStatus}({words})'], {
				address,
				httpStatus,
				words,
			})
		: phrase(['Airflow at {address} answers {httpStatus}', 'Airflow({address}) 응답 {httpStatus}'], {
				address,
				httpStatus,
			});
	switch (httpStatus) {
		case 401:
			return new ClientError(
				'unauthorised',
				message,
				phrase(['Check airflow.username and airflow.password', 'airflow.username과 airflow.password를 확인하세요']),
				{ httpStatus },
			);
		case 403:
			return new ClientError(
				'unauthorised',
				message,
				phrase(['Give this user a role with the permission', '이 사용자에게 해당 권한이 있는 역할을 부여하세요']),
				{ httpStatus },
			);
		case 404:
			// Airflow's own 404 is a problem in JSON; another program's page is not.
			return words
				? new ClientError('not-found', phrase(['Airflow: {missing}', 'Airflow: {missing}'], { missing }), null, {
						httpStatus,
					})
				: new ClientError(
						'protocol',
						phrase(['The server at {address} is not Airflow 2 (404)', '{address}의 서버는 Airflow 2가 아닙니다(404)'], {
							address,
						}),
						phrase(['Check the address of Airflow', 'Airflow 주소를 확인하세요']),
						{ httpStatus },
					);
		case 409:
			return new ClientError('conflict', message, null, { httpStatus });
		default:
			return answer.status >= 500
				? new ClientError(
						'server',
						message,
						phrase(['See the log of airflow-webserver', 'airflow-webserver 로그를 확인하세요']),
						{ httpStatus },
					)
				: new ClientError('refused', message, null, { httpStatus });
	}
}
