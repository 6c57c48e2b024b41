import { maskText } from '../../model/secrets/secrets.ts';
import { curlCommand, isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import { phrase } from '../../words/message.ts';
import { airflowOf, airflowUnavailable, knownRun, type RunRequest, runPath, targetOfRun } from '../airflow.ts';
import { once } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned } from '../plan/plan.ts';

/** Airflow's limit (dag_run_schema.py). */
const maxNoteLength = 1000;

const noNote = (run: string) => phrase(['{run} has no note', '{run}에 메모가 없습니다'], { run });

/** Sets the note of a run, or removes it if the text is empty. */
export function planNote(facts: Facts, { dagId, dagRunId, note }: RunRequest & { readonly note: string }): Planned {
	const unavailable = airflowUnavailable(
		facts.state,
		phrase(['The note cannot be changed now', '지금은 메모를 변경할 수 없습니다']),
	);
	if (unavailable) return unavailable;
	if (note.length > maxNoteLength) {
		return {
			refused: phrase(
				[
					'A note has at most {most} characters; this one has {n}',
					'메모는 최대 {most}자입니다. 입력한 메모는 {n}자입니다',
				],
				{ most: maxNoteLength, n: note.length },
			),
			kind: 'refused',
		};
	}
	const before = knownRun(facts, dagId, dagRunId)?.note ?? '';
	if (knownRun(facts, dagId, dagRunId) && before === note) {
		const refused =
			note === ''
				? noNote(dagRunId)
				: phrase(['{run} already has this note', '{run}에 이미 같은 메모가 있습니다'], { run: dagRunId });
		return { refused, kind: 'already' };
	}
	const effects = [
		note === ''
			? phrase(['Removes the note of {run}.', '{run}의 메모를 삭제합니다.'], { run: dagRunId })
			: phrase(['Sets the note of {run} to: {note}', '{run}의 메모를 다음으로 설정합니다: {note}'], {
					run: dagRunId,
					note: maskText(note),
				}),
		...(before === '' ? [] : [phrase(['It replaces: {before}', '기존 메모: {before}'], { before: maskText(before) })]),
	];
	const path = runPath(dagId, dagRunId);
	const notePath = isAirflow3(facts.state) ? path : `${path}/setNote`;
	return {
		actionId: 'note',
		title:
			note === ''
				? phrase(['remove the note of {run}', '{run} 메모 삭제'], { run: dagRunId })
				: phrase(['set the note of {run}', '{run} 메모 설정'], { run: dagRunId }),
		effects,
		command: curlCommand(facts.state, 'PATCH', notePath, { note: maskText(note) }),
		targets: [targetOfRun(dagId, dagRunId)],
		perform: tools => {
			const airflow = airflowOf(tools.clients);
			const outcomeFor = (now: string | null): Outcome => ({
				outcome: 'done',
				message: now
					? phrase(['note of {run} set ({n} {n|character|characters})', '{run} 메모 설정됨({n}자)'], {
							run: dagRunId,
							n: now.length,
						})
					: noNote(dagRunId),
			});
			return once(
				tools,
				async () => outcomeFor((await airflow.setRunNote(dagId, dagRunId, note, tools.signal)).note),
				async () => {
					const now = (await airflow.dagRun(dagId, dagRunId, tools.signal)).note;
					return (now ?? '') === note ? outcomeFor(now) : null;
				},
				phrase(['the note is unchanged', '메모가 변경되지 않았습니다']),
			);
		},
	};
}
