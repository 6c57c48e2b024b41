import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseAnswer } from '../../../source/clients/http/parse-answer.ts';
import { historyAnswer } from '../../../source/clients/mlflow/metric-answers.ts';
import { runsPage } from '../../../source/clients/mlflow/mlflow-answers.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import { outsideList } from '../../../source/model/text/outside-text.ts';
import { render } from '../../../source/words/message.ts';

/** What is said of an answer that does not fit, in English and Korean, without the sentence around it. */
function problem(schema: z.ZodMiniType, answer: unknown): (string | undefined)[] {
	try {
		parseAnswer('MLflow', 'http://mlflow:5000', ['run list', '실행 목록'], JSON.stringify(answer), schema);
	} catch (error) {
		if (!(error instanceof ClientError)) throw error;
		const { message } = error.failure;
		return [render(message, 'en'), render(message, 'ko')].map(
			text => text.match(/\((?:run list|실행 목록): (.*)\)$/)?.[1],
		);
	}
	throw new Error('it fits');
}

const info = { run_id: 'a', experiment_id: '1' };

test.each([
	['null', historyAnswer, null, 'must be an object, not null', '형식이 객체가 아니라 null'],
	['a list', historyAnswer, [], 'must be an object, not a list', '형식이 객체가 아니라 목록'],
	['text', historyAnswer, 'x', 'must be an object, not text', '형식이 객체가 아니라 문자열'],
	['a field', runsPage, { runs: 7 }, 'runs must be a list, not a number', 'runs 형식이 목록이 아니라 숫자'],
	[
		'an entry of a list',
		runsPage,
		{ runs: [{ info }, { info: { ...info, run_id: 5 } }] },
		'runs[1].info.run_id must be text, not a number',
		'runs[1].info.run_id 형식이 문자열이 아니라 숫자',
	],
	[
		'a field that is not there',
		runsPage,
		{ runs: [{ info: { run_id: 'a' } }] },
		'runs[0].info.experiment_id is missing',
		'runs[0].info.experiment_id 없음',
	],
	[
		'a list instead of an object',
		z.array(z.number()),
		['a'],
		'[0] must be a number, not text',
		'[0] 형식이 숫자가 아니라 문자열',
	],
	[
		'a choice of kinds',
		historyAnswer,
		{ metrics: [{ value: true }] },
		'metrics[0].value must be a number or NaN, Infinity, -Infinity, not true or false',
		'metrics[0].value 형식이 숫자 또는 NaN, Infinity, -Infinity가 아니라 true/false',
	],
	[
		'a choice of which one came further',
		z.object({ detail: z.union([z.string(), z.object({ loc: z.array(z.string()) })]) }),
		{ detail: { loc: ['a', 7] } },
		'detail.loc[1] must be text, not a number',
		'detail.loc[1] 형식이 문자열이 아니라 숫자',
	],
	[
		'a choice as the whole answer',
		z.union([z.string(), z.array(z.string())]),
		7,
		'must be text or a list, not a number',
		'형식이 문자열 또는 목록이 아니라 숫자',
	],
	[
		'a name that is no word',
		z.record(z.string(), z.number()),
		{ 'a (b)': 'x' },
		'["a (b)"] must be a number, not text',
		'["a (b)"] 형식이 숫자가 아니라 문자열',
	],
	[
		'a list that is too long',
		z.object({ runs: outsideList(z.number()) }),
		{ runs: Array(10_001).fill(1) },
		'runs has more than 10,000 entries',
		'runs 항목이 10,000개보다 많음',
	],
	[
		'a check of its own',
		z.object({ a: z.number().check(z.refine(() => false)) }),
		{ a: 1 },
		'a has an unexpected value',
		'a 값이 예상과 다름',
	],
])('an answer that does not fit says where and how: %s', (_, schema, answer, english, korean) => {
	expect(problem(schema, answer)).toEqual([english, korean]);
});
