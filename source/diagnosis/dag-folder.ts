import type { DagFile } from '../model/check.ts';
import type { Dag } from '../model/pipeline.ts';
import type { DiagnosisFacts } from './facts.ts';

/** The files of the DAG folder: as this host has them, else as the scheduler sees them. */
export function dagFiles(facts: DiagnosisFacts): readonly DagFile[] {
	const inside = facts.check('dag folder inside')?.files;
	const host = facts.check('dag folder')?.host;
	if (!host) return inside ?? [];
	// Whether it can be read is known for certain from within.
	return host.map(file => {
		const same = inside?.find(one => one.path === file.path && one.modifiedAt === file.modifiedAt);
		return same && same.mode === file.mode && same.uid === file.uid ? { ...file, isReadable: same.isReadable } : file;
	});
}

/** DAGs that a file defines by Python's own account, and that Airflow has from another file which is still there. */
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
