import { ClientError } from '../../model/failures/failure.ts';
import { phrase } from '../../words/message.ts';
import { busyProblem } from '../http/busy-problem.ts';
import { type HttpAnswer, redirectProblem } from '../http/http.ts';
import { waitAsked } from '../http/retry-after.ts';
import { statusWords } from '../http/status-words.ts';
import { parseOutsideJson } from '../outside-json.ts';
import { errorAnswer } from './mlflow-answers.ts';

export const checkAddress = phrase(['Check the address of MLflow', 'MLflow 주소를 확인하세요']);

/** Where a login is configured. MLflow's own variables are read as well. */
const setLogin = phrase([
	'Set LAKETOP_MLFLOW_USERNAME and LAKETOP_MLFLOW_PASSWORD, or mlflow.username and mlflow.password in laketop.yaml',
	'LAKETOP_MLFLOW_USERNAME과 LAKETOP_MLFLOW_PASSWORD 또는 laketop.yaml의 mlflow.username과 mlflow.password를 설정하세요',
]);

/**
 * The message of an error response: MLflow sends an error code and its words, a proxy or another program anything.
 * @param user whose password the request carried; undefined: it carried none
 */
export function problemOf(answer: HttpAnswer, address: string, user?: string): ClientError {
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
			if (user !== undefined) {
				const wrong = phrase(
					[
						'MLflow at {address} rejects user {user}: wrong name or password',
						'MLflow({address})가 사용자 {user}의 로그인을 거부했습니다. 이름 또는 비밀번호가 잘못되었습니다',
					],
					{ address, user },
				);
				return new ClientError('unauthorised', wrong, setLogin, { httpStatus });
			}
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
