import type { TaskFacts } from '../../model/airflow/task-facts.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { fit, textWidth } from '../text.ts';
import { type ValueText, valueText } from '../value-text.ts';
import { factRows, type Pair } from './fact-rows.ts';
import { type FactLine, failed, type TaskPageFacts, type TaskPageStyle } from './page-parts.ts';
import { stateLines } from './state-lines.ts';
import { triesLines } from './tries-lines.ts';

/** Of one rendered field: a script or a query is in its DAG's source. */
export const fieldLimits = { lines: 12, characters: 1000 };

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

/** Labels and values in two columns; empty values are left out. */
function pairs(rows: readonly Pair[]): FactLine[] {
	const kept = rows.filter(([, text]) => text !== '');
	const width = Math.max(0, ...kept.map(([label]) => textWidth(label)));
	return kept.map(([label, text]) => ({ text: `${fit(label, width, '')}  ${text}` }));
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
