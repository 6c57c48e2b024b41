import { runElapsedMs } from '../../model/airflow/durations.ts';
import type { DagRun } from '../../model/airflow/pipeline.ts';
import { dagRunStateLook } from '../../model/airflow/task-state.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { refusalKind } from '../../operations/plan/run-plan.ts';
import { stopwatch } from '../../presentation/format.ts';
import { runName } from '../../presentation/run-name.ts';
import { unresolvedWords } from '../../selectors/names/resolution.ts';
import { resolveRuns } from '../../selectors/names/runs.ts';
import { durationMs, momentBefore } from '../../words/amounts.ts';
import type { Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { noAirflowAddress } from './pages.ts';
import { cannot, later } from './step.ts';

const dayMs = 86_400_000;

/**
 * The time span of a date, ms since the epoch: a day (`2026-11-24`, `11-24`, `24`), with a time of day (`2026-11-24
 * 14:02`), `today` or `오늘`, `yesterday` or `어제`, or days back (`-3`). In local time, as the screen shows times. null
 * for anything else.
 */
export function dateSpan(text: string, now: number): { from: number; to: number } | null {
	const words = text.trim().toLowerCase();
	const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
	const day = (from: number) => ({ from, to: new Date(from).setDate(new Date(from).getDate() + 1) - 1 });
	if (words === 'today' || words === '오늘') return day(midnight(now));
	if (words === 'yesterday' || words === '어제') return day(midnight(midnight(now) - dayMs / 2));
	const back = /^-(\d{1,4})$/.exec(words);
	if (back) {
		const date = new Date(midnight(now));
		date.setDate(date.getDate() - Number(back[1]));
		return day(date.getTime());
	}
	const parts = /^(?:(?:(\d{4})[-/.])?(\d{1,2})[-/.])?(\d{1,2})(?:[t ]+(\d{1,2}):(\d{2}))?$/.exec(words);
	if (!parts) return null;
	const today = new Date(now);
	const [, year, month, date, hour, minute] = parts.map(part => (part === undefined ? undefined : Number(part)));
	const from = new Date(
		year ?? today.getFullYear(),
		month === undefined ? today.getMonth() : month - 1,
		date ?? 1,
		hour ?? 0,
		minute ?? 0,
	);
	if (from.getDate() !== date || (month !== undefined && from.getMonth() !== month - 1) || (hour ?? 0) > 23)
		return null;
	// Run names show minutes; the run may have started within the minute.
	return hour === undefined ? day(from.getTime()) : { from: from.getTime(), to: from.getTime() + 59_999 };
}

/**
 * The moment of a time of day (the last one, in local time or UTC), of an age (`5m`, `1h30m`), or of a date as in
 * `dateSpan`, ms since the epoch. null for anything else.
 */
export function momentOfWords(text: string, now: number, utc: boolean): number | null {
	const words = text.trim();
	const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(words);
	if (clock) {
		const [hour, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
		if (hour > 23 || minute > 59 || second > 59) return null;
		const at = utc
			? new Date(now).setUTCHours(hour, minute, second, 0)
			: new Date(now).setHours(hour, minute, second, 0);
		return at > now ? at - dayMs : at;
	}
	// A bare number is not a time here.
	const ago = /[smhd]$/.test(words.replace(/ ago$/, ''))
		? durationMs(words.replace(/^-/, '').replace(/ ago$/, ''))
		: null;
	if (ago !== null) return momentBefore(ago, now);
	const iso = /^\d{4}-\d\d-\d\dT/.test(words) ? Date.parse(words) : Number.NaN;
	return Number.isFinite(iso) ? iso : (dateSpan(words, now)?.from ?? null);
}

export function jumpToDate(context: StepContext): Effect {
	const { view, clients, signal, now, say } = context;
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress), 'unreachable');
	const runOf = async (text: string): Promise<Effect> => {
		try {
			const span = dateSpan(text, now);
			const resolution = resolveRuns(text.trim(), view.dagId, await runsAbout(context, span), span);
			if (resolution.kind !== 'found') return cannot(unresolvedWords(resolution).message);
			const [one, ...others] = resolution.items;
			return one && others.length === 0 ? showRun(one) : chooseRun(resolution.items, context);
		} catch (error) {
			if (signal.aborted) throw error;
			const failure = failureOf(error);
			return cannot(failure.message, refusalKind(failure.kind));
		}
	};
	return {
		kind: 'input',
		question: {
			title: say(['Go to a DAG run of {dagId}', '{dagId}의 DAG 실행으로 이동'], { dagId: view.dagId }),
			hint: say([
				'Date (2026-11-24, 11-24, yesterday, -3), date and time (11-24 14:02), or part of the DAG run ID',
				'날짜(2026-11-24, 11-24, 어제, -3), 날짜와 시각(11-24 14:02), 또는 DAG 실행 ID의 일부',
			]),
			initial: '',
			problem: text =>
				text.trim() === ''
					? say(['enter a date or part of the DAG run ID', '날짜나 DAG 실행 ID의 일부를 입력하세요'])
					: null,
			next: text => later(runOf(text)),
		},
	};
}

/** Runs that include those of a time span or, without one, the newest. */
async function runsAbout(
	{ clients, view, signal }: StepContext,
	span: { from: number; to: number } | null,
): Promise<readonly DagRun[]> {
	const { airflow } = clients;
	if (!airflow) return [];
	if (span === null) return (await airflow.findRuns(view.dagId, { limit: 100 }, signal)).runs;
	// The server searches by logical date. A scheduled run starts one interval after its logical date, so runs of
	// earlier days that started on this day are needed too.
	const wanted = { limit: 100, from: span.from - 7 * dayMs, to: span.to };
	return (await airflow.findRuns(view.dagId, wanted, signal)).runs;
}

function chooseRun(runs: readonly DagRun[], { now, say }: StepContext): Effect {
	return {
		kind: 'choose',
		question: {
			title: say(['Choose a DAG run', 'DAG 실행 선택']),
			filters: true,
			choices: runs.map(run => {
				const took = runElapsedMs(run, now);
				return {
					id: run.dagRunId,
					label: `${runName(run, now, runs)}  ${say(dagRunStateLook(run.state).word)}`,
					hint: `${took === null ? '' : `${stopwatch(took)}  `}${run.dagRunId}`,
				};
			}),
			next: id => {
				const run = runs.find(one => one.dagRunId === id);
				return run ? showRun(run) : { kind: 'nothing' };
			},
		},
	};
}

function showRun(run: DagRun): Effect {
	return {
		kind: 'view',
		change: view => ({ ...view, dagRunId: run.dagRunId, taskId: null, browse: null, focus: 'pipeline' }),
	};
}
