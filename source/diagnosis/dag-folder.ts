import type { Dag } from '../model/airflow/pipeline.ts';
import type { DagFile } from '../model/check.ts';
import type { DiagnosisFacts } from './facts.ts';

/** Files of the DAG folder, from this host if visible, otherwise as the scheduler sees them. */
export function dagFiles(facts: DiagnosisFacts): readonly DagFile[] {
	const inside = facts.check('dag folder inside')?.files;
	const host = facts.check('dag folder')?.host;
	if (!host) return inside ?? [];
	// Only the container knows whether a file is readable.
	return host.map(file => {
		const same = inside?.find(one => one.path === file.path && one.modifiedAt === file.modifiedAt);
		return same && same.mode === file.mode && same.uid === file.uid ? { ...file, isReadable: same.isReadable } : file;
	});
}

/** DAGs that a file defines according to Python, but that Airflow has from another existing file. */
export function definedElsewhere(facts: DiagnosisFacts, { path, modifiedAt }: DagFile): Dag[] {
	const python = facts.check('python file', path);
	if (python?.exitCode !== 0 || python.modifiedAt < modifiedAt) return [];
	const others = new Set(dagFiles(facts).map(file => file.path));
	return (facts.state.dags ?? []).filter(
		({ dagId, isActive, fileLocation }) =>
			isActive &&
			fileLocation !== null &&
			fileLocation !== path &&
			others.has(fileLocation) &&
			python.dagIds.includes(dagId),
	);
}
