import { DescribedError } from '../model/failures/described-error.ts';
import { phrase } from '../words/message.ts';

/** Maximum nesting of lists and objects. The deepest in responses is a run's conf, which people write. */
const depthLimit = 1000;
/**
 * Maximum lists and objects of one response. The largest one, a page of MLflow runs with all their params, has about
 * ten thousand; five million, which fit into 10 MB, cost JSON.parse 5 s and 700 MB.
 */
const countLimit = 400_000;

/** JSON that would cost more time and memory than any response is worth. */
export class JsonTooLarge extends DescribedError {
	override name = 'JsonTooLarge';
}

/** Parses JSON from outside. Throws SyntaxError for invalid JSON, and JsonTooLarge before anything is built. */
export function parseOutsideJson(text: string): unknown {
	checkSize(text);
	return JSON.parse(text);
}

function checkSize(text: string): void {
	// Too short to exceed any limit.
	if (text.length <= depthLimit) return;
	let depth = 0;
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		switch (text.charCodeAt(at)) {
			case 0x22:
				at = endOfString(text, at);
				break;
			case 0x5b:
			case 0x7b:
				if (++depth > depthLimit)
					throw new JsonTooLarge(
						phrase(
							['the response is nested deeper than {depthLimit} levels', '응답의 중첩이 {depthLimit}단계보다 깊습니다'],
							{ depthLimit },
						),
					);
				if (++count > countLimit)
					throw new JsonTooLarge(
						phrase(
							[
								'the response holds more than {countLimit} lists and objects',
								'응답에 목록과 객체가 {countLimit}개보다 많습니다',
							],
							{ countLimit },
						),
					);
				break;
			case 0x5d:
			case 0x7d:
				depth--;
		}
	}
}

/** The end of the string that starts here; the end of the text for an unterminated one. */
function endOfString(text: string, start: number): number {
	for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
		let slashes = 0;
		while (text[end - 1 - slashes] === '\\') slashes++;
		if (slashes % 2 === 0) return end;
	}
	return text.length;
}
