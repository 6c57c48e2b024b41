import { taskName } from '../../model/airflow/task-name.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import type { ContainerState } from '../../model/state.ts';
import { moment } from '../../presentation/format.ts';
import { tasksIn } from '../../selectors/links/task-links.ts';
import type { StepContext } from '../actions/action.ts';
import { inspectionOf } from '../actions/container-pages.ts';
import { asked } from '../actions/pages.ts';
import { changed } from '../actions/step.ts';
import type { Effect, PageLead } from '../conversation.ts';
import { readLog } from '../panes/logs/log-places.ts';
import { taskStop } from './thread.ts';
import { backOn, goTo, type Stop, type Trail } from './trail.ts';

/** What the engine knows of a container, with keys to its log and to the tasks that ran in it. */
export const containerPage = (context: StepContext, service: ContainerState): Effect =>
	containerStop(context, service).open([]);

const containerStop = (context: StepContext, service: ContainerState): Stop => ({
	id: `container ${service.container.name}`,
	open: trail =>
		asked(async () => {
			const page = await inspectionOf(context, service);
			return { ...page, leads: containerLeads(context, service, trail), back: backOn(trail) };
		}),
});

function containerLeads(context: StepContext, service: ContainerState, trail: Trail): PageLead[] {
	const { say, current, now } = context;
	const { name } = service.container;
	const tasks = tasksIn(current(), name);
	const open = (id: string): Effect => {
		const task = tasks.find(one => idOf(one) === id);
		return task ? goTo(taskStop(context, task), [...trail, containerStop(context, service)]) : { kind: 'nothing' };
	};
	const choose = (): Effect => {
		const [only] = tasks;
		if (only && tasks.length === 1) return open(idOf(only));
		return {
			kind: 'choose',
			question: {
				title: say(['Tasks in {name}, newest first', '{name}의 작업(최신순)'], { name }),
				filters: true,
				choices: tasks.map(task => ({
					id: idOf(task),
					label: taskName(task),
					hint: [
						say(taskStateLook(task.state).word),
						task.startedAt === null ? '' : moment(task.startedAt, now),
						task.dagId,
					]
						.filter(Boolean)
						.join(' '),
				})),
				next: open,
			},
		};
	};
	return [
		...(tasks.length > 0 ? [{ key: '2', label: say(['tasks', '작업']), next: choose }] : []),
		{
			key: 'l',
			label: say(['log', '로그']),
			next: () => changed(view => readLog(view, { kind: 'container', name })),
		},
	];
}

type Task = ReturnType<typeof tasksIn>[number];

const idOf = (task: Task) => `${task.dagId} ${task.dagRunId} ${taskName(task)}`;
