import { test } from 'vitest';
import { spots } from '../../../source/ui/actions/bindings.ts';
import { Walk } from './walk.ts';

/** Each pane and list of the screen with `--lang ko`, and what its keys open: no English word of ours is in any of them. */
test.each(spots)('$place, zoomed: $zoomed', async spot => {
	const walk = await Walk.on();
	await walk.untilAllIsThere();
	await walk.pressAllAt(spot);
	await walk.end();
});
