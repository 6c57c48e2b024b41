import { ClientError } from '../../model/failure.ts';
import { phrase } from '../../words/message.ts';
import { busyProblem } from '../http/busy-problem.ts';
import { type HttpAnswer, redirectProblem } from '../http/http.ts';
import { waitAsked } from '../http/retry-after.ts';
import { statusWords } from '../http/status-words.ts';
import { parseOutsideJson } from '../outside-json.ts';
import { errorAnswer } from './mlflow-answers.ts';

export const checkAddress = phrase(['Check the address of MLflow', 'MLflow 주소를 확인하세요']);

/** The message of an error response: MLflow sends an error code and its words, a proxy or another program anything. */
export function problemOf(answer: HttpAnswer, address: string): ClientError {
	const known = redirectProblem(answer, 'MLflow', address) ?? busyProblem(answer, 'MLflow', address);
	if (known) return known;
	let words = '';
	try {
		const problem = errorAnswer.safeParse(parseOutsideJson(answer.body));
		if (problem.success) words = [problem.data.error_code, problem.data.message].filter(Boolean).join(': ');
	} catch {
		// Not JSON, for example MLflow 3.5's plain "Invalid Host header". After its first sentence comes a link.
		words = answer.body.slice(0, 80).split(/(?<=\.)\s/)[0] ?? '';
	}
	const httpStatus = answer.status;
	const message = statusWords('MLflow', address, httpStatus, words);
	switch (httpStatus) {
		case 401:
			return new ClientError(
				'unauthorised',
				message,
				phrase([
					'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN',
					'MLFLOW_TRACKING_USERNAME과 MLFLOW_TRACKING_PASSWORD 또는 MLFLOW_TRACKING_TOKEN을 설정하세요',
				]),
				{ httpStatus },
			);
		case 403:
			return /invalid host header/i.test(answer.body)
				? new ClientError(
						'unauthorised',
						message,
						phrase([
							'Add this address to --allowed-hosts (MLFLOW_SERVER_ALLOWED_HOSTS): MLflow 3.5 and newer check the Host header',
							'이 주소를 --allowed-hosts(MLFLOW_SERVER_ALLOWED_HOSTS)에 추가하세요. MLflow 3.5 이상은 Host 헤더를 검사합니다',
						]),
						{ httpStatus, code: 'host-header' },
					)
				: new ClientError(
						'unauthorised',
						message,
						phrase(['Give this user the permission', '이 사용자에게 해당 권한을 부여하세요']),
						{ httpStatus },
					);
		case 404:
			return new ClientError('not-found', message, checkAddress, { httpStatus });
		default:
			return answer.status >= 500
				? new ClientError('server', message, phrase(['See the log of mlflow', 'mlflow 로그를 확인하세요']), {
						httpStatus,
						retryAfterMs: waitAsked(answer),
					})
				: new ClientError('refused', message, null, { httpStatus });
	}
}
