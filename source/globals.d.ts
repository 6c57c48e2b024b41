/** Set at bundling (scripts/build.ts) and in vitest.config.ts: the version in package.json. */
declare const LAKETOP_VERSION: string;

interface JSON {
	/** In Node from version 21 on; not yet in TypeScript's library. */
	rawJSON(text: string): unknown;
}
