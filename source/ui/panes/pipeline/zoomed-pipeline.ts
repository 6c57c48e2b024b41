import { runElapsedMs } from '../../../model/airflow/durations.ts';
import type { DagRun } from '../../../model/airflow/pipeline.ts';
import { dagRunStateLook } from '../../../model/airflow/task-state.ts';
import { maskText } from '../../../model/secrets/secrets.ts';
import type { StackState } from '../../../model/state.ts';
import { precise, stopwatch } from '../../../presentation/format.ts';
import { runName } from '../../../presentation/run-name.ts';
import { fit, fitName, type Line, selectedLine, textWidth } from '../../../presentation/text.ts';
import type { ShownPipeline, Stage } from '../../../selectors/dag-runs/shown-pipeline.ts';
import { isMapped, stageElapsedMs } from '../../../selectors/dag-runs/stage-summary.ts';
import { type Language, type Text, textIn } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import { firstVisible } from '../view-context.ts';
import type { PipelineViewInput, WithWaiters } from './pipeline-input.ts';
import { progressOf, usedCells } from './stage-progress.ts';
import { countSpans } from './stage-words.ts';

/** Its Korean heading, and a blank: with one blank it reads as one phrase with the heading before it. */
const durationWidth = 10;
/** The longest state: `upstream failed`. */
const taskStateWidth = 15;
/** The longest: `23h 59m`, `23시간 59분`. */
const queuedWidth: Readonly<Record<Language, number>> = { en: 7, ko: 11 };
const durationHead: Text = ['DURATION', '소요 시간'];

/** The zoomed pane: the runs on top, the tasks of the selected run as a table below. */
export function zoomedRows({ runs, run, stages }: ShownPipeline, input: WithWaiters, room: number): Line[] {
	const { glyphs, now, width, language, say } = input;
	const runsHeight = Math.max(1, Math.min(runs.length, room - stages.length - 3, Math.floor(room / 2)));
	const selected = Math.max(0, run ? runs.indexOf(run) : 0);
	const first = firstVisible(runs.length, selected, runsHeight);
	const listed = runs.slice(first, first + runsHeight);
	// A date of another year is longer.
	const names = new Map(listed.map(one => [one, glyphs.fold(runName(one, now, runs))]));
	const runWidth = Math.min(36, Math.max(22, ...listed.map(one => textWidth(names.get(one) ?? ''))));
	const rows: Line[] = [
		[
			{
				text: `  ${fit(say(['DAG RUN', 'DAG 실행']), runWidth, '')} ${fit(say(['STATE', '상태']), 12, '')} ${fit(say(durationHead), durationWidth, '', 'right')}  ${say(['CONF, NOTE, RUN ID', 'CONF, 메모, DAG 실행 ID'])}`,
				tone: 'muted',
			},
		],
	];
	for (const one of listed) {
		rows.push(runRow(one, names.get(one) ?? '', one === run, input, runWidth));
	}
	rows.push([{ text: '' }]);
	const showsHost = width >= 90;
	const nameWidth = Math.min(40, Math.max(8, ...stages.map(stage => textWidth(glyphs.fold(stage.taskId)))));
	rows.push([
		{
			text: `  ${fit(say(['TASK', '작업']), nameWidth, '')} ${fit(say(['STATE', '상태']), taskStateWidth, '')} ${fit(say(['TRY', '시도']), 5, '', 'right')} ${fit(say(['QUEUED', '대기열']), queuedWidth[language], '', 'right')} ${fit(say(durationHead), durationWidth, '', 'right')}${showsHost ? `  ${say(['HOST', '호스트'])}` : ''}`,
			tone: 'muted',
		},
	]);
	// All bars have one scale; a running task's ends, in another shade, where it usually ends.
	const longest = Math.max(
		1,
		...stages.map(stage => stageElapsedMs(stage, now) ?? 0),
		...stages.map(stage => progressOf(stage, input)?.usualMs ?? 0),
	);
	for (const stage of stages) {
		const cells = taskRow(stage, input, { nameWidth, showsHost, longest });
		rows.push(input.taskId === stage.taskId ? selectedLine(cells) : cells);
	}
	return rows;
}

/** Widths of the table of tasks. `longest`: the duration of the whole bar, ms. */
type TaskTable = { readonly nameWidth: number; readonly showsHost: boolean; readonly longest: number };

