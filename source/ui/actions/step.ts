import { isRefusal, type Plan, type Refusal } from '../../operations/plan/plan.ts';
import { type Message, quoted } from '../../words/message.ts';
import type { Effect, ViewState } from '../conversation.ts';

export function planned(answer: Plan | Refusal): Effect {
	return isRefusal(answer) ? { kind: 'refusal', refusal: answer } : { kind: 'plan', plan: answer };
}

/** The screen shows a waiting message until servers have answered. */
export function later(until: Promise<Effect>): Effect {
	return { kind: 'wait', until };
}

export function cannot(refused: Message | string, kind: Refusal['kind'] = 'nothing'): Effect {
	return { kind: 'refusal', refusal: { refused: typeof refused === 'string' ? quoted(refused) : refused, kind } };
}

export function changed(change: (view: ViewState) => ViewState): Effect {
	return { kind: 'view', change };
}
