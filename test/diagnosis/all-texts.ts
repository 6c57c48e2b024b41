import { messages } from '../../source/diagnosis/messages/message.ts';
import { rules } from '../../source/diagnosis/rules.ts';
import type { Text } from '../../source/words/language.ts';

/** Every text of findings, fixes and checks with its key: those of each file of rules, and those that they share. */
export const allTexts: readonly (readonly [key: string, text: Text])[] = [
	messages,
	...new Set(rules.map(({ texts }) => texts)),
].flatMap(texts => Object.entries(texts));
