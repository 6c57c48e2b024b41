import { requires, seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import { change } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { dagToChange } from '../../command-line/names/dag-names.ts';
import { runCalled } from '../../command-line/names/run-names.ts';
import { planMarkRun, planStopRun } from '../../operations/dag-runs/mark-run.ts';
import { planMarkTasks } from '../../operations/dag-runs/mark-tasks.ts';
import { planNote } from '../../operations/dag-runs/note.ts';
import type { Facts, Planned } from '../../operations/plan/plan.ts';
import { phrase } from '../../words/message.ts';

/** `laketop mark`, `laketop stop-run` and `laketop note` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io } = context;
	const plan = planOf(context);
	return change(context, {
		watch: ['containers', 'dags', 'pipeline'],
		requires: ['dags', 'pipeline'],
		interest: {
			dagId: given.words[0] ?? config.dag,
			dagRunId: given.text('run') === 'newest' ? null : (given.text('run') ?? null),
		},
		plan: async monitor => {
			const dagId = dagToChange(context, monitor.store.current());
			const dagRunId = await runCalled(context, monitor, dagId);
			return plan({ state: monitor.store.current(), now: io.clock.now() }, { dagId, dagRunId });
		},
	});
}

type PlanOfRun = (facts: Facts, run: { dagId: string; dagRunId: string }) => Planned;

function planOf({ command, given }: CommandContext): PlanOfRun {
	switch (command.name) {
		case 'stop-run':
			return planStopRun;
		case 'note': {
			const text = given.text('text');
			if ((text === undefined) === !given.is('remove')) {
				throw new UsageError(requires('note', '--text TEXT | --remove'), seeHelp('note'));
			}
			return (facts, run) => planNote(facts, { ...run, note: text ?? '' });
		}
		default: {
			const state = given.text('state');
			const taskIds = given.list('task');
			if (taskIds.length === 0 && state === 'skipped') {
				throw new UsageError(
					phrase([
						'mark: a DAG run cannot be skipped, only tasks',
						'mark: DAG 실행은 건너뛸 수 없고 작업만 가능합니다',
					]),
					phrase(['Name the tasks with --task', '--task로 작업을 지정하세요']),
				);
			}
			return (facts, run) => {
				if (state !== 'success' && state !== 'failed')
					return planMarkTasks(facts, { ...run, taskIds, state: 'skipped' });
				return taskIds.length > 0
					? planMarkTasks(facts, { ...run, taskIds, state })
					: planMarkRun(facts, { ...run, state });
			};
		}
	}
}
