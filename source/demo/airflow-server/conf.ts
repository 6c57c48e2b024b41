import type { Json, JsonObject } from '../server/json.ts';
import type { DagDefinition } from '../world/airflow/airflow-state.ts';

/** Checks a value against the JSON schema of a DAG's parameter, as far as the demo's own schemas need. */
function fits(value: Json, schema: Readonly<Record<string, unknown>>): boolean {
	const types = Array.isArray(schema.type) ? schema.type : [schema.type];
	const type =
		value === null
			? 'null'
			: typeof value === 'number'
				? Number.isInteger(value)
					? 'integer'
					: 'number'
				: typeof value;
	if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) return false;
	if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
	if (typeof value !== 'number') return true;
	const { minimum, maximum } = schema;
	return !(typeof minimum === 'number' && value < minimum) && !(typeof maximum === 'number' && value > maximum);
}

/** Whether a run can be created with this conf: Airflow accepts unknown names. */
export function confFits({ params }: DagDefinition, conf: JsonObject): boolean {
	return Object.entries(conf).every(([name, value]) => {
		const param = Object.hasOwn(params, name) ? params[name] : undefined;
		return param === undefined || fits(value, param.schema);
	});
}

/** Airflow 2.8.0 does not catch the error of an invalid conf: its page for unexpected errors, with status 500. */
export const OOPS_PAGE = `

<!DOCTYPE html>
<html lang="en">
  <body>
    <div class="container">
      <h1> Ooops! </h1>
      <div>
          <pre>
Something bad has happened.

Airflow is used by many users, and it is very likely that others had similar problems and you can easily find
a solution to your problem.
          </pre>
      </div>
    </div>
  </body>
</html>
`;
