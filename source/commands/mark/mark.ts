import { planMarkRun, planStopRun } from '../../operations/mark-run.ts';
import { planMarkTasks } from '../../operations/mark-tasks.ts';
import { planNote } from '../../operations/note.ts';
import type { Facts, Planned } from '../../operations/plan.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { UsageError } from '../given.ts';
import { runCalled } from '../run-names.ts';

/** `laketop mark`, `laketop stop-run` and `laketop note` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io } = context;
	const dagId = given.words[0] ?? config.dag;
	const plan = planOf(context);
	return change(context, {
		watch: ['containers', 'dags', 'pipeline'],
		needs: ['dags', 'pipeline'],
		interest: { dagId, dagRunId: given.text('run') === 'newest' ? null : (given.text('run') ?? null) },
		plan: async monitor => {
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
				throw new UsageError('note wants either --text or --remove', 'See laketop note --help');
			}
			return (facts, run) => planNote(facts, { ...run, note: text ?? '' });
		}
		default: {
			const state = given.text('state');
			const taskIds = given.list('task');
			if (taskIds.length === 0 && state === 'skipped') {
				throw new UsageError('mark: a run cannot be skipped, only tasks', 'Name them: --task');
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
