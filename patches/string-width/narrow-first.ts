import { ours, type Patch } from '../patch.ts';

export const narrowFirst: Patch = {
	file: 'string-width/narrow-first.ts',
	package: 'string-width',
	version: '9.0.0',
	reason:
		'Ink and its packages measure the whole screen in each frame, grapheme by grapheme. Text of ASCII, lines and laketop’s own signs needs no Unicode tables (narrow-width.ts), and the tables are built only for the first text that does.',
	figure: 'saves a third of the cost of a frame and a tenth of the start',
	upstream: 'https://github.com/sindresorhus/string-width/issues/71',
	standIns: [
		{
			specifier: /^string-width$/,
			onlyImports: true,
			needsOriginal: true,
			format: 'module',
			text: (_, original) => `
				import { narrowWidth } from ${ours('string-width/narrow-width.ts')};
				let stringWidth;
				export default function fastStringWidth(text, options) {
					const width = options === undefined && typeof text === 'string' ? narrowWidth(text) : null;
					if (width !== null) return width;
					stringWidth ??= require(${JSON.stringify(original)}).default;
					return stringWidth(text, options);
				}
			`,
		},
	],
};
