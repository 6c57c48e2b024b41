/** Tests in a terminal run the program as it is shipped, so it is built first. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export default function setup(): void {
	// Always: a build takes a second, and an outdated dist/ costs an afternoon. The harness's own tests need none.
	if (existsSync(join(root, 'source/cli.ts'))) {
		execFileSync(process.execPath, [join(root, 'scripts/build.ts')], {
			cwd: root,
			stdio: ['ignore', 'ignore', 'inherit'],
		});
	}
}
