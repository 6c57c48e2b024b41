import * as z from 'zod/mini';
import type { ClientError } from '../../../model/failures/failure.ts';
import { cleanJson } from '../../../model/text/clean-text.ts';
import { optionalText, outsideJson, outsideLines, outsideList, outsideText } from '../../../model/text/outside-text.ts';
import { phrase } from '../../../words/message.ts';
import { busyProblem } from '../../http/busy-problem.ts';
import { type HttpAnswer, redirectProblem } from '../../http/http.ts';
import { parseOutsideJson } from '../../outside-json.ts';
import { type ProblemTexts, statusProblem } from '../problem.ts';

/**
 * The three shapes of `detail`: a sentence, problems of fields of the body (422), and the database's message (409).
 * Source: airflow-core/src/airflow/api_fastapi/common/exceptions.py (3.0.0) and FastAPI's own errors.
 */
export const problemAnswer = z.object({
	detail: z.union([
		outsideLines,
		outsideList(z.object({ loc: z.nullish(outsideList(z.union([outsideText, z.number()]))), msg: outsideText })),
		z.object({ reason: outsideText, message: optionalText }),
		outsideJson,
	]),
});

/** The message of an error response; empty if it is not from Airflow 3. */
export function wordsOf({ body }: Pick<HttpAnswer, 'body'>): string {
	let detail: z.infer<typeof problemAnswer>['detail'];
	try {
		detail = problemAnswer.parse(parseOutsideJson(body)).detail;
	} catch {
		return '';
	}
	if (typeof detail === 'string') return detail;
	if (detail === null) return '';
	if (isSentences(detail)) return detail.join('; ');
	if (isFieldProblems(detail)) {
		return detail.map(({ loc, msg }) => [fieldOf(loc ?? []), msg].filter(Boolean).join(': ')).join('; ');
	}
	if (typeof detail === 'object' && 'reason' in detail && typeof detail.reason === 'string') return detail.reason;
	return cleanJson(detail);
}

/** An error response as a failure. */
export function problemOf(answer: HttpAnswer, address: string): ClientError {
	const known = redirectProblem(answer, 'Airflow', address) ?? busyProblem(answer, 'Airflow', address);
	if (known) return known;
	const words = wordsOf(answer);
	const missing = words === unknownPath ? undefined : phrase(['Airflow: {words}', 'Airflow: {words}'], { words });
	return statusProblem({ answer, address, words }, texts, missing);
}

/** FastAPI's detail for a path without a route. It names nothing, so status and address say more. */
const unknownPath = 'Not Found';

// Airflow's own 404 has a detail; the page of another program, or of Airflow 2, has none.
const texts: ProblemTexts = {
	notAirflow: ['The server at {address} is not Airflow 3 (404)', '{address}의 서버는 Airflow 3이 아닙니다(404)'],
	seeLog: ['See the log of the Airflow API server', 'Airflow API 서버 로그를 확인하세요'],
};

type FieldProblem = { readonly loc?: readonly (string | number)[] | null | undefined; readonly msg: string };
function isFieldProblems(detail: unknown): detail is readonly FieldProblem[] {
	return Array.isArray(detail) && detail.every(one => typeof one === 'object' && one !== null && 'msg' in one);
}

/** Some routes put a comma after their sentence (core_api/routes/public/task_instances.py, 3.3.2). */
function isSentences(detail: unknown): detail is readonly string[] {
	return Array.isArray(detail) && detail.every(one => typeof one === 'string');
}

/** `["body","slots"]` as `slots`. */
function fieldOf(loc: readonly (string | number)[]): string {
	return (loc[0] === 'body' ? loc.slice(1) : loc).join('.');
}
