import * as z from 'zod/mini';
import type { Text } from '../words/language.ts';
import { messageSchema } from '../words/message.ts';

/** The name of the list of all DAGs. */
export const dagListName = ['DAG list', 'DAG 목록'] as const satisfies Text;

/** The lists of the newest model versions, and of the newest models that MLflow runs logged. */
export const modelVersionListName = ['model versions', '모델 버전'] as const satisfies Text;
export const loggedModelListName = ['logged models', '로깅된 모델'] as const satisfies Text;

/** A list of which a server has more entries than were read. */
export const cutListSchema = z.object({
	server: z.enum(['airflow', 'mlflow']),
	/** `task instances` */
	what: messageSchema,
	/** What the list belongs to, by `runKey`; null: it is of the whole server, or of several DAG runs. */
	of: z.nullable(z.string()),
	shown: z.number(),
	/** null: the server does not tell. */
	total: z.nullable(z.number()),
	/** Only the newest entries were asked for. */
	newest: z.optional(z.literal(true)),
});
export type CutList = z.infer<typeof cutListSchema>;

/** The lists after one of them was read; it is no longer among them if it was read to its end. */
export function cutListsAfter(before: readonly CutList[], read: CutList): readonly CutList[] {
	const others = before.filter(one => nameOf(one) !== nameOf(read));
	return read.total === null || read.shown < read.total ? [...others, read] : others;
}

/** The list of that name of a whole server, if it is cut. */
export function cutListOf(lists: readonly CutList[], server: CutList['server'], [name]: Text): CutList | undefined {
	return lists.find(one => one.server === server && one.of === null && one.what.text[0] === name);
}

const nameOf = ({ server, what, of }: CutList): string => [server, what.text[0], of ?? ''].join('\n');
