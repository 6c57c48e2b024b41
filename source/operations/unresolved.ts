import { type Unresolved, unresolvedWords } from '../selectors/names/resolution.ts';
import { render } from '../words/message.ts';
import type { Refusal } from './plan.ts';

/** Why a name was refused, for the screen: nothing was found that could be acted on. */
export function refusalOfName(unresolved: Unresolved): Refusal {
	const words = unresolvedWords(unresolved);
	const message = render(words.message, 'en');
	return { refused: words.fix === null ? message : `${message}. ${render(words.fix, 'en')}`, kind: 'nothing' };
}
