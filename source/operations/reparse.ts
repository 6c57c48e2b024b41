import { failureOf } from '../model/failure.ts';
import { inPath } from '../model/outside-id.ts';
import type { Dag } from '../model/pipeline.ts';
import { shellWords } from '../model/shell-words.ts';
import type { StackState } from '../model/state.ts';
import { curlCommand, isAirflow3 } from '../selectors/airflow-command.ts';
import { airflowService } from '../selectors/airflow-services.ts';
import { ownProject } from '../selectors/stack.ts';
import { airflowAway, airflowOf } from './airflow.ts';
import { networkLosses } from './container-words.ts';
import { changeContainer } from './containers.ts';
import { failed, once } from './outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from './plan.ts';

/** A scheduler reads its first files some ten seconds after its start; looks once a second, so often at the most. */
const looks = 90;

type ParsedDag = Pick<Dag, 'dagId' | 'fileLocation' | 'fileToken' | 'lastParsedAt'>;

/**
 * Has a DAG's file read at once, and not at its next turn (30 s, or five minutes for a file that is new). Airflow 3 has a
 * request for that; the scheduler of Airflow 2 reads all files when it starts.
 */
export function planReparse({ state }: Facts, dag: ParsedDag): Planned {
	return isAirflow3(state) ? byRequest(state, dag) : byRestart(state, dag);
}

function byRequest(state: StackState, dag: ParsedDag): Planned {
	const away = airflowAway(state, 'The DAG file cannot be parsed now');
	if (away) return away;
	const { dagId, fileToken } = dag;
	if (fileToken === null) return { refused: `Airflow names no file of ${dagId}`, kind: 'nothing' };
	const file = dag.fileLocation ?? `the file of ${dagId}`;
	return {
		actionId: 'reparse',
		title: `re-parse the file of ${dagId}`,
		asks: [`The DAG processor parses ${file} next. Nothing is restarted.`],
		command: curlCommand(state, 'PUT', `/parseDagFile/${inPath(fileToken)}`, {}),
		targets: [`DAG ${dagId}`],
		perform: async tools => {
			const airflow = airflowOf(tools.clients);
			const before = (await airflow.dag(dagId, tools.signal)).lastParsedAt;
			const asked = await once(
				tools,
				async () => {
					await airflow.parseFile?.(dag, tools.signal);
					return { outcome: 'done', message: `the DAG processor is to parse ${file}` };
				},
				async () => null,
				'the file is parsed at its next turn',
			);
			if (asked.outcome !== 'done') return asked;
			tools.progress(`waiting until ${file} is parsed`);
			return whenRead(tools, { dagId, lastParsedAt: before }, asked.message, true);
		},
	};
}

function byRestart(state: StackState, dag: ParsedDag): Planned {
	const scheduler = airflowService(state, ownProject(state, undefined), 'scheduler');
	if (!scheduler)
		return { refused: "Airflow's scheduler is in no container here: it cannot be restarted", kind: 'nothing' };
	const away = airflowAway(state, 'The DAG cannot be looked at afterwards');
	if (away) return away;
	const { id, name } = scheduler.container;
	const file = dag.fileLocation ?? `the file of ${dag.dagId}`;
	return {
		actionId: 'reparse',
		title: `read ${dag.dagId} anew`,
		asks: [
			`The container ${name} is restarted: Airflow's scheduler reads all files when it starts, ${file} among them.`,
			'No task is queued until it is back; running tasks go on.',
			...networkLosses([scheduler.container], state.containers, scheduler.container.project),
		],
		command: shellWords('docker', 'restart', name),
		project: scheduler.container.project,
		targets: [`container ${name}`, `DAG ${dag.dagId}`],
		perform: async tools => {
			const restarted = await changeContainer(tools, 'restart', id);
			if (restarted.outcome !== 'done') return restarted;
			tools.progress(`${name} ${restarted.message}; waiting until it has read ${file}`);
			return whenRead(tools, dag, `${name} ${restarted.message}`);
		},
	};
}

/** The webserver's own times are compared, so that the clocks of two hosts need not agree. */
async function whenRead(
	tools: Tools,
	dag: Pick<Dag, 'dagId' | 'lastParsedAt'>,
	begun: string,
	isBeforeKnown = false,
): Promise<Outcome> {
	const airflow = airflowOf(tools.clients);
	let before = dag.lastParsedAt;
	for (let look = 0; look < looks && !tools.signal.aborted; look++) {
		if (look > 0) await tools.clock.sleep(1000, tools.signal);
		let now: Dag;
		try {
			now = await airflow.dag(dag.dagId, tools.signal);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'not-found') return failed(failure);
			continue;
		}
		// The first look: a reading before the restart must not count as one after it.
		if (look === 0 && !isBeforeKnown) before = now.lastParsedAt;
		else if (now.hasImportErrors) {
			return { outcome: 'failed', message: `${dag.dagId} was read: its file has an import error`, failure: 'refused' };
		} else if (now.lastParsedAt !== null && now.lastParsedAt !== before) {
			const at = new Date(now.lastParsedAt).toISOString().slice(11, 19);
			return { outcome: 'done', message: `${dag.dagId} was read at ${at} UTC` };
		}
	}
	return { outcome: 'unknown', message: `${begun}; Airflow does not say yet that it has read ${dag.dagId} again` };
}
