import { planClear } from '../../operations/clear.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { runCalled } from '../run-names.ts';
import { lookAtRun, waitForRun } from '../wait-for-run.ts';

/** `laketop clear` */
export function run(context: CommandContext): Promise<number> {
	const { given, config, io, signal } = context;
	const dagId = given.words[0] ?? config.dag;
	const taskIds = given.list('task');
	let dagRunId = '';
	return change(context, {
		watch: ['containers', 'dags', 'pipeline'],
		requires: ['dags', 'pipeline'],
		interest: { dagId },
		plan: async monitor => {
			dagRunId = await runCalled(context, monitor, dagId);
			// Else a task that ends again at once could not be told from one that was left alone.
			if (given.is('wait')) await lookAtRun(monitor, dagId, dagRunId, signal);
			const facts = { state: monitor.store.current(), now: io.clock.now() };
			const request = {
				dagId,
				dagRunId,
				taskIds: taskIds.length > 0 ? taskIds : null,
				withDownstream: given.is('downstream'),
				// Who names a task means it, however it ended.
				onlyFailed: taskIds.length === 0 && !given.is('all'),
			};
			return planClear(monitor.clients, facts, request, signal);
		},
		...(given.is('wait') ? { wait: monitor => waitForRun(context, monitor, dagId, dagRunId) } : {}),
	});
}
