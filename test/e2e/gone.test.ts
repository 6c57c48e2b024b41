import { beforeAll } from 'vitest';
import { type AirflowStack, guideStack } from './airflow-stack.ts';
import { goneSuite } from './gone-suite.ts';
import { screenOnStack } from './screen.ts';

/** Objects that disappear during an action, on the guide's stack. */

const screen = screenOnStack();
let stack: AirflowStack;
beforeAll(async () => {
	stack = await guideStack(screen);
});

goneSuite(() => stack);
