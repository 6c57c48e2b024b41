import { notShipped } from './dockerode/not-shipped.ts';
import { changedCells } from './ink/changed-cells.ts';
import { inputParser } from './ink/input-parser.ts';
import { noDevtools } from './ink/no-devtools.ts';
import { ownPace } from './ink/own-pace.ts';
import { rowsOfText } from './ink/rows-of-text.ts';
import { smallCaches } from './ink/small-caches.ts';
import { esModule } from './ink-table/es-module.ts';
import { noLicenceNames } from './meow/no-licence-names.ts';
import { lateHttps } from './node/late-https.ts';
import { lateSegmenter } from './node/late-segmenter.ts';
import { requiredHttp } from './node/required-http.ts';
import type { Patch } from './patch.ts';
import { late } from './re2js/late.ts';
import { narrowFirst } from './string-width/narrow-first.ts';
import { parserAsCompiled } from './undici/parser-as-compiled.ts';
import { poolOnly } from './undici/pool-only.ts';
import { namedExports } from './yaml/named-exports.ts';
import { withoutWebAssembly } from './yoga-layout/without-webassembly.ts';

/** All changes that the build makes in other packages. The unit tests use the same. */
export const patches: readonly Patch[] = [
	notShipped,
	changedCells,
	inputParser,
	noDevtools,
	ownPace,
	rowsOfText,
	smallCaches,
	esModule,
	noLicenceNames,
	lateHttps,
	lateSegmenter,
	requiredHttp,
	late,
	narrowFirst,
	parserAsCompiled,
	poolOnly,
	namedExports,
	withoutWebAssembly,
];
