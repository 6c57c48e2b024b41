import { type Patch, replaceOnce } from '../patch.ts';

/** The text of ink-table's file as an ES module. */
function asModule(code: string): string {
	replaceOnce(code, 'exports.default = Table;', '');
	const required = [...new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? ''))];
	return [
		...required.map((name, index) => `import * as required${index} from ${JSON.stringify(name)};`),
		`const modules = { ${required.map((name, index) => `${JSON.stringify(name)}: required${index}`).join(', ')} };`,
		// A CommonJS package among them has its exports as the default one.
		'const require = name => ({ ...modules[name].default, ...modules[name] });',
		'const exports = {};',
		code,
		'export default exports.default;',
	].join('\n');
}

export const esModule: Patch = {
	file: 'ink-table/es-module.ts',
	package: 'ink-table',
	version: '3.1.0',
	reason:
		'ink-table is CommonJS and requires Ink, an ES module with an `await` at its top, which neither `require` nor a bundler takes. Its one file becomes an ES module that imports what it required.',
	figure: 'without it the build fails',
	upstream: 'https://github.com/maticzav/ink-table/pull/253',
	edits: [{ file: 'dist/index.js', format: 'module', change: asModule }],
};
