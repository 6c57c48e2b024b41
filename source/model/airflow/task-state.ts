import type { Text } from '../../words/language.ts';
import { ownValue } from '../text/own-value.ts';

/** How a state is shown: its word always, its symbol from the glyph set, its tone from the theme. */
export type StateLook = {
	readonly word: Text;
	readonly symbol: StateSymbol;
	readonly tone: Tone;
};

/** Meaning of a colour; the theme defines the colour. */
export type Tone = 'good' | 'active' | 'bad' | 'waiting' | 'warning' | 'odd' | 'muted' | 'plain';

/** Names of symbols; `presentation/glyphs.ts` has the characters for every kind of terminal. */
export type StateSymbol =
	| 'success'
	| 'failed'
	| 'running'
	| 'none'
	| 'scheduled'
	| 'queued'
	| 'retry'
	| 'reschedule'
	| 'upstreamFailed'
	| 'skipped'
	| 'deferred'
	| 'awaitingInput'
	| 'removed'
	| 'restarting'
	| 'unknown'
	| 'paused'
	| 'stopped'
	| 'warning';

/**
 * All task states of Airflow 2.8 and 3.3 (airflow/utils/state.py, TaskInstanceState) and null. The colours are the
 * guide's: green succeeded, yellow running, red failed, grey waiting; states that are easily confused differ in symbol
 * and word.
 */
const taskStateLooks: Readonly<Record<string, StateLook>> = {
	success: { word: ['success', '성공'], symbol: 'success', tone: 'good' },
	running: { word: ['running', '실행 중'], symbol: 'running', tone: 'active' },
	failed: { word: ['failed', '실패'], symbol: 'failed', tone: 'bad' },
	scheduled: { word: ['scheduled', '예약됨'], symbol: 'scheduled', tone: 'waiting' },
	queued: { word: ['queued', '대기 중'], symbol: 'queued', tone: 'waiting' },
	up_for_retry: { word: ['up for retry', '재시도 대기'], symbol: 'retry', tone: 'warning' },
	up_for_reschedule: { word: ['rescheduled', '재예약됨'], symbol: 'reschedule', tone: 'waiting' },
	upstream_failed: { word: ['upstream failed', '업스트림 실패'], symbol: 'upstreamFailed', tone: 'warning' },
	skipped: { word: ['skipped', '건너뜀'], symbol: 'skipped', tone: 'odd' },
	deferred: { word: ['deferred', '지연됨'], symbol: 'deferred', tone: 'odd' },
	awaiting_input: { word: ['awaiting input', '입력 대기'], symbol: 'awaitingInput', tone: 'warning' },
	removed: { word: ['removed', '제거됨'], symbol: 'removed', tone: 'muted' },
	restarting: { word: ['restarting', '재시작 중'], symbol: 'restarting', tone: 'warning' },
	shutdown: { word: ['shutdown', '종료 중'], symbol: 'stopped', tone: 'warning' },
};

const noStatus: StateLook = { word: ['no status', '상태 없음'], symbol: 'none', tone: 'waiting' };
/** In a stopped run: a task that never started waits for nothing. */
const neverRun: StateLook = { word: ['not run', '실행 안 됨'], symbol: 'none', tone: 'muted' };

/** How a task instance's state is shown; an unknown state is shown by its name. */
export function taskStateLook(state: string | null, hasRunEnded = false): StateLook {
	if (state === null || state === 'none' || state === '') return hasRunEnded ? neverRun : noStatus;
	return ownValue(taskStateLooks, state) ?? { word: [state, state], symbol: 'unknown', tone: 'odd' };
}

/** The known task states, for the gallery, the help and the tests. */
export const knownTaskStates: readonly (string | null)[] = [null, ...Object.keys(taskStateLooks)];

/** How a DAG run's state is shown: queued, running, success and failed as for tasks. */
export function dagRunStateLook(state: string): StateLook {
	return taskStateLook(state);
}
