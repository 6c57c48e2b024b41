/** The arguments of the command line. */
import { type Builds, comparedByDefault, comparedWithPrevious } from './compare.ts';

export type Asked = {
	/** Names of scenarios; empty: all. `report` only makes the page again. */
	scenarios: readonly string[];
	runs: number;
	/** Names of programs; empty: all that are found. */
	only: readonly string[];
	seconds: number;
	minutes: number;
	/** Two builds of laketop instead of laketop and its peers; `previous`: that of the commit before, and this one. */
	compared: Builds | 'previous' | null;
};

export const usage = `npm run bench -- [SCENARIO …] [--runs N] [--only PROGRAM,…] [--seconds N] [--minutes N]
npm run bench -- compare OLD NEW [SCENARIO …] [--runs N] [--seconds N]
npm run bench -- previous [SCENARIO …] [--runs N] [--seconds N]
OLD and NEW are folders of checkouts that are built; without scenarios: ${comparedByDefault.join(', ')}.
previous compares the build of this folder with the commit before; without scenarios: ${comparedWithPrevious.join(', ')}.
A scenario's name may be cut short: rest is rest-20, rest-50 and rest-200. report makes the page from the kept results.`;

function positive(option: string, text: string | undefined): number {
	const value = Number(text);
	if (!(value > 0)) throw new Error(`${option} wants a number above 0, not ${text ?? 'nothing'}`);
	return value;
}

/** Throws a worded error for an unknown option or scenario. */
export function parseArguments(words: readonly string[], known: readonly string[]): Asked {
	const asked = { runs: 5, only: [] as string[], seconds: 12, minutes: 60 };
	const scenarios: string[] = [];
	const rest = [...words];
	let compared: Asked['compared'] = null;
	if (rest[0] === 'previous') {
		rest.shift();
		compared = 'previous';
	} else if (rest[0] === 'compare') {
		const [, older, newer] = rest.splice(0, 3);
		if (!older || !newer || [older, newer].some(folder => folder.startsWith('-')))
			throw new Error('compare wants two folders of checkouts that are built: compare OLD NEW');
		compared = { older, newer };
	}
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const [option = '', value = undefined] = word.split(/=(.*)/s);
		const given = () => value ?? rest.shift();
		if (option === '--runs') asked.runs = Math.ceil(positive(option, given()));
		else if (option === '--seconds') asked.seconds = positive(option, given());
		else if (option === '--minutes') asked.minutes = positive(option, given());
		else if (option === '--only') asked.only = (given() ?? '').split(',').filter(Boolean);
		else if (option.startsWith('-')) throw new Error(`unknown option ${option}`);
		else {
			const meant = known.filter(name => name === word);
			const begun = meant.length > 0 ? meant : known.filter(name => name.startsWith(word));
			if (begun.length === 0) throw new Error(`no scenario ${word}; there are: ${known.join(', ')}`);
			scenarios.push(...begun);
		}
	}
	if (compared && asked.only.length > 0)
		throw new Error('--only is not for compare and previous, which measure two builds alone');
	if (compared && scenarios.length === 0)
		scenarios.push(...(compared === 'previous' ? comparedWithPrevious : comparedByDefault));
	return { ...asked, scenarios: [...new Set(scenarios)], compared };
}
