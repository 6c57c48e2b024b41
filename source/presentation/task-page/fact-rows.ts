import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { mlflowStatusLook } from '../../model/mlflow/mlflow-status.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import type { Linked } from '../../selectors/links/task-links.ts';
import { render } from '../../words/message.ts';
import { guessText } from '../guess-text.ts';
import type { TaskPageFacts, TaskPageStyle } from './page-parts.ts';

/** A fact and what it is called; an empty text: nothing is known. */
export type Pair = readonly [label: string, text: string];

const guessedHost = ['{host} (container guessed by name)', '{host}(컨테이너는 이름으로 추정)'] as const;

/** What Airflow has about the task instance, and what it is linked with. */
export function factRows(page: TaskPageFacts, { say, at, language }: TaskPageStyle): Pair[] {
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
