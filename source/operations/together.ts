import { isRefusal, type Planned, type Refusal } from './plan.ts';
import { planSeveral } from './several.ts';

/** Why none of them can be done. */
function ofAll(refusals: readonly Refusal[]): Refusal {
	const [first, ...others] = refusals;
	if (!first) return { refused: 'There is nothing to do', kind: 'nothing' };
	const reasons = new Set(refusals.map(({ refused }) => refused));
	if (reasons.size === 1) return first;
	return { refused: `${first.refused}; and of ${others.length} more: none can be done`, kind: first.kind };
}

/**
 * Several plans as one: asked for together, done in turn. What cannot be done is said in the question; when nothing can
 * be, the first reason is the answer.
 */
export function together(title: string, parts: readonly Planned[]): Planned {
	const plans = parts.flatMap(part => (isRefusal(part) ? [] : [part]));
	const refusals = parts.filter(isRefusal);
	const [first, ...others] = plans;
	if (!first) return ofAll(refusals);
	if (parts.length === 1) return first;
	const plan = planSeveral(title, [first, ...others]);
	return {
		...plan,
		asks: [
			...plans.flatMap(one => [`${one.title}:`, ...one.asks.map(sentence => `  ${sentence}`)]),
			...refusals.map(({ refused }) => `Left out: ${refused}`),
		],
	};
}
