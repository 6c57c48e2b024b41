import type { DiagnosisFacts } from '../diagnosis/facts.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import type { CheckResult, DagFile } from '../model/check.ts';
import { importAndListDags, listedDags } from '../model/python-import.ts';
import type { Check } from './check.ts';
import { command, minute, running, second } from './in-container.ts';

/**
 * A DAG file that has just changed, read by the scheduler's own Python (a syntax check: milliseconds); one whose DAG is
 * missed long after, run by it as the guide does (seconds).
 */
export function pythonFileCheck(): Check {
	/**
	 * Files whose change was there when laketop came are the scheduler's matter: their times, ms. Of the newest changes
	 * it may not know yet.
	 */
	let firstSeen: ReadonlyMap<string, number> | null = null;
	return {
		name: 'python file',
		subjects: deps => {
			const facts = deps.facts();
			const files = facts.check('dag folder')?.host;
			if (!files || running(deps, 'scheduler') === undefined) return [];
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
			const scheduler = running(deps, 'scheduler');
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
				// Of a syntax check the time says nothing, and it tells the two apart.
				tookMs: isFull ? Math.max(1, Math.round(tookMs)) : 0,
				dagIds,
			};
		},
	};
}

/** A fresh checkout has changed every file. */
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
