import { PackageChanged, type Patch } from '../patch.ts';

const condition = "if (process.env['DEV'] === 'true') {";
const awaited = /\bawait (?=import\('\.\/devtools\.js'\)|loadPackageJson\(\))/g;

export const noDevtools: Patch = {
	file: 'ink/no-devtools.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		"Ink connects to React's devtools where DEV=true and they are installed. Nothing is installed beside a bundle, and its `await` at the top of a module cannot be in the executable, which is one CommonJS script.",
	figure: 'without it the executable cannot be built',
	upstream: 'https://github.com/vadimdemedes/ink/issues/571',
	edits: [
		{
			file: 'build/reconciler.js',
			change(source) {
				if (source.split(condition).length !== 3) throw new PackageChanged(condition);
				if (source.match(awaited)?.length !== 2) throw new PackageChanged(awaited.source);
				return source.replaceAll(condition, 'if (false) {').replace(awaited, '');
			},
		},
	],
};
