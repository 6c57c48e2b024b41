/** Changes a file's text. Throws if the file is not the one that the patch was written for. */
export type Edit = {
	/** The file, relative to the package's folder. */
	readonly file: string;
	/** The format of the result, if it differs from the file's. */
	readonly format?: 'module';
	readonly change: (source: string) => string;
};

/** Replaces a module, wherever it is imported. */
export type StandIn = {
	/** The import specifiers that it replaces. */
	readonly specifier: RegExp;
	/** Only ES imports: CommonJS packages use an older version with another interface. */
	readonly onlyImports?: boolean;
	/** Only imports from these files. */
	readonly importer?: RegExp;
	/** Only in the bundle, because tests use what it leaves out. */
	readonly onlyBundle?: boolean;
} & (
	| { /** Another file, with its whole path. */ readonly path: string }
	| {
			readonly format: 'module' | 'commonjs';
			/** JavaScript that may call `require`. @param original whole path of the module that it replaces */
			readonly text: (specifier: string, original: string) => string;
			readonly needsOriginal?: boolean;
	  }
);

/** A change to a package, and why. patches/readme.md is made from these fields. */
export type Patch = {
	/** Its file, relative to patches/. */
	readonly file: string;
	/** npm's name of the package, or `node` for a module of Node itself. */
	readonly package: string;
	/** The version it was written for: exact, as in package.json. */
	readonly version: string;
	readonly reason: string;
	/** What it saves, measured when it was written, or what fails without it. */
	readonly figure: string;
	/** Where the package's maintainers discuss it, if anywhere. */
	readonly upstream?: string;
	readonly edits?: readonly Edit[];
	readonly standIns?: readonly StandIn[];
	/** Constants for esbuild. */
	readonly define?: Readonly<Record<string, string>>;
	/** A file whose exports take the place of global names in the bundle, with its whole path. */
	readonly inject?: string;
};

/** Replaces a text that occurs exactly once. Throws otherwise: the package has changed. */
export function replaceOnce(source: string, place: string, change: string): string {
	if (source.split(place).length !== 2) throw new PackageChanged(place);
	return source.replace(place, () => change);
}

/** A package is not the version that its patch was written for. */
export class PackageChanged extends Error {
	override name = 'PackageChanged';

	/** @param place the expected text */
	constructor(place: string) {
		super(`the package has changed; not there exactly once: ${place}`);
	}
}

/** A file of this folder, for an import in JavaScript. */
export const ours = (file: string): string => JSON.stringify(`${import.meta.dirname}/${file}`);
