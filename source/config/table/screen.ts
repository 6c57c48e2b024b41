import * as z from 'zod/mini';
import { symbolChoices, type ToneName, themeChoices, tones } from '../../model/settings/looks.ts';
import { colour, entryName, keys } from '../fields.ts';
import { option } from '../option.ts';

const languageChoices = ['auto', 'en', 'ko'] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** How the screen looks and is used. */
export const screenOptions = {
	symbols: option(z.enum(symbolChoices), {
		default: 'auto',
		flag: {
			name: 'symbols',
			value: { name: 'SET', kind: 'choice' },
			help: ['Drawing characters: auto, unicode, narrow, ascii', '화면에 쓸 기호: auto, unicode, narrow, ascii'],
		},
	}),
	theme: option(z.enum(themeChoices), {
		default: 'auto',
		flag: {
			name: 'theme',
			value: { name: 'NAME', kind: 'choice' },
			help: ['Colour theme: auto, dark, light, colour-blind, mono', '색 테마: auto, dark, light, colour-blind, mono'],
		},
	}),
	mouse: option(z.boolean(), {
		default: false,
		flag: {
			name: 'mouse',
			help: ['Select, open and scroll with the mouse', '마우스로 선택, 열기, 스크롤'],
		},
	}),
	language: option(z.enum(languageChoices), {
		default: 'auto',
		variable: 'LAKETOP_LANG',
		flag: {
			name: 'lang',
			value: { name: 'LANGUAGE', kind: 'choice' },
			help: [
				'Language: auto (from LC_ALL, LC_MESSAGES or LANG), en, ko',
				'언어: auto(LC_ALL, LC_MESSAGES 또는 LANG에 따름), en, ko',
			],
		},
	}),
	colours: option(
		z.strictObject({
			good: colour(tones.good),
			active: colour(tones.active),
			bad: colour(tones.bad),
			waiting: colour(tones.waiting),
			warning: colour(tones.warning),
			odd: colour(tones.odd),
			muted: colour(tones.muted),
			accent: colour(tones.accent),
		} satisfies Record<ToneName, unknown>),
		{
			examples: [{ good: 'green', bad: '#d55e00', accent: 208 }],
		},
	),
	keys: option(z.record(entryName, keys), {
		examples: [{ restart: 'ctrl-r', refresh: 'R', freeze: null }],
	}),
};
