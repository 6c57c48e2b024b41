/**
 * Words of a translation that operators had to read twice, and second words for the same thing, by the words to use
 * instead.
 */
const words: Readonly<Record<string, RegExp>> = {
	fix: /\bmend(s|ed|ing)?\b|\bremed(y|ies)\b/,
	'OK, healthy, failed': /\bill\b|(?<!\bas )\bwell\b(?!-known)/,
	'pause, unpause': /\blet(s|ting)? (it |them )?go on\b/,
	'unreachable, timed out': /\b(is|are|was|were|gone) away\b|\bno road\b|\bsilent\b(?! mode)/,
	'connection from … to …': /\broads?\b/,
	impact: /\bhurts?\b/,
	'clear, start again': /\blet(s|ting)? (it |them )?run again\b/,
	'match, search pattern': /\b(next|previous) place\b|\bis looked for\b|\blooked for is\b/,
	only: /\balone\b/,
	again: /\banew\b/,
	'shows, reports, prints': /\btells\b|\btold\b|\bis said\b/,
	'service, container, image': /(?<!\bone )\bthings?\b/,
	'configuration, theme': /\bknobs?\b|\bthe looks\b/,
	'N lines': /\bso many (lines|at)\b/,
	'at this level or above': /\bgraver\b/,
	'options, request': /\bwishe[sd]?\b/,
	'heartbeat is stale': /\bsign of life\b/,
	'disable, remove': /\btakes? away everything\b/,
};

/** `away: unreachable, timed out` for each avoided word of a text. */
export function avoidedWords(text: string): string[] {
	return Object.entries(words).flatMap(([instead, pattern]) => {
		const [found] = new RegExp(pattern, 'i').exec(text) ?? [];
		return found === undefined ? [] : [`${found} (write: ${instead})`];
	});
}
