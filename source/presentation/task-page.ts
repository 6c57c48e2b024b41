import type { Wait } from '../diagnosis/waiting/wait.ts';
import type { TaskTryTimes } from '../model/airflow-watch.ts';
import type { Container } from '../model/container.ts';
import { taskElapsedMs } from '../model/durations.ts';
import type { MlflowRun, ModelVersion } from '../model/experiment.ts';
import { mlflowStatusLook } from '../model/mlflow-status.ts';
import type { TaskInstance } from '../model/pipeline.ts';
import { maskText } from '../model/secrets.ts';
import type { Failure } from '../model/source.ts';
import type { TaskFacts } from '../model/task-facts.ts';
import type { TaskFailure } from '../model/task-failure.ts';
import { inStateSince } from '../model/task-since.ts';
import { type Tone, taskStateLook } from '../model/task-state.ts';
import type { Linked } from '../selectors/task-links.ts';
import { slowerMs, type UsualDuration } from '../selectors/task-usual.ts';
import type { Language } from '../words/language.ts';
import { type Message, render } from '../words/message.ts';
import type { Writer } from '../words/write.ts';
import { stopwatch } from './format.ts';
import type { Glyphs } from './glyphs.ts';
import { guessText } from './guess-text.ts';
import { fit, textWidth } from './text.ts';
import { type ValueText, valueText } from './value-text.ts';

/** A line of the page of a task instance, for screen and command. */
export type FactLine = {
	readonly text: string;
	readonly tone?: 'muted' | 'accent' | 'bad' | 'good' | 'active' | undefined;
	readonly bold?: boolean;
};

export type TaskPageFacts = {
	/** As it is known now. */
	readonly task: TaskInstance;
	/** Whether the DAG run has ended. */
	readonly hasRunEnded: boolean;
	readonly facts: TaskFacts;
	/** Since when it waits and for what; null: it does not wait. */
	readonly waiter: { readonly wait: Wait; readonly since: number } | null;
	/** Why its last try failed; undefined: it did not, or its log was not read. */
	readonly failure: TaskFailure | undefined;
	readonly usual: UsualDuration | null;
	readonly container: Linked<Container> | null;
	readonly mlflowRun: Linked<MlflowRun> | null;
	readonly modelVersion: Linked<ModelVersion> | null;
	/** Why earlier tries are missing; null: none are. */
	readonly hiddenTries: Message | null;
};

export type TaskPageStyle = {
	/** ms by the servers' clock. */
	readonly now: number;
	/** null: without symbols, for programs that read it. */
	readonly glyphs: Glyphs | null;
	/** A time to the second. */
	readonly at: (ms: number) => string;
	readonly language: Language;
	readonly say: Writer;
};

/** Of one rendered field: a script or a query is in its DAG's source. */
export const fieldLimits = { lines: 12, characters: 1000 };

const pageTones: Readonly<Partial<Record<Tone, FactLine['tone']>>> = {
	...{ good: 'good', active: 'active', bad: 'bad', warning: 'active', waiting: 'muted', muted: 'muted' },
};

/** Everything about one task instance, the most urgent first. */
export function taskLines(page: TaskPageFacts, style: TaskPageStyle): FactLine[] {
	const { facts, task } = page;
	const { say } = style;
	const { detail, xcoms, errors } = facts;
	const fields = detail.value?.fields ?? [];
	return [
		...stateLines(page, style),
		{ text: '' },
		...pairs(factRows(page, style)),
		...section(say(['Tries', '시도']), triesLines(page, style)),
		...section(
			say(['Errors in the log of try {n}', '{n}번째 시도 로그의 오류'], { n: task.tryNumber }),
			errors.failure ? [failed(errors.failure, style)] : errorLines(errors.value, style),
		),
		...section(
			say(['Rendered fields', '렌더링된 필드']),
			fields.flatMap(({ name, value }) => fieldLines(name, valueText(name, value, fieldLimits), style)),
		),
		...section(
			say(['XCom (keys)', 'XCom(키)']),
			xcoms.failure
				? [failed(xcoms.failure, style)]
				: (xcoms.value ?? []).map(({ key, pushedAt }) => ({
						text: `  ${maskText(key)}${pushedAt === null ? '' : `  ${style.at(pushedAt)}`}`,
					})),
		),
	];
}

/** Without lines there is no heading either. */
function section(title: string, lines: readonly FactLine[]): FactLine[] {
	return lines.length === 0 ? [] : [{ text: '' }, { text: title, tone: 'accent', bold: true }, ...lines];
}

const failed = ({ message }: Failure, { language }: TaskPageStyle): FactLine => ({
	text: `  ${render(message, language)}`,
	tone: 'active',
});

