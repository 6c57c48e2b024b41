import { taskElapsedMs } from '../../model/airflow/durations.ts';
import { inStateSince } from '../../model/airflow/task-since.ts';
import { type Tone, taskStateLook } from '../../model/airflow/task-state.ts';
import { slowerMs } from '../../selectors/durations/task-usual.ts';
import { render } from '../../words/message.ts';
import { stopwatch } from '../format.ts';
import { type FactLine, symbolOf, type TaskPageFacts, type TaskPageStyle } from './page-parts.ts';

const pageTones: Readonly<Partial<Record<Tone, FactLine['tone']>>> = {
	...{ good: 'good', active: 'active', bad: 'bad', warning: 'active', waiting: 'muted', muted: 'muted' },
};

/** State and since when, what is usual, what it waits for, why it failed. */
export function stateLines(page: TaskPageFacts, style: TaskPageStyle): FactLine[] {
	const { now, say, language, at } = style;
	const { task, facts, waiter, failure, usual } = page;
	const look = taskStateLook(task.state, page.hasRunEnded);
	const elapsed = taskElapsedMs(task, now);
	const since = inStateSince(facts.detail.value ?? task) ?? waiter?.since ?? null;
	const words = { state: say(look.word), since: since === null ? '' : at(since) };
	const state = since === null ? words.state : say(['{state} since {since}', '{since}부터 {state}'], words);
	const took = elapsed === null ? '' : say([', duration {took}', ', 소요 시간 {took}'], { took: stopwatch(elapsed) });
	const slower = slowerMs(elapsed, usual);
	return [
		{
			text: `${symbolOf(look.symbol, style)}${state}${took}`,
			tone: pageTones[look.tone],
			bold: true,
		},
		...(usual === null
			? []
			: [
					{
						text: say(
							[
								'Usually {median}, P90 {p90} ({n} successful {n|instance|instances})',
								'평소 {median}, P90 {p90}(성공한 인스턴스 {n}개)',
							],
							{ median: stopwatch(usual.medianMs), p90: stopwatch(usual.p90Ms), n: usual.instances },
						),
						tone: 'muted' as const,
					},
				]),
		...(slower === null
			? []
			: [
					{
						text: say(['{by} slower than usual', '평소보다 {by} 느림'], { by: stopwatch(slower) }),
						tone: 'active' as const,
					},
				]),
		...(waiter === null
			? []
			: [
					{
						text: render(waiter.wait.message, language),
						tone: waiter.wait.needsHelp ? ('bad' as const) : ('active' as const),
					},
					...waiter.wait.unmet.map(
						({ name, reason }): FactLine => ({ text: `Airflow: ${name}: ${reason}`, tone: 'muted' }),
					),
				]),
		...(failure === undefined ? [] : [{ text: render(failure.reason, language), tone: 'bad' as const }]),
	];
}
