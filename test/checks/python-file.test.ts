import { expect, test } from 'vitest';
import type { CheckDeps } from '../../source/checks/check.ts';
import { pythonFileCheck } from '../../source/checks/python-file.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { thresholds } from '../../source/diagnosis/thresholds.ts';
import type { DagFile } from '../../source/model/check.ts';
import { check, diagnosisOptions, file, healthy, now, stateOf } from '../diagnosis/stack.ts';
import { stubOf } from '../given/stub.ts';

/** Files that a new or existing check compiles with Python when the folder contains these. */
function readBy(python: ReturnType<typeof pythonFileCheck>, ...host: DagFile[]): readonly string[] {
	const folder = check({ check: 'dag folder', folder: '/opt/airflow/dags', isMounted: true, host, hostId: '1:2' });
	const facts = factsOf(stateOf(...healthy, folder), now, diagnosisOptions);
	return python.subjects(stubOf<CheckDeps>({ facts: () => facts }));
}

const path = (name: string) => `/opt/airflow/dags/${name}.py`;
const old = file();

test('a file that changes is read, one that has long been as it is is not', () => {
	const python = pythonFileCheck();
	expect(readBy(python, old)).toEqual([]);
	expect(readBy(python, { ...old, modifiedAt: now })).toEqual([old.path]);
});

test('a check just after a change reads the file too, because the scheduler may not have', () => {
	const changed = file({ path: path('changed'), modifiedAt: now - thresholds.fileSeenMs + 1000 });
	const seen = file({ path: path('seen'), modifiedAt: now - thresholds.fileSeenMs });
	expect(readBy(pythonFileCheck(), old, changed, seen)).toEqual([changed.path]);
});

test('of a fresh checkout the newest ten are read', () => {
	const files = Array.from({ length: 30 }, (_, index) =>
		file({ path: path(`dag_${index}`), modifiedAt: now - 1000 - index }),
	);
	expect(readBy(pythonFileCheck(), ...files)).toEqual(files.slice(0, 10).map(one => one.path));
});

test('a file that nobody can read is not tried', () => {
	expect(readBy(pythonFileCheck(), file({ modifiedAt: now, isReadable: false }))).toEqual([]);
});
