import { type Message, phrase } from '../../words/message.ts';

const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\]:,]/g;

/**
 * What a JSON text would lose when it is parsed here, as a sentence; null: nothing. Whole numbers beyond 2^53 lose
 * their last digits, such as ids of snapshots; of a repeated name only the last value stays (RFC 8259, 4 and 6).
 * @param text valid JSON
 */
export function jsonLosses(text: string): Message | null {
	/** Names of the open objects; null for a list. */
	const open: (Set<string> | null)[] = [];
	let before = '';
	for (const [token] of text.matchAll(tokens)) {
		if (token === '{') open.push(new Set());
		else if (token === '[') open.push(null);
		else if (token === '}' || token === ']') open.pop();
		else if (token === ':') {
			const name: unknown = JSON.parse(before);
			const names = open.at(-1);
			if (typeof name === 'string' && names?.has(name))
				return phrase(['{name} is given twice', '{name}이(가) 두 번 있습니다'], { name: before });
			if (typeof name === 'string') names?.add(name);
		} else if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) {
			return phrase(
				[
					'{number} is too large to send exactly; write it as text: "{number}"',
					'{number}은(는) 너무 커서 정확히 보낼 수 없습니다. 텍스트로 쓰세요: "{number}"',
				],
				{ number: token },
			);
		}
		before = token;
	}
	return null;
}
