import type { TaskTryTimes } from '../../model/airflow/airflow-watch.ts';
import { taskStateLook } from '../../model/airflow/task-state.ts';
import { render } from '../../words/message.ts';
import { stopwatch } from '../format.ts';
import { fit, textWidth } from '../text.ts';
import { type FactLine, failed, symbolOf, type TaskPageFacts, type TaskPageStyle } from './page-parts.ts';

/** A row for each try, in columns. */
export function triesLines(page: TaskPageFacts, style: TaskPageStyle): FactLine[] {
	const { facts, hiddenTries } = page;
	const { say, language } = style;
	const { tries } = facts;
	if (tries.failure) return [failed(tries.failure, style)];
	if (tries.value === null || tries.value.length === 0)
		return [{ text: `  ${say(['No try has started yet.', '아직 시작된 시도가 없습니다.'])}`, tone: 'muted' }];
	const head = [
		say(['TRY', '시도']),
		say(['STATE', '상태']),
		say(['WAITED', '대기']),
		say(['STARTED', '시작']),
		say(['ENDED', '종료']),
		say(['DURATION', '소요 시간']),
		say(['HOST', '호스트']),
	];
	const rows = tries.value.map(one => tryCells(one, style));
	const widths = head.map((title, column) =>
		Math.max(...[title, ...rows.map(row => row[column] ?? '')].map(textWidth)),
	);
	const isRight = [true, false, true, false, false, true, false];
	const line = (cells: readonly string[]) =>
		`  ${cells.map((text, column) => fit(text, widths[column] ?? 0, '', isRight[column] ? 'right' : 'left')).join('  ')}`.trimEnd();
	return [
		{ text: line(head), tone: 'muted' },
		...rows.map(
			(cells, index): FactLine => ({
				text: line(cells),
				tone: tries.value[index]?.state === 'failed' ? 'bad' : undefined,
			}),
		),
		...(hiddenTries === null ? [] : [{ text: `  ${render(hiddenTries, language)}`, tone: 'muted' as const }]),
	];
}

function tryCells(
	{ tryNumber, state, queuedAt, startedAt, endedAt, hostname }: TaskTryTimes,
	style: TaskPageStyle,
): string[] {
	const { now, say } = style;
	const at = (ms: number | null) => (ms === null ? '' : style.at(ms));
	// Mapped tasks keep the time of their first queueing, and a rescheduled one that of its last.
	const waited = queuedAt === null || startedAt === null || startedAt < queuedAt ? '' : stopwatch(startedAt - queuedAt);
	const took = startedAt === null ? '' : stopwatch(Math.max(0, (endedAt ?? now) - startedAt));
	const { word, symbol } = taskStateLook(state);
	return [
		String(tryNumber),
		`${symbolOf(symbol, style)}${say(word)}`,
		waited,
		at(startedAt),
		at(endedAt),
		took,
		hostname,
	];
}
