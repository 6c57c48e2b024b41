import type { Tone } from '../model/airflow/task-state.ts';
import type { FeedName } from '../model/source.ts';
import type { TaskNews, TimelineEntry, TimelineFact } from '../model/timeline-entry.ts';
import type { Language, Text } from '../words/language.ts';
import { asHeading } from '../words/message.ts';
import { type Writer, writer } from '../words/write.ts';

export type TimelineText = { readonly subject: string; readonly words: string; readonly tone: Tone };

const plain = ['{message}', '{message}'] as const;

/** Outside text (a log line, an error message) is unchanged. */
export function timelineText({ subject, fact }: TimelineEntry, language: Language): TimelineText {
	const say = writer(language);
	return { subject: subjectWords(subject, fact, say), ...factWords(fact, say) };
}

function subjectWords(subject: string, fact: TimelineFact, say: Writer): string {
	if (fact.type === 'action begun' || fact.type === 'action ended')
		return say(plain, { message: asHeading(fact.title) });
	if (fact.type === 'feed failed' || fact.type === 'feed back') return `${subject} (${say(feedTexts[fact.feed])})`;
	if (fact.type === 'page failed' || fact.type === 'page back')
		return say(['{subject} web page', '{subject} 웹 페이지'], { subject });
	return subject;
}

function factWords(fact: TimelineFact, say: Writer): { words: string; tone: Tone } {
	switch (fact.type) {
		case 'container started':
			return { words: say(['started', '시작됨']), tone: 'active' };
		case 'container ended':
			return {
				words:
					fact.exitCode === null
						? say(['exited', '종료됨'])
						: say(['exited with code {code}', '종료 코드 {code}으로(로) 종료됨'], { code: fact.exitCode }),
				tone: fact.exitCode === 0 || fact.isStopped ? 'warning' : 'bad',
			};
		case 'container out of memory':
			return {
				words: fact.isWhole
					? say(['OOM-killed', 'OOM으로 강제 종료됨'])
					: say(['one of its processes was OOM-killed', '프로세스 하나가 OOM으로 강제 종료됨']),
				tone: 'bad',
			};
		case 'container paused':
			return { words: say(['paused', '일시 중지됨']), tone: 'warning' };
		case 'container unpaused':
			return { words: say(['unpaused', '일시 중지 해제됨']), tone: 'good' };
		case 'container removed':
			return { words: say(['removed', '삭제됨']), tone: 'warning' };
		case 'container healthy':
			return { words: say(['became healthy', '정상으로 전환됨']), tone: 'good' };
		case 'container unhealthy':
			return { words: say(['became unhealthy', '비정상으로 전환됨']), tone: 'bad' };
		case 'feed failed':
			return { words: say(asItIs, { message: fact.message }), tone: 'bad' };
		case 'page failed':
			return {
				words: fact.message ? say(asItIs, { message: fact.message }) : say(['does not respond', '응답 없음']),
				tone: 'bad',
			};
		case 'feed back':
		case 'page back':
			return { words: say(['responds again', '다시 응답함']), tone: 'good' };
		case 'run began':
			return { words: say(['DAG run {dagRunId} started', 'DAG 실행 {dagRunId} 시작됨'], fact), tone: 'active' };
		case 'run ended':
			return fact.state === 'success'
				? { words: say(['DAG run {dagRunId} succeeded', 'DAG 실행 {dagRunId} 성공'], fact), tone: 'good' }
				: { words: say(['DAG run {dagRunId} failed', 'DAG 실행 {dagRunId} 실패'], fact), tone: 'bad' };
		case 'task began':
			return {
				words:
					fact.tryNumber > 1
						? say(['try {tryNumber} started', '{tryNumber}번째 시도 시작됨'], fact)
						: say(['started', '시작됨']),
				tone: 'active',
			};
		case 'task ended': {
			const { words, tone } = taskEnds[fact.state];
			return { words: say(words), tone };
		}
		case 'task explained':
			return { words: say(asItIs, { message: fact.reason }), tone: 'bad' };
		case 'log errors':
			return {
				words: fact.more > 0 ? say(['{text} (and {more} more)', '{text} (외 {more}건)'], fact) : fact.text,
				tone: 'bad',
			};
		case 'audit':
			return { words: auditWords(fact, say), tone: 'odd' };
		case 'action begun':
			return { words: say(['started by you', '직접 시작함']), tone: 'odd' };
		case 'action ended': {
			const { words, tone } = outcomes[fact.outcome];
			return { words: say(words, { message: fact.message }), tone };
		}
	}
}

/** `admin: patch_dag (is_paused=true)`; Airflow names its requests, and laketop does not rename them. */
function auditWords({ owner, event, extra }: Extract<TimelineFact, { type: 'audit' }>, say: Writer): string {
	const what = extra === '' ? event : `${event} (${extra})`;
	return owner === null ? what : say(['{owner}: {what}', '{owner}: {what}'], { owner, what });
}

const feedTexts: Readonly<Record<FeedName, Text>> = {
	containers: ['containers', '컨테이너'],
	stats: ['stats', '통계'],
	logs: ['logs', '로그'],
	dags: ['dags', 'DAG 목록'],
	pipeline: ['pipeline', '파이프라인'],
	experiment: ['experiment', '실험'],
	models: ['models', '모델'],
};

const asItIs = ['{message}', '{message}'] as const;

const taskEnds: Readonly<Record<TaskNews, { words: Text; tone: Tone }>> = {
	success: { words: ['succeeded', '성공'], tone: 'good' },
	failed: { words: ['failed', '실패'], tone: 'bad' },
	up_for_retry: { words: ['failed, will be retried', '실패, 재시도 예정'], tone: 'warning' },
	upstream_failed: {
		words: ['not started: an upstream task failed', '시작되지 않음: 선행 작업 실패'],
		tone: 'warning',
	},
	skipped: { words: ['skipped', '건너뜀'], tone: 'odd' },
};

const outcomes = {
	done: { words: ['done: {message}', '완료: {message}'], tone: 'good' },
	failed: { words: ['failed: {message}', '실패: {message}'], tone: 'bad' },
	unknown: { words: ['outcome unknown: {message}', '결과를 알 수 없음: {message}'], tone: 'warning' },
} as const satisfies Record<
	Extract<TimelineFact, { type: 'action ended' }>['outcome'],
	{ readonly words: Text; readonly tone: Tone }
>;
