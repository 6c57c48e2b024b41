import { ClientError } from '../../model/failures/failure.ts';
import type { Text } from '../../words/language.ts';
import { filled, type Message, phrase } from '../../words/message.ts';
import type { HttpAnswer } from '../http/http.ts';
import { waitAsked } from '../http/retry-after.ts';
import { statusWords } from '../http/status-words.ts';

/** What differs between the generations of Airflow. */
export type ProblemTexts = {
	/** For a 404 that is not Airflow's own; has `{address}`. */
	readonly notAirflow: Text;
	/** What to do about a server error. */
	readonly seeLog: Text;
};

/**
 * An error response of Airflow as a failure.
 *
 * @param words what Airflow says about it; empty if the response is not Airflow's own
 * @param missing for a 404; by default the status and `words`
 */
export function statusProblem(
	{
		answer,
		address,
		words,
	}: {
		readonly answer: Pick<HttpAnswer, 'status' | 'headers'>;
		readonly address: string;
		readonly words: string;
	},
	texts: ProblemTexts,
	missing?: Message,
): ClientError {
	const httpStatus = answer.status;
	const message = statusWords('Airflow', address, httpStatus, words);
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
			return words
				? new ClientError('not-found', missing ?? message, null, { httpStatus })
				: new ClientError(
						'protocol',
						filled(texts.notAirflow, { address }),
						phrase(['Check the address of Airflow', 'Airflow 주소를 확인하세요']),
						{ httpStatus },
					);
		case 409:
			return new ClientError('conflict', message, null, { httpStatus });
		default:
			return httpStatus >= 500
				? new ClientError('server', message, filled(texts.seeLog, {}), {
						httpStatus,
						retryAfterMs: waitAsked(answer),
					})
				: new ClientError('refused', message, null, { httpStatus });
	}
}
