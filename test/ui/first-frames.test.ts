/** What the screen shows while the first answers arrive. */
import { afterEach, expect, test, vi } from 'vitest';
import { demoStacks } from '../../source/demo/index.ts';
import { soon } from '../patience.ts';
import { type ScreenOnStack, screenOnStack } from './screen-on-stack.tsx';

let open: ScreenOnStack | undefined;
afterEach(async () => {
	await open?.close();
	open = undefined;
});

test.each(['official-airflow3', 'guide', 'mlflow-elsewhere'] as const)(
	'%s: nothing is down that is only not known yet',
	async name => {
		const here = await screenOnStack(demoStacks[name]);
		open = here;
		const frames: string[] = [here.frame()];
		const stop = here.monitor.store.onChange(() => frames.push(here.frame()));
		const known = () => {
			const { containers, sources } = here.state();
			const all = Object.values(containers);
			return all.length > 0 && all.every(({ detail }) => detail !== null) && sources.airflow !== undefined;
		};
		await vi.waitFor(() => expect(known()).toBe(true), soon);
		stop();
		expect(frames.length).toBeGreaterThan(5);
		expect(frames.flatMap(frame => frame.split('\n')).filter(row => /\bdown\b|exited|✖|no stack/.test(row))).toEqual(
			[],
		);
		if (name === 'official-airflow3') expect(frames.at(-1)).toMatch(/airflow-init +✔ done/);
	},
);
