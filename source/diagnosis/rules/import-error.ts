import { dagFileName } from '../../model/airflow/dag-folder.ts';
import { checkedSubjects } from '../../model/check.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { sayer } from '../../words/message.ts';
import { readerName } from '../airflow-facts.ts';
import type { DiagnosisFacts } from '../facts.ts';
import { type Draft, evidence, fix, look, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readTrace } from '../stack-trace.ts';

const texts = {
	'fix.reparse request': [
		'Re-parse the DAG file now (asks the DAG processor; restarts nothing)',
		'DAG 파일을 지금 다시 파싱하세요(DAG 프로세서에 요청하며 재시작하는 것은 없습니다)',
	],
	'fix.reparse': [
		'Re-parse the DAG file now (restarts the scheduler)',
		'DAG 파일을 지금 다시 파싱하세요(스케줄러를 재시작합니다)',
	],
	'import.title': ['{file} cannot be imported', '{file} 파일을 임포트할 수 없습니다'],
	'import.evidence': ['{file}, line {line}: {message}', '{file} {line}번째 줄: {message}'],
	'import.trace': ['End of the stack trace:', '스택 트레이스의 마지막 부분:'],
	'import.syntax.cause': ['Syntax error in line {line}: {message}', '{line}번째 줄의 구문 오류: {message}'],
	'import.module.cause': [
		'Python module {module} is not installed in the Airflow image, or is not on its path',
		'Python 모듈 {module}이(가) Airflow 이미지에 설치되지 않았거나 경로에 없습니다',
	],
	'import.timeout.cause': [
		'Importing the file takes longer than Airflow allows: usually it calls a server at top level',
		'파일을 임포트하는 시간이 Airflow 제한을 초과합니다. 대부분 파일 최상위에서 외부 서버에 접속하는 경우입니다',
	],
	'import.permission.cause': ['The Airflow user may not read the file', 'Airflow 사용자에게 파일 읽기 권한이 없습니다'],
	'import.other.cause': ['Line {line} fails: {message}', '{line}번째 줄에서 오류가 발생합니다: {message}'],
	'import.reason': [
		'The {reader} imported the file and recorded this stack trace',
		'{reader}이(가) 파일을 실행하고 이 스택 트레이스를 기록했습니다',
	],
	'import.python.reason': [
		'Python of the {reader} read the current file',
		'{reader}의 Python으로 현재 파일을 직접 읽어 확인했습니다',
	],
	'import.fix': ['Fix line {line} of {file}', '{file} 파일의 {line}번째 줄을 수정하세요'],
} as const;
const say = sayer({ ...commonMessages, ...texts });

const traceShown = 6;

/** A DAG file that Airflow cannot import, or whose current version fails in Python. */
export const importError: Rule = {
	name: 'import error',
	isSeenAtOnce: true,
	texts,
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
