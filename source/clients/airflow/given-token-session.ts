import { ClientError } from '../../model/failures/failure.ts';
import type { Secret } from '../../model/secrets/secret.ts';
import { phrase } from '../../words/message.ts';
import { GivenToken } from '../given-token.ts';
import type { HttpAnswer, HttpRequest, HttpServer, HttpStream } from '../http/http.ts';
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
		return this.#accepted(await this.#token.send(this.#server, request));
	}

	/** The same for a response that is read while it arrives, see `HttpServer.stream`. */
	async stream(request: HttpRequest, silenceMs: number): Promise<HttpAnswer | HttpStream> {
		return this.#accepted(await this.#token.stream(this.#server, request, silenceMs));
	}

	#accepted<Answer extends { readonly status: number }>(answer: Answer): Answer {
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
