import { type Message, phrase } from '../../words/message.ts';
import type { Json } from '../text/json.ts';
import { type DagParam, paramValue } from './dag-params.ts';

/**
 * All params of a question, as JSON: the given texts, else the defaults. Airflow refuses an answer that leaves some out
 * only when the task continues (airflow/providers/standard/operators/hitl.py, `validate_params_input`).
 */
export function paramsOf(
	params: readonly DagParam[],
	texts: Readonly<Record<string, string>>,
): { readonly text: string } | { readonly problem: Message } {
	const unknown = Object.keys(texts).find(name => params.every(param => param.name !== name));
	if (unknown !== undefined) {
		return {
			problem: phrase(['The question has no param {unknown}', '질문에 {unknown} 파라미터가 없습니다'], { unknown }),
		};
	}
	const values: Record<string, Json> = {};
	for (const param of params) {
		const text = texts[param.name];
		const read = text === undefined ? { value: param.value } : paramValue(param, text);
		if ('problem' in read) {
			const { name } = param;
			return { problem: phrase(['{name}: {problem}', '{name}: {problem}'], { name, problem: read.problem }) };
		}
		values[param.name] = read.value;
	}
	return { text: JSON.stringify(values) };
}
