import { ours, type Patch, replaceOnce } from '../patch.ts';

const sanitizing = "text = sanitizeAnsi(text.replaceAll('\\r\\n', '\\n'));";

export const rowsOfText: Patch = {
	file: 'ink/rows-of-text.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		'In each frame Ink reads the same texts again: for control sequences, for their width, and for the colour of each cell. plain-output.ts takes the place of its `Output` and keeps rows as text; each row is cleaned and measured once (clean-rows.ts, widest-row.ts), and not at all where it is made of narrow characters and colours; the width of a text is the one measured for the layout.',
	figure: 'a key costs half the CPU and is on the screen in a third of the time',
	upstream: 'https://github.com/vadimdemedes/ink/issues/183',
	edits: [
		{
			file: 'build/output.js',
			change(source) {
				// Throws if the class no longer exists.
				replaceOnce(source, 'export default class Output {', '');
				return `export { PlainOutput as default } from ${ours('ink/plain-output.ts')};`;
			},
		},
		{
			file: 'build/render-node-to-output.js',
			change: source =>
				replaceOnce(
					source,
					"import widestLine from 'widest-line';",
					"import measureText from './measure-text.js';\nconst widestLine = text => measureText(text).width;",
				),
		},
		{
			file: 'build/squash-text-nodes.js',
			change: source =>
				`import { cleaner, isClean } from ${ours('ink/clean-rows.ts')};\n${replaceOnce(
					source,
					sanitizing,
					"if (isClean(text)) return text;\ntext = clean(text.replaceAll('\\r\\n', '\\n'));",
				)}\nconst clean = cleaner(sanitizeAnsi);`,
		},
	],
	standIns: [
		{
			specifier: /^widest-line$/,
			onlyImports: true,
			importer: /[\\/]ink[\\/]build[\\/]measure-text\.js$/,
			path: `${import.meta.dirname}/widest-row.ts`,
		},
	],
};
