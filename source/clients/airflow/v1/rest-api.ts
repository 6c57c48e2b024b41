import type { OnCut } from '../../cut-lists.ts';
import type { HttpServer } from '../../http/http.ts';
import { type LoggedIn, RestApi } from '../rest-api.ts';
import { problemOf } from './problem.ts';

export { changeTimeoutMs, pageLimit, pagesFollowed } from '../rest-api.ts';

/** A login that may have a session of the web pages. */
export type LoggedInToPages = LoggedIn & { cookie(): Promise<string | null> };

/** Requests to the stable REST API v1. Every method throws ClientError. */
export class AirflowRestApi extends RestApi<LoggedInToPages> {
	constructor(server: HttpServer, session: LoggedInToPages, onCut?: OnCut) {
		super(server, session, problemOf, onCut);
	}
}
