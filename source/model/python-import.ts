/**
 * Imports a file as the scheduler does, under a name of its own: what stands behind `if __name__ == '__main__'` (often
 * `dag.test()`, which runs all of it) is not run. Its folder is where it may import from, as Python has it for a script.
 */
export const importAsScheduler =
	"import os, runpy, sys; sys.path.insert(0, os.path.dirname(sys.argv[1])); runpy.run_path(sys.argv[1], run_name='laketop_try')";
