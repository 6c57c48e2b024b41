/** The original, which the hooks of patches/node.ts leave alone. */
declare module '*/ink/build/output.js?unpatched' {
	const Output: typeof import('../../patches/ink/plain-output.ts').PlainOutput;
	export default Output;
}
