import { isRefusal, type Plan, type Refusal } from '../../operations/plan.ts';
import type { Step } from '../conversation.ts';

export function planned(answer: Plan | Refusal): Step {
	return isRefusal(answer) ? { kind: 'refusal', refusal: answer } : { kind: 'plan', plan: answer };
}

/** Why it cannot be done, as a step. */
export function cannot(refused: string, kind: Refusal['kind'] = 'nothing'): Step {
	return { kind: 'refusal', refusal: { refused, kind } };
}
