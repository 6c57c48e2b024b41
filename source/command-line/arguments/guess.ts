import { nearest } from '../../model/text/nearest.ts';
import { type Message, phrase } from '../../words/message.ts';

/** `; did you mean X?` for the end of a message, or nothing. */
export function didYouMean(typed: string, names: readonly string[]): Message {
	const name = nearest(typed, names);
	return name === undefined
		? phrase(['', ''])
		: phrase(['; did you mean {name}?', '. {name}을(를) 찾으셨습니까?'], { name });
}
