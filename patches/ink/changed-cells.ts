import { ours, type Patch, replaceOnce } from '../patch.ts';

const code = ours('ink/frame-update.ts');

/** Ink’s other ways expect the cursor in the last row. */
const state = `let previousLines = [];
    let isAway = false;
    const comeBack = () => {
        if (isAway)
            stream.write(\`\\u001B[\${Math.max(1, previousLines.length)};1H\`);
        isAway = false;
    };`;
const sizes = 'const areColumnsUnchanged = previousColumns === stream.columns;';
const update = `${sizes}
        const rows = text.split('\\n');
        if (areColumnsUnchanged && !activeCursor && !wasCursorShown && previousOutput.length > 0
            && rows.length === stream.rows && rows.length === previousLines.length) {
            const change = frameUpdate(previousLines, rows, stream.columns, lineUpdate);
            if (change.length > 0)
                stream.write(stream.isTTY ? marked(change, true) : change);
            isAway = true;
            previousOutput = text;
            previousLines = rows;
            return true;
        }
        comeBack();
        const mark = written => stream.isTTY ? marked(written, false) : written;`;

const wholeFrame = `stream.write(returnPrefix +
                ansiEscapes.eraseLines(previousLines.length) +
                text +
                cursorSuffix);`;
const wholeOverBlank = `stream.write(mark(returnPrefix +
                (previousOutput.length === 0
                    ? frameOverBlank(nextLines)
                    : ansiEscapes.eraseLines(previousLines.length) + text) +
                cursorSuffix));`;

const clear = 'stream.write(buildEraseFrame(previousLines.length, previousCursorPosition));';

const inksMarks = `const shouldWrite = this.log.willRender(output);
                const shouldSync = this.shouldSync();
                if (shouldSync && shouldWrite) {
                    this.options.stdout.write(bsu);
                }
                this.log(output);
                if (shouldSync && shouldWrite) {
                    this.options.stdout.write(esu);
                }`;

export const changedCells: Patch = {
	file: 'ink/changed-cells.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		'Ink writes a changed line from its first changed cell to its end, one move for each line that stays, and the marks of a synchronized update around each frame. With frame-update.ts only changed cells are written, in an order in which moves and styles are short, and only larger frames are marked. Where there is no frame yet, Ink writes every cell; with over-blank.ts the screen is erased, and blanks are not written.',
	figure:
		'bytes a second with 12 containers: 51 at rest, 195 with an active DAG run. In row order 100 and 431; Ink writes four times as many. First frame of 120×40: 3.2 kB instead of 7.6',
	upstream: 'https://github.com/vadimdemedes/ink/pull/781',
	edits: [
		{
			file: 'build/log-update.js',
			change: source =>
				[
					`import { frameUpdate, marked } from ${code};`,
					`import { frameOverBlank } from ${ours('ink/over-blank.ts')};`,
					[
						[state.slice(0, state.indexOf('\n')), state],
						[sizes, update],
						[wholeFrame, wholeOverBlank],
						["stream.write(buffer.join(''));", "stream.write(mark(buffer.join('')));"],
						[clear, `comeBack();\n        ${clear}`],
					].reduce((text, [place = '', change = '']) => replaceOnce(text, place, change), source),
				].join('\n'),
		},
		{
			file: 'build/ink.js',
			change: source => replaceOnce(source, inksMarks, 'this.log(output);'),
		},
	],
};
