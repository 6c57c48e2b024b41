import { maskText } from '../../model/secrets/secrets.ts';
import { shellWords } from '../../model/text/shell-words.ts';
import { type Copyable, copyableTexts } from '../panes/pane.ts';
import type { ActionContext } from './action.ts';
import { targetDagId, targetRun, targetStage } from './targets.ts';

export function runCopyables(context: ActionContext): Copyable[] {
	const { say } = context;
	const stage = targetStage(context);
	const run = targetRun(context);
	return copyableTexts(
		[say(['task ID', '작업 ID']), stage?.taskId],
		[say(['DAG run ID', 'DAG 실행 ID']), run?.dagRunId],
		[say(['DAG ID', 'DAG ID']), targetDagId(context)],
		['conf', run?.conf && maskText(run.conf)],
		[
			say(['log command', '로그 명령']),
			run && stage && shellWords('laketop', 'logs', '--dag', run.dagId, '--task', stage.taskId, '--run', run.dagRunId),
		],
		[
			say(['DAG, task and DAG run', 'DAG, 작업, DAG 실행']),
			run && stage && `${run.dagId} ${stage.taskId} ${run.dagRunId}`,
		],
	);
}
