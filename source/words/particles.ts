/**
 * Korean particles have one form after a final consonant and one after a vowel. Messages hold both, `은(는)`, if the word
 * before is only known at run time.
 */
const pairs = [
	['은', '는'],
	['이', '가'],
	['을', '를'],
	['과', '와'],
	['으로', '로'],
] as const;

/** How the last syllable ends: only `으로` treats ㄹ as a vowel. */
export type Final = 'none' | 'l' | 'other';

/** 영 일 이 삼 사 오 육 칠 팔 구. Zeros at the end, read 십 백 천 만, end in a consonant as 영 does. */
const digitFinals: readonly Final[] = ['other', 'l', 'none', 'other', 'none', 'none', 'other', 'l', 'l', 'none'];

/** Latin letters whose Korean names end in a consonant: 엘 엠 엔 아르(알). */
const letterFinals: Readonly<Record<string, Final>> = { L: 'l', M: 'other', N: 'other', R: 'l' };

const hangulFirst = 0xac00;
const hangulLast = 0xd7a3;
/** Unicode orders syllables by initial, vowel and one of 28 finals, the first of them none. */
const finalsPerVowel = 28;
const finalL = 8;

/** How a text ends when it is read aloud in Korean. */
export function finalOf(text: string): Final {
	// A particle agrees with the word before the round brackets; other marks at the end are not read.
	const bare = text.slice(-longestRead).replace(/(?<=[^\s(])\s?\([^()]{0,100}\)$/, '');
	const read = [...bare].findLast(char => /[\p{L}\p{N}%]/u.test(char));
	if (read === undefined || read === '%') return 'none';
	const code = read.codePointAt(0) ?? 0;
	if (code >= hangulFirst && code <= hangulLast) {
		const final = (code - hangulFirst) % finalsPerVowel;
		return final === 0 ? 'none' : final === finalL ? 'l' : 'other';
	}
	if (/\d/.test(read)) return digitFinals[Number(read)] ?? 'none';
	const word = /([a-z]{1,30})[^a-z]*$/i.exec(bare)?.[1] ?? '';
	return finalOfWord(word);
}

/** Enough for the last word. */
const longestRead = 150;

/** Longer words in capitals are placeholders and read as words: FINDING, SERVICE. */
const longestSpelled = 4;

/** Capitals are spelled (URL: 유알엘), words are read by their sound (pipeline: 파이프라인, scheduler: 스케줄러). */
function finalOfWord(word: string): Final {
	// DAG: 대그.
	if (/dag$/i.test(word)) return 'none';
	if (word.length <= longestSpelled && word === word.toUpperCase()) return letterFinals[word.at(-1) ?? ''] ?? 'none';
	if (/(?:m|n|ng|me|ne)$/i.test(word)) return 'other';
	return /(?:l|le)$/i.test(word) ? 'l' : 'none';
}

/** The form of a particle, given in either or as a pair such as `은(는)`, that follows a text. */
export function particleAfter(text: string, particle: string): string {
	const [closed, open] = pairs.find(([a, b]) => [a, b, `${a}(${b})`].includes(particle)) ?? [particle, particle];
	const final = finalOf(text);
	return final === 'other' || (final === 'l' && closed !== '으로') ? closed : open;
}

/** The pairs as written in messages, for a regular expression. */
export const particlePairs: string = pairs.map(([a, b]) => `${a}\\(${b}\\)`).join('|');
