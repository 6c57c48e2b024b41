import type { Watched } from '../../app/feeds.ts';
import { gather, type Need } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import { runKey, type StackState } from '../../model/state.ts';
import { taskName } from '../../model/task-name.ts';
import { foreignNames, ownNames } from '../../selectors/names/containers.ts';
import { dagNames } from '../../selectors/names/dags.ts';
import { runNames } from '../../selectors/names/runs.ts';
import { mostTellingFirst } from '../../selectors/names/tasks.ts';
import { servicesInOrder } from '../../selectors/service-groups.ts';
import { shownPipeline } from '../../selectors/shown-pipeline.ts';
import { ownProject } from '../../selectors/stack.ts';
import { configOf } from '../config-of.ts';
import type { CommandContext } from '../context.ts';
import { Given } from '../given.ts';
import { globalOptions } from '../options.ts';
import { globalsIn, sortWords } from '../words.ts';

/** The shell blocks meanwhile: after a second no candidates are better. */
const patienceMs = 1000;
/** Then offers the known candidates: one server may answer and another may not. */
const gatherMs = 800;

/**
 * `laketop __complete KIND WORDS…`: candidates, one per line. WORDS are the words of the command line so far, whose global
 * options select the stack. Silent on any failure: a message would land in the prompt.
 */
export async function run(context: CommandContext): Promise<number> {
	const [kind = '', ...words] = context.given.words;
	const found = await Promise.race([
		candidates(context, kind, words).catch(() => []),
		context.io.clock.sleep(patienceMs, context.signal).then((): string[] => []),
	]);
	if (found.length > 0) await context.out.write(found.map(word => `${word}\n`).join(''));
	return 0;
}

const watchFor: Readonly<Record<string, { watch: readonly Watched[]; needs: readonly Need[] }>> = {
	service: { watch: ['containers'], needs: ['containers'] },
	project: { watch: ['containers'], needs: ['containers'] },
	dag: { watch: ['dags'], needs: ['dags'] },
	run: { watch: ['pipeline'], needs: ['pipeline'] },
	task: { watch: ['dags', 'pipeline'], needs: ['dags', 'pipeline'] },
};

async function candidates(context: CommandContext, kind: string, words: readonly string[]): Promise<string[]> {
	const { commands, io, signal } = context;
	const findCommand = (name: string) => commands.find(command => command.name === name);
	const everyOption = [...globalOptions, ...commands.flatMap(command => command.options ?? [])];
	const typed = sortWords(words, everyOption, findCommand);
	const given = new Given(globalsIn(typed.words, globalOptions), []);
	const { config } = await configOf(given, io.environment, io.workingDirectory);
	if (kind === 'profile') return [...config.profiles];
	const wanted = watchFor[kind];
	if (!wanted) return [];
	const command = typed.command === undefined ? undefined : findCommand(typed.command);
	const takesDag = command?.arguments?.[0]?.kind === 'dag';
	const [word] = typed.words.filter(one => !one.startsWith('-'));
	const dagId = takesDag && word ? word : config.dag;
	const run = typedValue(typed.words, 'run');
	const dagRunId = run === undefined || run === 'newest' ? null : run;
	const monitor = startMonitor({ config, clock: io.clock, watch: wanted.watch, interest: { dagId, dagRunId } });
	try {
		await gather(monitor, wanted.needs, gatherMs, signal);
		const state = monitor.store.current();
		const project = ownProject(state, config.discovery.project);
		switch (kind) {
			case 'service':
				// Containers of other projects are not offered to commands that change them.
				return [...ownNames(state, project), ...(command?.changes ? [] : foreignNames(state, project))];
			case 'project':
				return [...new Set(servicesInOrder(state, project).flatMap(({ container }) => container.project ?? []))];
			case 'dag':
				return dagNames(state);
			case 'run':
				return runNames(state, dagId);
			default:
				return taskNames(state, dagId, dagRunId);
		}
	} finally {
		void monitor.stop();
	}
}

/** The tasks of the DAG, and the failed or active instances of mapped tasks. */
function taskNames(state: StackState, dagId: string, dagRunId: string | null): string[] {
	const { run } = shownPipeline(state, dagId, dagRunId);
	const instances = (run && state.taskInstances[runKey(dagId, run.dagRunId)]) ?? [];
	const telling = mostTellingFirst(instances).filter(
		({ mapIndex, state: is }) => mapIndex >= 0 && (is === 'failed' || is === 'up_for_retry' || is === 'running'),
	);
	return [...(state.dagTasks[dagId] ?? []).map(task => task.taskId), ...telling.map(taskName)];
}

/** The value of an option in a command line. */
function typedValue(words: readonly string[], name: string): string | undefined {
	return words.find(word => word.startsWith(`--${name}=`))?.slice(name.length + 3);
}
