/** The originals, which the hooks of patches/node.ts leave alone. */
declare module '*/ink/build/output.js?unpatched' {
	const Output: typeof import('../../patches/ink/plain-output.ts').PlainOutput;
	export default Output;
}
declare module '*/ink/build/sanitize-ansi.js?unpatched' {
	export default function sanitizeAnsi(text: string): string;
}
