export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** A text that people read, in every language; see `write` for what may stand between its braces. */
export type Text = readonly [english: string, korean: string];

/** The text of one language. */
export const textIn = (text: Text, language: Language): string => text[language === 'ko' ? 1 : 0];
