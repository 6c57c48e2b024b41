import { change } from '../../command-line/change/change.ts';
import { lookAtRun, waitForRun } from '../../command-line/change/wait-for-run.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { dagToChange } from '../../command-line/names/dag-names.ts';
import { runCalled } from '../../command-line/names/run-names.ts';
import { planClear } from '../../operations/dag-runs/clear.ts';

/** `laketop clear` */
export function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal } = context;
	const taskIds = given.list('task');
	let dagId = '';
	let dagRunId = '';
	return change(context, {
		watch: ['containers', 'dags', 'pipeline'],
		requires: ['dags', 'pipeline'],
		interest: { dagId: given.words[0] ?? config.dag },
		plan: async monitor => {
			dagId = dagToChange(context, monitor.store.current());
			dagRunId = await runCalled(context, monitor, dagId);
			// Otherwise a task that finishes again at once looks like one that was not cleared.
			if (given.is('wait')) await lookAtRun(monitor, dagId, dagRunId, signal);
			const facts = { state: monitor.store.current(), now: io.clock.now() };
			const request = {
				dagId,
				dagRunId,
				taskIds: taskIds.length > 0 ? taskIds : null,
				withDownstream: given.is('downstream'),
				// A named task is cleared whatever its state.
				onlyFailed: taskIds.length === 0 && !given.is('all'),
			};
			return planClear(monitor.clients, facts, request, signal);
		},
		...(given.is('wait') ? { wait: monitor => waitForRun(context, monitor, dagId, dagRunId) } : {}),
	});
}
