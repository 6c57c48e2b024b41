import { patches } from '../patches/all.ts';
import type { Patch } from '../patches/patch.ts';

const intro = `# Changes to other packages

Made from the headers of the patches by \`npm run docs\`.

The build changes these packages while it bundles them (\`esbuild.ts\`); nothing in \`node_modules\` is written to. The
tests run the same packages: \`node.ts\` changes them while Node loads them. The program imports nothing from this
folder, and patches of the program only its reader of SGR (\`source/model/text/sgr.ts\`).

Each patch is a row of \`all.ts\`, and lies in the folder of its package beside the code that takes the place of the
package's own. It is written for one version, which \`package.json\` pins. \`test/patches/patches.test.ts\` fails when
another version is installed, or when a patch does not find what it changes; the build fails too.

To update a package: change its version in \`package.json\` and in its patches, run the tests in \`test/patches\`, and
measure again whether the patch still pays (\`npm run bench\`). To add a patch: its file, and its row in \`all.ts\`.
`;

const upstreamOf = ({ upstream }: Patch) => (upstream ? `<${upstream}>` : 'none known');

function section(name: string, those: readonly Patch[]): string {
	const parts = those.map(patch =>
		[
			`### [${patch.file}](${patch.file})`,
			'',
			patch.reason,
			'',
			`- Effect: ${patch.figure}`,
			`- Upstream: ${upstreamOf(patch)}`,
			'',
		].join('\n'),
	);
	return [`## ${name} ${those[0]?.version ?? ''}`, '', ...parts].join('\n');
}

/** patches/readme.md. */
export function patchesPage(): string {
	const byPackage = Map.groupBy(patches, patch => patch.package);
	return [intro, ...[...byPackage].map(([name, those]) => section(name, those))].join('\n');
}
