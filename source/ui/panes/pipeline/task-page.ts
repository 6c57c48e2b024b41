import { needsAirflow3 } from '../../../clients/airflow/airflow3.ts';
import { fetchTries } from '../../../clients/airflow/task-tries.ts';
import { waitersIn } from '../../../diagnosis/waiting/waiters.ts';
import type { TaskTryTimes } from '../../../model/airflow-watch.ts';
import type { TaskInstance } from '../../../model/pipeline.ts';
import { taskStateLook } from '../../../model/task-state.ts';
import { momentToSecond, stopwatch } from '../../../presentation/format.ts';
import { isAirflow3 } from '../../../selectors/airflow-command.ts';
import { instanceName } from '../../../selectors/running-tasks.ts';
import { render } from '../../../words/message.ts';
import type { StepContext } from '../../actions/action.ts';
import { asked, heading, noAirflowAddress } from '../../actions/pages.ts';
import { cannot } from '../../actions/step.ts';
import { targetInstance, targetRun, targetStage } from '../../actions/targets.ts';
import type { Effect, PageLine } from '../../conversation.ts';

/** The tries of the selected task with their times, and why it waits. */
export function taskPage(context: StepContext): Effect {
	const { clients, state, signal, say } = context;
	const task = targetInstance(context) ?? targetStage(context)?.shown;
	if (!task) return cannot(say(['Select a task first', '먼저 작업을 선택하세요']));
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress));
	return asked(async () => {
		const tries = await fetchTries(airflow, isAirflow3(state), task, signal);
		return {
			title: say(['{task}: tries', '{task}: 시도'], { task: instanceName(task) }),
			lines: [...waitLines(context, task), ...triesLines(context, task, tries)],
		};
	});
}

function triesLines(context: StepContext, task: TaskInstance, tries: readonly TaskTryTimes[]): PageLine[] {
	const { state, language, say } = context;
	const none: PageLine[] = [{ text: say(['No try has started yet.', '아직 시작된 시도가 없습니다.']), tone: 'muted' }];
	const version = state.sources.airflow?.version ?? null;
	const hidden: PageLine[] =
		task.tryNumber > 1 && !isAirflow3(state)
			? [{ text: '' }, { text: render(needsAirflow3('tries', version), language), tone: 'muted' }]
			: [];
	return [...(tries.length === 0 ? none : tries.flatMap(one => tryLines(context, one))), ...hidden];
}

function tryLines({ now, say }: StepContext, one: TaskTryTimes): PageLine[] {
	const { tryNumber, state, queuedAt, startedAt, endedAt, hostname } = one;
	const look = taskStateLook(state);
	const elapsed = startedAt === null ? null : (endedAt ?? now) - startedAt;
	const rows = [
		[say(['queued', '대기 시작']), queuedAt === null ? null : momentToSecond(queuedAt, now)],
		[say(['started', '시작']), startedAt === null ? null : momentToSecond(startedAt, now)],
		[say(['ended', '종료']), endedAt === null ? null : momentToSecond(endedAt, now)],
		[say(['duration', '소요 시간']), elapsed === null ? null : stopwatch(Math.max(0, elapsed))],
		[say(['host', '호스트']), hostname],
	] as const;
	return [
		...heading(say(['Try {n}: {state}', '시도 {n}: {state}'], { n: tryNumber, state: say(look.word) })),
		...rows.flatMap(([label, text]): PageLine[] => (text ? [{ text: `  ${label}: ${text}` }] : [])),
	];
}

function waitLines(context: StepContext, task: TaskInstance): PageLine[] {
	const { state, now, ownProject, language } = context;
	const run = targetRun(context);
	const waiter = run && waitersIn(state, run, now, ownProject).find(one => one.task === task);
	if (!waiter) return [];
	const { wait } = waiter;
	return [
		{ text: render(wait.message, language), tone: wait.needsHelp ? 'bad' : 'active' },
		...wait.unmet.map(({ name, reason }): PageLine => ({ text: `Airflow: ${name}: ${reason}`, tone: 'muted' })),
	];
}
