/**
 * The architecture of source/, as rules that `npm run lint` checks. A room imports the rooms that stand beside it here, and
 * its own files; docs/architecture.md says why, and its picture is drawn from this table (`npm run docs`).
 */
/** @type {Record<string, string[]>} */
const rooms = {
	words: [],
	model: ['words'],
	selectors: ['words', 'model'],
	clients: ['words', 'model'],
	diagnosis: ['words', 'model', 'selectors'],
	presentation: ['words', 'model', 'selectors', 'diagnosis'],
	operations: ['words', 'model', 'selectors', 'clients', 'presentation'],
	notify: ['words', 'model', 'selectors', 'clients', 'diagnosis'],
	config: ['words', 'model', 'clients'],
	feeds: ['words', 'model', 'selectors', 'clients', 'diagnosis'],
	checks: ['words', 'model', 'selectors', 'clients', 'diagnosis', 'feeds'],
	demo: ['words', 'model', 'clients'],
	// Composition: the only room that knows all of the sources.
	app: ['words', 'model', 'selectors', 'clients', 'diagnosis', 'feeds', 'checks', 'config'],
	ui: ['words', 'model', 'selectors', 'clients', 'diagnosis', 'presentation', 'operations', 'config', 'app'],
	'command-line': [
		...['words', 'model', 'selectors', 'clients', 'diagnosis', 'presentation', 'operations', 'config', 'feeds'],
		...['demo', 'app'],
	],
	commands: [
		...['words', 'model', 'selectors', 'clients', 'diagnosis', 'presentation', 'operations', 'config', 'feeds'],
		...['app', 'command-line'],
	],
	terminal: [
		...['words', 'model', 'selectors', 'clients', 'presentation', 'operations', 'notify', 'config', 'app'],
		...['ui', 'command-line'],
	],
};

/** Checks the configured keys against the table of the screen's actions. */
const checksKeys = '^source/command-line/configure/check-keys\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...Object.entries(rooms).map(([room, others]) => ({
			name: `${room}-direction`,
			comment: `source/${room} imports ${others.length === 0 ? 'no other room' : others.join(', ')}`,
			severity: 'error',
			from: { path: `^source/${room}/`, ...(room === 'command-line' ? { pathNot: checksKeys } : {}) },
			to: { path: '^source/', pathNot: `^source/(${[room, ...others].join('|')})/` },
		})),
		{
			name: 'check-of-keys-direction',
			comment: 'It imports the table of keys besides what its room may',
			severity: 'error',
			from: { path: checksKeys },
			to: { path: '^source/', pathNot: '^source/(command-line|config|ui/actions)/' },
		},
		{
			name: 'commands-apart',
			comment: 'The table knows the commands; a command knows neither the table nor what is made of it',
			severity: 'error',
			from: { path: '^source/commands/[^/]+/' },
			to: { path: '^source/commands/[^/]+$' },
		},
		{ name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'no-lonely-files',
			comment: 'Nothing imports it, and it is no entry point',
			severity: 'error',
			from: { orphan: true, path: '^source/', pathNot: '\\.d\\.ts$|^source/cli\\.ts$' },
			to: {},
		},
		{
			name: 'shipped-code-alone',
			comment: 'The program imports nothing of tests, scripts or benchmarks, and of patches only through the packages',
			severity: 'error',
			from: { path: '^source/' },
			to: { path: '^(test|scripts|bench|patches)/' },
		},
		{
			name: 'patches-alone',
			comment:
				'A patch belongs to its package: of the program it knows the reader of SGR alone, which is a matter of terminals',
			severity: 'error',
			from: { path: '^patches/' },
			to: { path: '^(source|test|bench)/', pathNot: '^source/model/text/sgr\\.ts$' },
		},
	],
	options: {
		parser: 'swc',
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: 'node_modules' },
	},
};
