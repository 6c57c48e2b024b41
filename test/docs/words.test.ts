import { expect, test } from 'vitest';
import { pages, textOf } from './pages.ts';

/** Pages that other tables and texts make; their words are those of these texts. */
const made = ['docs/commands.md', 'docs/keys.md', 'docs/faults.md', 'docs/reliability.md', 'patches/readme.md'];

/** Words of a translation that operators had to read twice, and words for what has another one (contributing.md). */
const avoided =
	/\b(mend(s|ed)?|remed(y|ies)|anew|graver|wishe[sd]|is told|are told|is looked for|no road|road to|sign of life|let (it )?run again|so many (lines|at)|letting? go on|ill|not well|takes? away everything)\b/i;

test.each(pages.filter(page => !made.includes(page)))('%s says it in plain words', page => {
	const text = textOf(page)
		.replaceAll(/<!-- (options|packages|rooms): [\s\S]*?<!-- \/\1 -->/g, '')
		.split('\n');
	expect(text.filter(line => avoided.test(line))).toEqual([]);
});
