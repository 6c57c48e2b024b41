import { nearest } from '../../model/text/nearest.ts';
import type { Text } from '../../words/language.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';

/** The meaning of a typed name: the items, several candidates, or nothing. */
export type Resolution<Item> = Found<Item> | Unresolved;

export type Found<Item> = { readonly kind: 'found'; readonly items: readonly Item[] };

/** The kinds of items that have names. */
const nouns = {
	service: ['service', '서비스'],
	container: ['container', '컨테이너'],
	project: ['project', '프로젝트'],
	dag: ['DAG', 'DAG'],
	run: ['DAG run', 'DAG 실행'],
	task: ['task', '작업'],
	'mlflow run': ['MLflow run', 'MLflow 실행'],
	experiment: ['experiment', '실험'],
	model: ['model', '모델'],
} as const satisfies Record<string, Text>;
export type Noun = keyof typeof nouns;

/** A name that cannot be used. The lists hold names that would be accepted. */
export type Unresolved = {
	readonly word: string;
	readonly noun: Noun;
	/** What to type instead, as a sentence without a full stop. Left out if the candidates are enough. */
	readonly hint?: Message | undefined;
	/** Why it was refused, if not for "there is none" or "several items have this name". */
	readonly reason?: Message | undefined;
} & (
	| { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
	| { readonly kind: 'none'; readonly suggestions: readonly string[] }
);

export function found<Item>(...items: readonly Item[]): Found<Item> {
	return { kind: 'found', items };
}

/** A name that does not exist. The most similar existing name becomes the suggestion. */
export function none(noun: Noun, word: string, names: readonly string[], hint?: Message, reason?: Message): Unresolved {
	const meant = nearest(word, names);
	return { kind: 'none', noun, word, suggestions: meant === undefined ? [] : [meant], hint, reason };
}

/** More candidates are counted, not listed. */
const maxCandidates = 8;

/** Why a name was refused, in one line, and what to do; null if nothing better is known. */
export function unresolvedWords(unresolved: Unresolved): { readonly message: Message; readonly fix: Message | null } {
	const { word, hint, reason } = unresolved;
	const noun = phrase(nouns[unresolved.noun]);
	if (unresolved.kind === 'none') {
		const [meant] = unresolved.suggestions;
		const why = reason ?? phrase(noneText, { owner: phrase(ownerOf[unresolved.noun] ?? stack), noun, word });
		return { message: meant === undefined ? why : phrase(meantText, { why, meant }), fix: hint ?? null };
	}
	const { candidates } = unresolved;
	const names = listOf(candidates);
	return {
		message: reason ?? phrase(severalText, { noun, word, names }),
		fix:
			hint ??
			(reason === undefined ? phrase(['Name one of them', '그중 하나를 지정하세요']) : phrase(inFullText, { names })),
	};
}

/** What has no item of that name. */
const stack: Text = ['The stack', '스택'];
const ownerOf: Readonly<Partial<Record<Noun, Text>>> = {
	project: ['The engine', '엔진'],
	task: ['The DAG run', 'DAG 실행'],
	run: ['The DAG', 'DAG'],
	'mlflow run': ['The experiment', '실험'],
};
const noneText = ['{owner} has no {noun} {word}', '{owner}에 {word} {noun}이(가) 없습니다'] as const;
const meantText = ['{why}; did you mean {meant}?', '{why}. {meant}을(를) 찾으셨습니까?'] as const;
const severalText = [
	'{word} names more than one {noun}: {names}',
	'{word}에 해당하는 {noun}이(가) 여러 개입니다: {names}',
] as const;
const inFullText = ['Name it in full: {names}', '전체 이름으로 지정하세요: {names}'] as const;

function listOf(candidates: readonly string[]): Message {
	const names = candidates.slice(0, maxCandidates).join(', ');
	const more = candidates.length - maxCandidates;
	return more > 0 ? phrase(['{names} and {more} more', '{names} 외 {more}개'], { names, more }) : quoted(names);
}
