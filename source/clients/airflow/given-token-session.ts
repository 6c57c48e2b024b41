import { ClientError } from '../../model/failure.ts';
import type { Secret } from '../../model/secret.ts';
import { phrase } from '../../words/message.ts';
import { GivenToken } from '../given-token.ts';
import type { HttpAnswer, HttpRequest, HttpServer } from '../http/http.ts';
import { statusWords } from '../http/status-words.ts';

/** Requests to Airflow of either generation with the token that the user gave. */
export class GivenTokenSession {
	readonly #server: HttpServer;
	readonly #token: GivenToken;

	constructor(server: HttpServer, token: Secret) {
		this.#server = server;
		this.#token = new GivenToken(token);
	}

	/** Throws ClientError `unauthorised` if the server rejects the token. */
	async request(request: HttpRequest): Promise<HttpAnswer> {
		const answer = await this.#token.send(this.#server, request);
		if (answer.status !== 401) return answer;
		throw new ClientError(
			'unauthorised',
			statusWords('Airflow', this.#server.address, answer.status, ''),
			phrase([
				'Check airflow.token, airflow.token_file or airflow.token_command: the token is rejected',
				'airflow.token, airflow.token_file 또는 airflow.token_command를 확인하세요. 토큰이 거부되었습니다',
			]),
			{ httpStatus: answer.status },
		);
	}

	/** The session of a web page: a token is none. */
	async cookie(): Promise<null> {
		return null;
	}
}
