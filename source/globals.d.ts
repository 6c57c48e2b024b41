/** Set at bundling (scripts/build.ts) and in vitest.config.ts: the version in package.json. */
declare const LAKETOP_VERSION: string;