/** State and since when, what is usual, what it waits for, why it failed. */
function stateLines(page: TaskPageFacts, { now, say, language, glyphs, at }: TaskPageStyle): FactLine[] {
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
			text: `${glyphs === null ? '' : `${glyphs.state[look.symbol]} `}${state}${took}`,
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

type Pair = readonly [label: string, text: string];

/** Labels and values in two columns; empty values are left out. */
function pairs(rows: readonly Pair[]): FactLine[] {
	const kept = rows.filter(([, text]) => text !== '');
	const width = Math.max(0, ...kept.map(([label]) => textWidth(label)));
	return kept.map(([label, text]) => ({ text: `${fit(label, width, '')}  ${text}` }));
}

const guessedHost = ['{host} (container guessed by name)', '{host}(컨테이너는 이름으로 추정)'] as const;

function factRows(page: TaskPageFacts, { say, at, language }: TaskPageStyle): Pair[] {
	const { facts, container, mlflowRun, modelVersion } = page;
	const detail = facts.detail.value;
	const task = detail ?? page.task;
	const linked = (link: Linked<unknown> | null, what: string) =>
		link === null ? '' : link.isGuess ? say(guessText, { what }) : what;
	const host =
		container === null || container.item.name === task.hostname
			? task.hostname
			: say(['{host}, container {name}', '{host}, 컨테이너 {name}'], {
					host: task.hostname,
					name: container.item.name,
				});
	return [
		[say(['Operator', '오퍼레이터']), detail?.operator ?? ''],
		[say(['Label', '레이블']), detail?.label ?? ''],
		[say(['DAG run', 'DAG 실행']), task.dagRunId],
		[
			say(['Try', '시도']),
			task.tryNumber === 0
				? say(['none has started, {most} at most', '시작된 시도 없음, 최대 {most}회'], { most: task.maxTries + 1 })
				: say(['{n} of {most}', '{most}회 중 {n}번째'], {
						n: task.tryNumber,
						most: Math.max(task.tryNumber, task.maxTries + 1),
					}),
		],
		[
			say(['Pool', '풀']),
			say(['{pool} ({n} {n|slot|slots})', '{pool}(슬롯 {n}개)'], { pool: task.pool, n: task.poolSlots ?? 1 }),
		],
		[say(['Queue', '대기열']), task.queue ?? ''],
		[say(['Priority', '우선순위']), detail?.priorityWeight == null ? '' : String(detail.priorityWeight)],
		[say(['Executor', '실행기']), detail?.executor ?? ''],
		[say(['Host', '호스트']), container?.isGuess ? say(guessedHost, { host }) : host],
		[say(['Process', '프로세스']), detail?.pid == null ? '' : String(detail.pid)],
		[say(['Note', '메모']), maskText(task.note ?? '').replaceAll('\n', ' ')],
		[
			say(['MLflow run', 'MLflow 실행']),
			linked(
				mlflowRun,
				mlflowRun === null
					? ''
					: say(['{name}, {status}, started {at}', '{name}, {status}, 시작 {at}'], {
							name: mlflowRun.item.runName,
							status: say(mlflowStatusLook(mlflowRun.item.status).word),
							at: at(mlflowRun.item.startedAt),
						}),
			),
		],
		[
			say(['Model version', '모델 버전']),
			linked(modelVersion, modelVersion === null ? '' : versionName(modelVersion.item)),
		],
		...(facts.detail.failure
			? [[say(['Airflow', 'Airflow']), render(facts.detail.failure.message, language)] as const]
			: []),
	];
}

function versionName({ name, version, aliases, stage }: ModelVersion): string {
	const marks = [...aliases.map(alias => `@${alias}`), ...(stage === 'None' || stage === '' ? [] : [stage])];
	return [name, `v${version}`, ...marks].join(' ');
}

/** A row for each try, in columns. */
function triesLines(page: TaskPageFacts, style: TaskPageStyle): FactLine[] {
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
	return [String(tryNumber), say(taskStateLook(state).word), waited, at(startedAt), at(endedAt), took, hostname];
}

function errorLines(errors: TaskFacts['errors']['value'], { say }: TaskPageStyle): FactLine[] {
	if (errors === null || errors.count === 0) return [];
	const more = errors.count - errors.last.length;
	return [
		...(more > 0
			? [{ text: `  ${say(['{n} more before', '이전 {n}개 더 있음'], { n: more })}`, tone: 'muted' as const }]
			: []),
		...errors.last.map((text): FactLine => ({ text: `  ${text}`, tone: 'bad' })),
	];
}

/** A short value beside its name, a long one below it. */
function fieldLines(name: string, { lines, isCut }: ValueText, { say }: TaskPageStyle): FactLine[] {
	const [first = '', ...rest] = lines;
	const cut: FactLine[] = isCut ? [{ text: `    ${say(['cut', '이하 생략'])}`, tone: 'muted' }] : [];
	if (rest.length === 0) return [{ text: `  ${name}: ${first}` }, ...cut];
	return [{ text: `  ${name}:` }, ...lines.map((text): FactLine => ({ text: `    ${text}` })), ...cut];
}
