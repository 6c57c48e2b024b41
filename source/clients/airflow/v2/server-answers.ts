import * as z from 'zod/mini';
import type { ImportError } from '../../../model/airflow/pipeline.ts';
import { total } from '../../../model/text/outside-number.ts';
import { maskedLines, optionalText, optionalTime, outsideList } from '../../../model/text/outside-text.ts';

/** Responses of Airflow's REST API v2 about the server itself, parsed tolerantly: responses of Airflow 3.3.2. */
export { healthAnswer, poolAnswer, poolsAnswer, versionAnswer } from '../v1/server-answers.ts';

/** The fields that a change of a pool has to repeat. */
export const poolFieldsAnswer = z.pipe(
	z.object({ include_deferred: z.nullish(z.boolean()) }),
	z.transform(pool => ({ include_deferred: pool.include_deferred ?? false })),
);

/** A file with an import error: its path in its bundle. */
export type BundledError = { readonly error: ImportError; readonly bundle: string | null };

export const importErrorsAnswer = z.pipe(
	z.object({
		import_errors: outsideList(
			z.object({
				filename: optionalText,
				bundle_name: optionalText,
				stack_trace: z.nullish(maskedLines),
				timestamp: optionalTime,
			}),
		),
		total_entries: total,
	}),
	z.transform(answer => ({
		total_entries: answer.total_entries,
		errors: answer.import_errors.map(
			(error): BundledError => ({
				error: {
					fileName: error.filename ?? '',
					stackTrace: error.stack_trace ?? '',
					happenedAt: error.timestamp,
				},
				bundle: error.bundle_name,
			}),
		),
	})),
);
