import { isDeepStrictEqual } from 'node:util';
import { asHeading, type Message, phrase } from '../../words/message.ts';
import { isRefusal, type Planned, type Refusal } from './plan.ts';
import { planSeveral } from './several.ts';

/** Why none of them can be done. */
function ofAll(refusals: readonly Refusal[]): Refusal {
	const [first, ...others] = refusals;
	if (!first) return { refused: phrase(['Nothing to do', '할 일이 없습니다']), kind: 'nothing' };
	if (others.every(({ refused }) => isDeepStrictEqual(refused, first.refused))) return first;
	const refused = phrase(
		['{first}; none of the {n} others is possible either', '{first}. 나머지 {n}개도 할 수 없습니다'],
		{
			first: first.refused,
			n: others.length,
		},
	);
	return { refused, kind: first.kind };
}

/**
 * Several plans as one: confirmed together, run in turn. The question names what is left out; if nothing can be done,
 * the answer is the first reason.
 */
export function together(title: Message, parts: readonly Planned[]): Planned {
	const plans = parts.flatMap(part => (isRefusal(part) ? [] : [part]));
	const refusals = parts.filter(isRefusal);
	const [first, ...others] = plans;
	if (!first) return ofAll(refusals);
	if (parts.length === 1) return first;
	const plan = planSeveral(title, [first, ...others]);
	return {
		...plan,
		effects: [
			...plans.flatMap(({ title: one, effects }) => [
				phrase(['{one}:', '{one}:'], { one: asHeading(one) }),
				...effects.map(sentence => phrase(['  {sentence}', '  {sentence}'], { sentence })),
			]),
			...refusals.map(({ refused }) => phrase(['Left out: {refused}', '제외: {refused}'], { refused })),
		],
	};
}
