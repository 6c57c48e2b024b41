import { afterAll, beforeAll, test } from 'vitest';
import { spots } from '../../../source/ui/actions/bindings.ts';
import { Walk } from './walk.ts';

/** Each pane and list of the screen with `--lang ko`, and what its keys open: no English word of ours is in any of them. */
let walk: Walk;
beforeAll(async () => {
	walk = await Walk.on();
	await walk.untilAllIsThere();
});
afterAll(() => walk.end());

// The list of instances needs a mapped task: `stacks.test.ts`.
test.each(spots.filter(({ place }) => place !== 'task-instances'))('$place, zoomed: $zoomed', async spot => {
	await walk.pressAllAt(spot);
	walk.check();
});