function taskRow(stage: Stage, input: WithWaiters, { nameWidth, showsHost, longest }: TaskTable): Line {
	const { glyphs, now, width, language, say } = input;
	const { shown: task, look } = stage;
	const elapsed = stageElapsedMs(stage, now);
	const isSingle = !isMapped(stage);
	const waited = isSingle && task?.queuedAt && task.startedAt ? Math.max(0, task.startedAt - task.queuedAt) : null;
	const barWidth = Math.max(0, Math.min(30, width - nameWidth - 65));
	const progress = progressOf(stage, input);
	const cellsOf = (ms: number) => Math.max(1, Math.round((ms / longest) * barWidth));
	const bar = elapsed === null ? 0 : cellsOf(elapsed);
	const rest = progress === null ? 0 : Math.max(0, cellsOf(progress.usualMs) - bar);
	const isLate = progress !== null && progress.elapsedMs > progress.usualMs;
	const isMarked = input.marks.includes(`task ${stage.taskId}`);
	const waiter = input.waiters.find(one => one.task === task);
	const wait = waiter && render(waiter.wait.message, input.language);
	// Without the column of hosts, what a task that does not run waits for takes those of its times.
	const needsRoom = !showsHost && wait !== undefined && elapsed === null;
	return [
		{ text: `${glyphs.state[look.symbol]}${isMarked ? '*' : ' '}`, tone: look.tone, bold: true },
		{ text: `${fitName(glyphs.fold(stage.taskId), nameWidth, glyphs.ellipsis)} ` },
		...stateCells(stage, input),
		{ text: `${fit(task && isSingle ? `${task.tryNumber}/${task.maxTries + 1}` : '', 5, '', 'right')} ` },
		...(needsRoom
			? []
			: [
					{ text: `${fit(waited === null ? '' : precise(waited, language), queuedWidth[language], '', 'right')} ` },
					{ text: `${fit(elapsed === null ? '' : stopwatch(elapsed), durationWidth, '', 'right')}  ` },
				]),
		...(wait === undefined
			? [
					{
						text: showsHost
							? fitName(
									glyphs.fold(isSingle ? workerName(input.state, task?.hostname ?? '') : mappedText(stage, say)),
									16,
									glyphs.ellipsis,
								)
							: '',
						tone: 'muted' as const,
					},
				]
			: // A waiting task has no host.
				[{ text: `${needsRoom ? ' ' : ''}${glyphs.fold(wait)}`, tone: 'waiting' as const }]),
		...(barWidth > 0 && bar > 0
			? [
					{ text: ' ' },
					usedCells(bar, isLate, stage, glyphs),
					{ text: glyphs.progress[1].repeat(rest), tone: 'muted' as const },
				]
			: []),
	];
}

const mappedText = ({ instances }: Stage, say: PipelineViewInput['say']) =>
	say(['{n} mapped', '매핑 {n}개'], { n: instances.length });

/** The state of a task; of a mapped one, how many instances are in which. */
function stateCells(stage: Stage, input: PipelineViewInput): Line {
	const counts = countSpans(stage, taskStateWidth, input);
	const word = fit(textIn(stage.look.word, input.language), taskStateWidth, input.glyphs.ellipsis);
	const cells = counts ?? [{ text: word, tone: stage.look.tone }];
	const width = cells.reduce((sum, { text }) => sum + textWidth(text), 0);
	return [...cells, { text: ' '.repeat(Math.max(0, taskStateWidth - width) + 1) }];
}

/** The container's name for a host name that is a short id, which Docker gives by default. */
function workerName(state: StackState, hostname: string): string {
	if (!/^[0-9a-f]{12}$/.test(hostname)) return hostname;
	const service = Object.values(state.containers).find(({ container }) => container.id.startsWith(hostname));
	return service?.container.name ?? hostname;
}

function runRow(
	run: DagRun,
	name: string,
	isSelected: boolean,
	{ glyphs, now, focused, language }: PipelineViewInput,
	nameWidth: number,
): Line {
	const look = dagRunStateLook(run.state);
	const elapsed = runElapsedMs(run, now);
	const line: Line = [
		{ text: isSelected ? `${glyphs.selected} ` : '  ', tone: 'accent' },
		{ text: `${fitName(name, nameWidth, glyphs.ellipsis)} ` },
		{ text: fit(`${glyphs.state[look.symbol]} ${textIn(look.word, language)}`, 12, glyphs.ellipsis), tone: look.tone },
		{ text: ` ${fit(elapsed === null ? '' : stopwatch(elapsed), durationWidth, '', 'right')}  ` },
		{
			text: glyphs.fold(
				[
					run.conf && maskText(run.conf.slice(0, 1000)).slice(0, 500),
					run.note && `"${maskText(run.note).replaceAll('\n', ' ')}"`,
					run.dagRunId,
				]
					.filter(Boolean)
					.join('  '),
			),
		},
	];
	return isSelected && focused ? selectedLine(line) : line;
}
