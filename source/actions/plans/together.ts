import { isRefusal, type Planned } from '../plan.ts';
import { planSeveral } from './several.ts';

/**
 * Several plans as one: asked for together, done in turn. What cannot be done is said in the question; when nothing can
 * be, the first reason is the answer.
 */
export function together(title: string, parts: readonly Planned[]): Planned {
	const plans = parts.flatMap(part => (isRefusal(part) ? [] : [part]));
	const refusals = parts.filter(isRefusal);
	const [first, ...others] = plans;
	if (!first) return refusals[0] ?? { refused: 'There is nothing to do', kind: 'nothing' };
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
