import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { manPage } from '../source/command-line/help/roff.ts';
import { documents } from '../source/command-line/json/documents.ts';
import { referencePage } from '../source/commands/reference.ts';
import { commands } from '../source/commands/table.ts';
import { architecturePage } from './architecture-page.ts';
import { pageText, schemaText } from './config-schema.ts';
import { faultsPage } from './faults-page.ts';
import { installPages } from './install-page.ts';
import { keysPage } from './keys-page.ts';
import { patchesPage } from './patches-page.ts';
import { reliabilityPage } from './reliability-page.ts';
import { root } from './root.ts';

/** The generated files, by their path relative to docs/. */
export async function madeDocuments(): Promise<Record<string, string>> {
	const made: Record<string, string> = {
		'architecture.md': architecturePage(),
		'commands.md': referencePage(),
		'configuration.md': pageText('en'),
		'configuration.ko.md': pageText('ko'),
		'faults.md': faultsPage(),
		...(await installPages()),
		'keys.md': keysPage(),
		'../patches/readme.md': patchesPage(),
		'reliability.md': reliabilityPage(),
		'laketop.schema.json': schemaText(),
		'laketop.1': manPage(packageVersion(), commands),
	};
	for (const [name, schema] of Object.entries(documents)) made[`json/${name}.schema.json`] = jsonSchema(schema);
	return made;
}

/** For readers: fields that a later version adds are allowed. */
function jsonSchema(schema: z.ZodMiniType): string {
	const made = z.toJSONSchema(schema, {
		target: 'draft-2020-12',
		io: 'input',
		override: ({ jsonSchema: part }) => {
			// The format is enough; the pattern is three lines of noise.
			if (part.format === 'date-time') delete part.pattern;
		},
	});
	return `${JSON.stringify(made, null, '\t')}\n`;
}

function packageVersion(): string {
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	return z.object({ version: z.string() }).parse(manifest).version;
}
