import type { HttpServer } from '../../http/http.ts';

import type { AirflowSession } from '../airflow-session.ts';
import { RestApi } from '../rest-api.ts';
import { problemOf } from './problem.ts';

export { changeTimeoutMs, pageLimit } from '../rest-api.ts';

/** Requests to the stable REST API v1. Every method throws ClientError. */
export class AirflowRestApi extends RestApi<AirflowSession> {
	constructor(server: HttpServer, session: AirflowSession) {
		super(server, session, problemOf);
	}
}
