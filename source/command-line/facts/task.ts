import { taskElapsedMs } from '../../model/airflow/durations.ts';
import { inStateSince } from '../../model/airflow/task-since.ts';
import type { TaskPageFacts } from '../../presentation/task-page/page-parts.ts';
import { fieldLimits } from '../../presentation/task-page/task-page.ts';
import { type ValueText, valueText } from '../../presentation/value-text.ts';
import { slowerMs } from '../../selectors/durations/task-usual.ts';
import type { Language } from '../../words/language.ts';
import { render } from '../../words/message.ts';
import type { TaskDetailPart } from '../json/task.ts';
import { optionalTime, whole } from './figures.ts';

const textPart = ({ lines, isCut }: ValueText) => ({ text: lines.join('\n'), is_cut: isCut });

/** What `laketop task` says of one instance besides its state. */
export function detailPart(
	page: TaskPageFacts,
	xcom: { readonly key: string; readonly value: ValueText } | null,
	now: number,
	language: Language,
): TaskDetailPart {
	const { task, facts, usual, container, mlflowRun, modelVersion, waiter } = page;
	const detail = facts.detail.value;
	const errors = facts.errors.value;
	const failures = Object.values(facts).flatMap(({ failure }) => failure ?? []);
	return {
		operator: detail?.operator ?? null,
		label: detail?.label ?? null,
		state_since: optionalTime(inStateSince(detail ?? task) ?? waiter?.since ?? null),
		scheduled_at: optionalTime(detail?.scheduledAt ?? null),
		queue: task.queue ?? '',
		pool_slots: task.poolSlots ?? 1,
		priority_weight: detail?.priorityWeight ?? null,
		pid: detail?.pid ?? null,
		executor: detail?.executor ?? null,
		container: container && { name: container.item.name, is_guess: container.isGuess },
		usual: usual && {
			median_ms: Math.round(usual.medianMs),
			p90_ms: Math.round(usual.p90Ms),
			instances: usual.instances,
		},
		slower_ms: whole(slowerMs(taskElapsedMs(task, now), usual)),
		log_errors: errors && errors.count > 0 ? { count: errors.count, last: [...errors.last] } : null,
		rendered_fields: (detail?.fields ?? []).map(({ name, value }) => ({
			name,
			...textPart(valueText(name, value, fieldLimits)),
		})),
		xcoms: (facts.xcoms.value ?? []).map(({ key, pushedAt }) => ({ key, pushed_at: optionalTime(pushedAt) })),
		xcom: xcom && { key: xcom.key, ...textPart(xcom.value) },
		mlflow_run: mlflowRun && {
			run_id: mlflowRun.item.runId,
			run_name: mlflowRun.item.runName,
			status: mlflowRun.item.status,
			is_guess: mlflowRun.isGuess,
		},
		model_version: modelVersion && {
			name: modelVersion.item.name,
			version: modelVersion.item.version,
			is_guess: modelVersion.isGuess,
		},
		not_fetched: failures.map(({ message }) => render(message, language)),
	};
}
