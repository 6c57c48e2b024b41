import * as z from 'zod/mini';

/** Fields of the documents of `--json`. Their names are those of Airflow, MLflow and Docker. */

/** The meaning becomes the description in the published schema. */
export const about = <Schema extends z.ZodMiniType>(schema: Schema, meaning: string): Schema => {
	z.globalRegistry.add(schema, { description: meaning });
	return schema;
};

export const time = () => z.iso.datetime();
export const optionalTime = (meaning: string) => about(z.nullable(time()), meaning);
export const count = (meaning: string) => about(z.number(), meaning);
export const optionalCount = (meaning: string) => about(z.nullable(z.number()), meaning);
export const text = (meaning: string) => about(z.string(), meaning);
export const optionalText = (meaning: string) => about(z.nullable(z.string()), meaning);
export const flag = (meaning: string) => about(z.boolean(), meaning);

/** The first fields of every document. */
export const head = <Name extends string>(name: Name) => ({
	schema: about(z.literal(name), 'Name and version of this schema; a breaking change raises the number'),
	at: about(time(), 'Time of the data'),
	incomplete: about(
		z.optional(
			z.array(
				z.object({
					list: text('List, such as task instances'),
					of: optionalText('DAG and DAG run, as dag/run; null: of the server, or of several DAG runs'),
					read: count('Entries that were read: the first ones, or of model versions and logged models the newest'),
					total: optionalCount('Entries on the server; null: more than were read'),
				}),
			),
		),
		'Lists of which the server has more than laketop reads; left out if there are none',
	),
});
