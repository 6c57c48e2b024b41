/**
 * Imports a file as the scheduler does, under a name of its own, so that code after `if __name__ == '__main__'` (often
 * `dag.test()`, which runs everything) is not run. Imports from its own folder work, as for a Python script.
 */
export const importAsScheduler =
	"import os, runpy, sys; sys.path.insert(0, os.path.dirname(sys.argv[1])); runpy.run_path(sys.argv[1], run_name='laketop_try')";

const dagPrefix = 'laketop found DAG ';

/**
 * The same, and prints the ids of the DAGs that the file defines: those in its globals, and those that a `with DAG(…)`
 * or a `@dag` call registered by itself. Source: airflow/models/dag.py (2.8.0), DagContext.autoregistered_dags. That is
 * no public interface; without it the globals are still found.
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

/** Splits the output of `importAndListDags` into the ids and the file's own output. */
export function listedDags(lines: readonly string[]): { readonly dagIds: string[]; readonly lines: string[] } {
	const isListed = (line: string) => line.startsWith(dagPrefix);
	return {
		dagIds: lines.filter(isListed).map(line => line.slice(dagPrefix.length)),
		lines: lines.filter(line => !isListed(line)),
	};
}
