import { type Patch, replaceOnce } from '../patch.ts';

/**
 * V8 reads these flags when it compiles a function, by default at its first call. Here all functions are compiled with the
 * module, so that the flags can be restored at once: V8 refuses cached code that was compiled with other flags
 * (source/terminal/small-heap.ts). The V8 of other versions of Node might not know the flags.
 */
const withoutTierUp = `
function withoutTierUp (make) {
  if (!['22', '24', '26'].includes(process.versions.node.split('.')[0])) return make()
  const { setFlagsFromString } = require('node:v8')
  try {
    for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering', '--no-wasm-lazy-compilation']) setFlagsFromString(flag)
    return make()
  } finally {
    for (const flag of ['--wasm-tier-up', '--wasm-dynamic-tiering', '--wasm-lazy-compilation']) setFlagsFromString(flag)
  }
}
`;

export const parserAsCompiled: Patch = {
	file: 'undici/parser-as-compiled.ts',
	package: 'undici',
	version: '8.12.4',
	reason:
		"undici's HTTP parser is one large function of WebAssembly. V8 optimises it after some requests, which takes 25 MB at once that the C library keeps. laketop asks a few times a second: the code as first compiled is fast enough.",
	figure: 'saves 15 MB of memory: 45 MB of its own instead of 58 to 65 (PSS, at rest on the embedded servers)',
	edits: [
		{
			file: 'lib/dispatcher/client-h1.js',
			change: source =>
				replaceOnce(source, 'llhttpInstance = lazyllhttp()', 'llhttpInstance = withoutTierUp(lazyllhttp)') +
				withoutTierUp,
		},
	],
};
