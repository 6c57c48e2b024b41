export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** A text that people read, in every language; see `write` for placeholders. */
export type Text = readonly [english: string, korean: string];

/** POSIX gives LC_ALL priority over LC_MESSAGES, and LC_MESSAGES over LANG. */
export function languageOfLocale({
	LC_ALL,
	LC_MESSAGES,
	LANG,
}: Readonly<Record<string, string | undefined>>): Language {
	return /^ko(_|\.|-|$)/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ko' : 'en';
}

/** The text of one language. */
export const textIn = (text: Text, language: Language): string => text[language === 'ko' ? 1 : 0];
