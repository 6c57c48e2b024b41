import * as z from 'zod/mini';
import { imageChoices } from '../../model/settings/images.ts';
import { symbolChoices, type ToneName, themeChoices, tones } from '../../model/settings/looks.ts';
import { colour, entryName, keys } from '../fields.ts';
import { option } from '../option.ts';

const languageChoices = ['auto', 'en', 'ko'] as const;
export type LanguageChoice = (typeof languageChoices)[number];

/** How the screen looks and is used. */
export const screenOptions = {
	symbols: option(z.enum(symbolChoices), {
		meaning: [
			'Drawing characters. auto measures how wide the terminal draws them.',
			'화면에 쓸 기호. auto는 터미널이 기호를 그리는 너비를 측정해 정합니다.',
		],
		default: 'auto',
		flag: {
			name: 'symbols',
			value: { name: 'SET', kind: 'choice' },
			help: ['Drawing characters: auto, unicode, narrow, ascii', '화면에 쓸 기호: auto, unicode, narrow, ascii'],
		},
	}),
	theme: option(z.enum(themeChoices), {
		meaning: [
			"Colour theme. auto uses light if the terminal reports a light background, otherwise the terminal's own 16 colours. NO_COLOR has priority and equals mono.",
			'색 테마. auto는 터미널이 밝은 배경이라고 알리면 light, 아니면 터미널의 16색을 사용합니다. NO_COLOR가 우선하며 mono와 같습니다.',
		],
		default: 'auto',
		flag: {
			name: 'theme',
			value: { name: 'NAME', kind: 'choice' },
			help: ['Colour theme: auto, dark, light, colour-blind, mono', '색 테마: auto, dark, light, colour-blind, mono'],
		},
	}),
	images: option(z.enum(imageChoices), {
		meaning: [
			'How images of MLflow runs are shown: kitty and iterm2 send the file with that protocol, blocks draws coloured blocks, none shows no images. auto asks the terminal.',
			'MLflow 실행의 이미지를 보여 주는 방법. kitty와 iterm2는 해당 프로토콜로 파일을 그대로 보내고, blocks는 색 블록으로 그리며, none은 보여 주지 않습니다. auto는 터미널에 물어 정합니다.',
		],
		default: 'auto',
		flag: {
			name: 'images',
			value: { name: 'HOW', kind: 'choice' },
			help: ['Images: auto, kitty, iterm2, blocks, none', '이미지: auto, kitty, iterm2, blocks, none'],
		},
	}),
	mouse: option(z.boolean(), {
		meaning: [
			'Click selects, double click opens, the wheel scrolls. Without it, the mouse selects text as in any program of the terminal.',
			'클릭하면 선택하고, 두 번 클릭하면 열고, 휠로 스크롤합니다. 끄면 다른 터미널 프로그램처럼 마우스로 텍스트를 선택합니다.',
		],
		default: false,
		flag: {
			name: 'mouse',
			help: ['Select, open and scroll with the mouse', '마우스로 선택, 열기, 스크롤'],
		},
	}),
	language: option(z.enum(languageChoices), {
		meaning: [
			'Language of the screen, the help and messages. auto follows LC_ALL, LC_MESSAGES or LANG.',
			'화면, 도움말, 메시지의 언어. auto는 LC_ALL, LC_MESSAGES, LANG을 따릅니다.',
		],
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
			meaning: [
				'Colours that override the theme: a name, a number from 0 to 255, or #rrggbb.',
				'테마 대신 쓸 색: 이름, 0에서 255까지의 숫자, #rrggbb.',
			],
			examples: [{ good: 'green', bad: '#d55e00', accent: 208 }],
		},
	),
	keys: option(z.record(entryName, keys), {
		meaning: [
			'Key bindings: an action ID with a key, a list of keys, or null to unbind it. docs/keys.md lists actions and keys.',
			'단축키: 동작 id에 키 하나, 키 목록, 또는 해제하려면 null. 동작과 키는 docs/keys.md에 있습니다.',
		],
		examples: [{ restart: 'ctrl-r', refresh: 'R', freeze: null }],
	}),
};
