import { maskText } from '../model/secrets.ts';
import { curlCommand, isAirflow3 } from '../selectors/airflow-command.ts';
import { airflowAway, airflowOf, counted, knownRun, type RunWish, runPath, targetOfRun } from './airflow.ts';
import { once } from './outcomes.ts';
import type { Facts, Outcome, Planned } from './plan.ts';

/** Airflow's limit (dag_run_schema.py). */
const longestNote = 1000;

/** Sets the note on a run, or takes it away where the text is empty. */
export function planNote(facts: Facts, { dagId, dagRunId, note }: RunWish & { readonly note: string }): Planned {
	const away = airflowAway(facts.state, 'No note can be set now');
	if (away) return away;
	if (note.length > longestNote) {
		return {
			refused: `A note has ${longestNote} characters at the most; this one has ${note.length}`,
			kind: 'refused',
		};
	}
	const before = knownRun(facts, dagId, dagRunId)?.note ?? '';
	if (knownRun(facts, dagId, dagRunId) && before === note)
		return { refused: note === '' ? `${dagRunId} has no note` : 'That is its note already', kind: 'already' };
	const asks = [
		note === '' ? `The note on ${dagRunId} is taken away.` : `The note on ${dagRunId} becomes: ${maskText(note)}`,
		...(before === '' ? [] : [`It replaces: ${maskText(before)}`]),
	];
	const path = runPath(dagId, dagRunId);
	const notePath = isAirflow3(facts.state) ? path : `${path}/setNote`;
	return {
		actionId: 'note',
		title: `${note === '' ? 'remove' : 'set'} the note on ${dagRunId}`,
		asks,
		command: curlCommand(facts.state, 'PATCH', notePath, { note: maskText(note) }),
		targets: [targetOfRun(dagId, dagRunId)],
		perform: tools => {
			const airflow = airflowOf(tools.clients);
			const said = (now: string | null): Outcome => ({
				outcome: 'done',
				message: now ? `the note on ${dagRunId} has ${counted(now.length, 'character')}` : `${dagRunId} has no note`,
			});
			return once(
				tools,
				async () => said((await airflow.setRunNote(dagId, dagRunId, note, tools.signal)).note),
				async () => {
					const now = (await airflow.dagRun(dagId, dagRunId, tools.signal)).note;
					return (now ?? '') === note ? said(now) : null;
				},
				'the note is as it was',
			);
		},
	};
}
