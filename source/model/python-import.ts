/**
 * Imports a file as the scheduler does, under a name of its own: what stands behind `if __name__ == '__main__'` (often
 * `dag.test()`, which runs all of it) is not run. Its folder is where it may import from, as Python has it for a script.
 */
export const importAsScheduler =
	"import os, runpy, sys; sys.path.insert(0, os.path.dirname(sys.argv[1])); runpy.run_path(sys.argv[1], run_name='laketop_try')";

const dagPrefix = 'laketop found DAG ';

/**
 * The same, and prints the ids of the DAGs that the file defines: those in its globals, and those that a `with DAG(…)` or a
 * `@dag` call registered by itself. Source: airflow/models/dag.py (2.8.0), DagContext.autoregistered_dags. Without the
 * latter, which is no public interface, the globals are still found.
 */
export const importAndListDags = `
import os, runpy, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
try:
	from airflow.models.dag import DagContext
	DagContext.current_autoregister_module_name = 'laketop_try'
	registered = lambda: [dag for dag, _ in DagContext.autoregistered_dags]
except Exception:
	registered = list
found = runpy.run_path(sys.argv[1], run_name='laketop_try')
is_dag = lambda value: any(kind.__name__ == 'DAG' for kind in type(value).__mro__)
for dag_id in sorted({str(dag.dag_id) for dag in [*found.values(), *registered()] if is_dag(dag)}):
	print('${dagPrefix}' + dag_id)
`;

/** Splits what `importAndListDags` printed into the ids and what the file itself printed. */
export function listedDags(lines: readonly string[]): { readonly dagIds: string[]; readonly lines: string[] } {
	const isListed = (line: string) => line.startsWith(dagPrefix);
	return {
		dagIds: lines.filter(isListed).map(line => line.slice(dagPrefix.length)),
		lines: lines.filter(line => !isListed(line)),
	};
}
