/**
 * `npm run docs`: writes what is made from tables and schemas: docs/commands.md, docs/laketop.1, docs/json/, the rooms
 * in docs/architecture.md, patches/readme.md. A test fails while one of them is out of date.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { madeDocuments } from './made-documents.ts';
import { root } from './root.ts';

const folder = join(root, 'docs');
const documents = await madeDocuments();
for (const [path, text] of Object.entries(documents)) {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
for (const name of readdirSync(join(folder, 'json'))) {
	if (!(`json/${name}` in documents)) rmSync(join(folder, 'json', name));
}
console.log(`docs/: ${Object.keys(documents).length} files`);
