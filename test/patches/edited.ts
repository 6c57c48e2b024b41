import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Patch } from '../../patches/patch.ts';
import { root } from '../../scripts/root.ts';

/** A package's file as the patch makes it, or the result for another source. */
export function edited(patch: Patch, file: string, source?: string): string {
	const edit = patch.edits?.find(one => one.file === file);
	if (!edit) throw new Error(`${patch.file} does not change ${file}`);
	return edit.change(source ?? readFileSync(join(root, 'node_modules', patch.package, file), 'utf8'));
}
