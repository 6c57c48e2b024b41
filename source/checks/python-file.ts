import type { DiagnosisFacts } from '../diagnosis/facts.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import { importAndListDags, listedDags } from '../model/airflow/python-import.ts';
import type { CheckResult, DagFile } from '../model/check.ts';
import type { Check } from './check.ts';
import { command, minute, running, second } from './in-container.ts';

/**
 * A DAG file that just changed is compiled by the scheduler's Python (a syntax check: milliseconds). If its DAG is still
 * missing long after, the file is run as in the guide (seconds).
 */
export function pythonFileCheck(): Check {
	/**
	 * Modification times of files that had changed before laketop started, ms: the scheduler reports on those, except for
	 * the newest changes.
	 */
	let firstSeen: ReadonlyMap<string, number> | null = null;
	return {
		name: 'python file',
		subjects: deps => {
			const facts = deps.facts();
			const files = facts.check('dag folder')?.host;
			if (!files || running(deps, 'dag reader') === undefined) return [];
			if (!firstSeen) {
				const newest = files
					.filter(({ modifiedAt }) => facts.now - modifiedAt < thresholds.fileSeenMs)
					.toSorted((one, other) => other.modifiedAt - one.modifiedAt)
					.slice(0, newestRead);
				const older = files.filter(file => !newest.includes(file));
				firstSeen = new Map(older.map(({ path, modifiedAt }) => [path, modifiedAt]));
			}
			const known = firstSeen;
			const { dags, importErrors } = facts.state;
			return files
				.filter(file => file.isReadable !== false)
				.filter(file => {
					const made = facts.state.checks[`python file\n${file.path}`];
					const isChecked = made?.result?.check === 'python file' && made.result.modifiedAt === file.modifiedAt;
					const isChanged = known.get(file.path) !== file.modifiedAt;
					const isBroken = importErrors.some(({ fileName }) => fileName === file.path);
					return (!isChecked && (isChanged || isBroken)) || (!isFullyRun(made?.result) && isMissed(facts, file, dags));
				})
				.map(({ path }) => path);
		},
		everyMs: 0,
		leastMs: 3 * second,
		async look(deps, path, signal): Promise<CheckResult | null> {
			const facts = deps.facts();
			const scheduler = running(deps, 'dag reader');
			const file = facts.check('dag folder')?.host?.find(one => one.path === path);
			if (!scheduler || !file) return null;
			const isFull = isMissed(facts, file, facts.state.dags);
			const argv = ['python', '-c', isFull ? importAndListDags : syntaxCheck, path];
			const end = await command(deps, scheduler, argv, signal, isFull ? minute : 10 * second);
			const { exitCode, tookMs } = end;
			const { dagIds, lines } = listedDags(end.lines);
			return {
				check: 'python file',
				modifiedAt: file.modifiedAt,
				exitCode,
				lines: lines.slice(-40),
				// 0 marks a syntax check, whose duration means nothing.
				tookMs: isFull ? Math.max(1, Math.round(tookMs)) : 0,
				dagIds,
			};
		},
	};
}

/** A fresh checkout changes every file at once. */
const newestRead = 10;

const syntaxCheck = "import sys; compile(open(sys.argv[1], encoding='utf-8').read(), sys.argv[1], 'exec')";

function isFullyRun(result: CheckResult | null | undefined): boolean {
	return result?.check === 'python file' && (result.tookMs > 0 || result.exitCode !== 0);
}

function isMissed(facts: DiagnosisFacts, file: DagFile, dags: DiagnosisFacts['state']['dags']): boolean {
	if (dags === null || !facts.isAirflowLive || file.looksLikeDag !== true) return false;
	if (dags.some(({ fileLocation }) => fileLocation === file.path)) return false;
	return facts.now - file.modifiedAt > thresholds.fileSeenMs;
}
