import { dagFileName } from '../../model/airflow/dag-folder.ts';
import { checkedSubjects } from '../../model/check.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { readerName } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { readTrace } from '../stack-trace.ts';

const traceShown = 6;

/** A DAG file that Airflow cannot import, or whose current version fails in Python. */
export const importError: Rule = {
	name: 'import error',
	isSeenAtOnce: true,
	find: facts => {
		const files = new Set([...facts.state.importErrors.map(({ fileName }) => fileName), ...checkedFiles(facts)]);
		return [...files].flatMap(file => finding(facts, file) ?? []);
	},
};

/** Files that were run with Python because they had changed or were missing in Airflow. */
function checkedFiles({ state }: DiagnosisFacts): string[] {
	return checkedSubjects(state.checks, 'python file');
}

function finding(facts: DiagnosisFacts, file: string): Draft | undefined {
	const known = facts.state.importErrors.find(({ fileName }) => fileName === file);
	const python = facts.check('python file', file);
	const now = dagFile(facts, file);
	// Python's result for the current file takes precedence over Airflow's for an older one.
	const isNewer = python && now && python.modifiedAt >= now.modifiedAt && (known?.happenedAt ?? 0) < now.modifiedAt;
	if (python && isNewer && python.exitCode === 0) return undefined;
	if (!known && !(python && python.exitCode !== 0 && (!now || python.modifiedAt >= now.modifiedAt))) return undefined;
	if (!known && facts.check('dag folder') && !now) return undefined;
	const trace = isNewer || !known ? (python?.lines.join('\n') ?? '') : known.stackTrace;
	const { line, message, kind } = readTrace(trace, file);
	const place = line ?? '?';
	const module = /No module named '?([\w.]+)/.exec(message)?.[1];
	const name = dagFileName(file);
	const cause =
		kind === 'SyntaxError' || kind === 'IndentationError' || kind === 'TabError'
			? say('import.syntax.cause', { line: place, message })
			: module !== undefined
				? say('import.module.cause', { module })
				: /timeout/i.test(kind) || /DagBag import timeout/.test(message)
					? say('import.timeout.cause')
					: kind === 'PermissionError'
						? say('import.permission.cause')
						: say('import.other.cause', { line: place, message });
	const dags = facts.state.dags?.filter(dag => dag.fileLocation === file) ?? [];
	const [dag] = dags;
	const readBy = { reader: readerName(facts) };
	return {
		subject: file,
		severity: 'critical',
		since: known?.happenedAt && !isNewer ? Math.min(known.happenedAt, facts.now) : (now?.modifiedAt ?? null),
		title: say('import.title', { file: name }),
		evidence: [
			evidence(say('import.evidence', { file: name, line: place, message })),
			evidence(say('import.trace'), trace.split('\n').filter(Boolean).slice(-traceShown)),
		],
		cause,
		reason: known && !isNewer ? say('import.reason', readBy) : say('import.python.reason', readBy),
		impact: [say('import.impact')],
		fixes: [
			fix(say('import.fix', { file: name, line: place }), { kind: 'advice' }),
			...(dag
				? [
						look(say('fix.read source'), 'source', dag.dagId, { dagId: dag.dagId }),
						fix(say(isAirflow3(facts.state) ? 'fix.reparse request' : 'fix.reparse'), {
							kind: 'reparse',
							dagId: dag.dagId,
						}),
					]
				: []),
		],
		breaks: ['dag file', `dag file ${file}`, ...dags.map(({ dagId }) => `dag ${dagId}` as const)],
		dependsOn: [`mount dags`, `file permissions ${file}`],
	};
}

/** The current file, on this host or as Airflow sees it. */
export function dagFile(facts: DiagnosisFacts, path: string) {
	const outside = facts.check('dag folder')?.host?.find(one => one.path === path);
	return outside ?? facts.check('dag folder inside')?.files.find(one => one.path === path);
}
