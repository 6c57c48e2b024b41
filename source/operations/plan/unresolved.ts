import { messageAndFix } from '../../model/failures/failure.ts';
import { type Unresolved, unresolvedWords } from '../../selectors/names/resolution.ts';
import type { Refusal } from './plan.ts';

/** Why a name was refused, for the screen. */
export function refusalOfName(unresolved: Unresolved): Refusal {
	return { refused: messageAndFix(unresolvedWords(unresolved)), kind: 'nothing' };
}
