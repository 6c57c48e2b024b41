import { maskText } from '../../model/secrets.ts';
import { shellWords } from '../../model/shell-words.ts';
import { type Copyable, copyableTexts } from '../panes/pane.ts';
import type { ActionContext } from './action.ts';
import { targetDagId, targetRun, targetStage } from './targets.ts';

/** What can be copied of a run, and of the stage that is picked in it. */
export function runCopyables(context: ActionContext): Copyable[] {
	const stage = targetStage(context);
	const run = targetRun(context);
	return [
		...copyableTexts(
			['the task id', stage?.taskId],
			['the run id', run?.dagRunId],
			['the DAG id', targetDagId(context)],
			['the conf', run?.conf && maskText(run.conf)],
		),
		...(run && stage
			? [
					{
						what: 'the command for its log',
						text: shellWords('laketop', 'logs', '--dag', run.dagId, '--task', stage.taskId, '--run', run.dagRunId),
					},
					{ what: 'DAG, task and run', text: `${run.dagId} ${stage.taskId} ${run.dagRunId}` },
				]
			: []),
	];
}
