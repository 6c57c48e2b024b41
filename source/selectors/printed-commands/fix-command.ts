import type { FixAction } from '../../model/finding.ts';
import { composeOptions, composeProjectOf } from '../../model/stack/compose-project.ts';
import type { StackState } from '../../model/state.ts';
import { ownProject } from '../servers/stack.ts';
import { airflowCommand, pauseCommand, poolCommand } from './airflow-command.ts';
import { composeCommandFor, engineCommand, laketopCommand, line } from './printed-command.ts';

/** The equivalent command, as far as it is known without a request; null if there is none. */
export function commandOfFix(action: FixAction, { state }: { readonly state: StackState }): string | null {
	switch (action.kind) {
		case 'container':
			return engineCommand(state, action.verb, action.container, ...(action.others ?? []));
		case 'compose':
			return composeCommand(state, action.verb, ...(action.verb === 'up' ? ['-d'] : []), ...action.services);
		case 'init':
			return airflowCommand(state, 'db', 'migrate');
		case 'unpause':
			return pauseCommand(state, action.dagId, false);
		case 'clear': {
			const { dagId, dagRunId, onlyFailed, taskIds } = action;
			return laketopCommand(state, line.clear({ dagId, dagRunId, which: taskIds ?? (onlyFailed ? 'failed' : 'all') }));
		}
		case 'stop run':
			return laketopCommand(state, line.stopRun(action));
		case 'reparse':
			return laketopCommand(state, line.reparse(action));
		case 'pool':
			return poolCommand(state, action.pool, action.slots);
		case 'exec': {
			const user = action.user === null ? [] : ['-u', action.user];
			return engineCommand(state, 'exec', ...user, action.container, ...action.argv);
		}
		case 'run once': {
			const [program = '', ...words] = action.argv;
			const user = action.user === null ? [] : ['--user', action.user];
			const once = ['run', '--rm', '--no-deps', ...user, '--entrypoint', program, action.service, ...words];
			return composeCommand(state, ...once);
		}
		case 'connect':
			return engineCommand(state, 'network', 'connect', '--alias', action.alias, action.network, action.container);
		case 'type':
			return action.command;
		case 'look':
			return commandOfLook(action, state);
		case 'check':
			return laketopCommand(state, line.deepCheck());
		case 'advice':
			return null;
	}
}

/**
 * Compose with file and project of the stack: the command may be pasted in any folder, and must not start that folder's
 * stack. The file is the configured one, else the one in the containers' labels, else the guide's.
 */
function composeCommand(state: StackState, ...words: readonly string[]): string {
	const containers = Object.values(state.containers).map(({ container }) => container);
	const found = composeProjectOf(containers, {
		project: ownProject(state, undefined),
		composeFiles: state.composeFiles,
		currentDirectory: '.',
	});
	return composeCommandFor(state, ...composeOptions(found), ...words);
}

function commandOfLook(
	{ at, subject, dagId, dagRunId }: Extract<FixAction, { kind: 'look' }>,
	state: StackState,
): string | null {
	switch (at) {
		case 'service':
			return laketopCommand(state, line.services());
		case 'inspect':
			return laketopCommand(state, line.inspect({ service: subject }));
		case 'log':
			return laketopCommand(state, line.serviceLog({ service: subject }));
		case 'task log':
			return dagId === null || dagRunId === null
				? null
				: laketopCommand(state, line.taskLog({ dagId, dagRunId, task: subject }));
		case 'run':
			return dagId === null ? null : laketopCommand(state, line.tasks({ dagId, dagRunId }));
		case 'question':
			return dagId === null ? null : laketopCommand(state, line.questions({ dagId }));
		case 'source':
			return dagId === null ? null : laketopCommand(state, line.source({ dagId }));
		case 'disk':
			return laketopCommand(state, line.diskUse());
	}
}
