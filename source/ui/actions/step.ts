import { isRefusal, type Plan, type Refusal } from '../../operations/plan.ts';
import type { Effect, ViewState } from '../conversation.ts';

export function planned(answer: Plan | Refusal): Effect {
	return isRefusal(answer) ? { kind: 'refusal', refusal: answer } : { kind: 'plan', plan: answer };
}

/** What is known when servers have answered; the screen says meanwhile that it is waited for. */
export function later(until: Promise<Effect>): Effect {
	return { kind: 'wait', until };
}

/** Why it cannot be done. */
export function cannot(refused: string, kind: Refusal['kind'] = 'nothing'): Effect {
	return { kind: 'refusal', refusal: { refused, kind } };
}

export function changed(change: (view: ViewState) => ViewState): Effect {
	return { kind: 'view', change };
}
