import { type GatheredTask, gatherTask } from '../../../app/gather-task.ts';
import type { WatchedTask } from '../../../clients/airflow/airflow3-watching.ts';
import { isFinishedTask } from '../../../model/pipeline.ts';
import { taskName } from '../../../model/task-name.ts';
import { momentToSecond } from '../../../presentation/format.ts';
import { taskLines } from '../../../presentation/task-page.ts';
import { taskPageFacts } from '../../../presentation/task-page-facts.ts';
import type { StepContext } from '../../actions/action.ts';
import { asked, noAirflowAddress } from '../../actions/pages.ts';
import { cannot } from '../../actions/step.ts';
import { targetInstance, targetStage } from '../../actions/targets.ts';
import type { Effect, Page } from '../../conversation.ts';
import { taskLeads } from './task-leads.ts';

/** Between two looks at a task that has not ended, ms: three requests each. */
const againMs = 5000;

/** The page of the selected task or instance. */
export function selectedTaskPage(context: StepContext): Effect {
	const task = targetInstance(context) ?? targetStage(context)?.shown;
	return task ? taskPage(context, task) : cannot(context.say(['Select a task first', '먼저 작업을 선택하세요']));
}

/** Everything about a task instance, refreshed until it has ended, with keys to what belongs to it. */
export function taskPage(context: StepContext, task: WatchedTask): Effect {
	if (!context.clients.airflow) return cannot(context.say(noAirflowAddress));
	return asked(() => pageOf(context, task, undefined));
}

async function pageOf(context: StepContext, named: WatchedTask, before: GatheredTask | undefined): Promise<Page> {
	const { clients, signal, clock, language, say, glyphs, ownProject } = context;
	const gathered = await gatherTask(clients, context.current(), named, signal, before);
	const { task } = gathered;
	const now = clock.now();
	const page = taskPageFacts(context.current(), { ...gathered, project: ownProject }, now);
	return {
		title: say(['Task {task}', '작업 {task}'], { task: taskName(task) }),
		lines: taskLines(page, { now, glyphs, language, say, at: ms => momentToSecond(ms, now) }),
		note: say(['y copies it', 'y 복사']),
		leads: taskLeads(context, page, { instances: gathered.instances, back: () => taskPage(context, named) }),
		again: isFinishedTask(task) ? undefined : { everyMs: againMs, ask: () => pageOf(context, named, gathered) },
	};
}
