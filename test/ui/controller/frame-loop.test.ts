import { expect, test } from 'vitest';
import { drawIntervalMs, FrameLoop, idleTickMs, tickMs } from '../../../source/ui/controller/frame-loop.ts';
import { HandClock, settled } from '../../given/hand-clock.ts';

/** A loop on a clock and a terminal that the test moves, and its times of painting. */
function loopOn({ isSlow = false } = {}) {
	const clock = new HandClock(1_000_000);
	const closed = new AbortController();
	const painted: number[] = [];
	let take = () => {};
	let isStill = false;
	let hasSeconds = true;
	const frames = new FrameLoop({
		clock,
		signal: closed.signal,
		drawn: () => (isSlow ? new Promise(resolve => (take = resolve)) : Promise.resolve()),
		isStill: () => isStill,
		paint: () => {
			painted.push(clock.now() - 1_000_000);
			return hasSeconds;
		},
	});
	return {
		clock,
		frames,
		painted,
		close: () => closed.abort(),
		freeze: () => {
			isStill = true;
		},
		showSeconds: (shows: boolean) => {
			hasSeconds = shows;
		},
		/** The terminal has taken the frame. */
		take: () => {
			take();
			return settled();
		},
	};
}

test('what is pressed is drawn at once; news are drawn ten times a second at most, and none is lost', async () => {
	const { clock, frames, painted } = loopOn();
	frames.draw();
	expect(painted).toEqual([0]);
	for (let news = 0; news < 15; news++) {
		frames.drawSoon();
		await clock.advance(10);
	}
	expect(painted).toEqual([0, drawIntervalMs]);
	await clock.advance(drawIntervalMs);
	expect(painted).toEqual([0, drawIntervalMs, 2 * drawIntervalMs]);
	await clock.advance(5000);
	expect(painted).toHaveLength(3);
});

test('a drawing that came first takes the place of the one that was to come', async () => {
	const { clock, frames, painted } = loopOn();
	frames.draw();
	frames.drawSoon();
	await clock.advance(50);
	frames.draw();
	await clock.advance(1000);
	expect(painted).toEqual([0, 50]);
});

test('a slow terminal gets one frame at a time, and then the newest', async () => {
	const { clock, frames, painted, take } = loopOn({ isSlow: true });
	frames.draw();
	await clock.advance(10);
	frames.draw();
	frames.draw();
	await clock.advance(30);
	expect(painted).toEqual([0]);
	await take();
	expect(painted).toEqual([0, 40]);
	await take();
	await take();
	expect(painted).toEqual([0, 40]);
});

test('what has to be drawn now is drawn before the terminal has taken the last frame', () => {
	const { frames, painted } = loopOn({ isSlow: true });
	frames.draw();
	frames.paint();
	expect(painted).toEqual([0, 0]);
});

test('where nothing happens the clock is drawn, and not besides what is drawn anyway', async () => {
	const { clock, frames, painted, close } = loopOn();
	frames.paint();
	void frames.tick();
	await clock.advance(3 * tickMs);
	expect(painted).toEqual([0, tickMs, 2 * tickMs, 3 * tickMs]);
	painted.length = 0;
	for (let second = 0; second < 5; second++) {
		frames.drawSoon();
		await clock.advance(1000);
	}
	expect(painted).toHaveLength(5);
	close();
	await clock.advance(10 * tickMs);
	expect(painted).toHaveLength(5);
});

test('while no seconds are shown the clock is drawn seldom, until something that may have some is shown', async () => {
	const { clock, frames, painted, showSeconds } = loopOn();
	showSeconds(false);
	frames.paint();
	void frames.tick();
	await clock.advance(9 * tickMs);
	expect(painted).toEqual([0, tickMs, 3 * tickMs, 6 * tickMs, 9 * tickMs]);
	expect(idleTickMs).toBe(3 * tickMs);
	await clock.advance(100);
	frames.expectSeconds();
	showSeconds(true);
	await clock.advance(3 * tickMs - 100);
	expect(painted.slice(5)).toEqual([10 * tickMs, 11 * tickMs, 12 * tickMs]);
});

test('a screen that stands still is not drawn for the clock; one whose clock was set back is', async () => {
	const still = loopOn();
	still.frames.paint();
	still.freeze();
	void still.frames.tick();
	await still.clock.advance(5 * tickMs);
	expect(still.painted).toEqual([0]);
	const back = loopOn();
	back.frames.paint();
	void back.frames.tick();
	await settled();
	back.clock.set(1_000_000 - 3_600_000);
	await back.clock.advance(3_600_000 + tickMs + drawIntervalMs);
	expect(back.painted.length).toBeGreaterThan(1);
});

test('nothing is drawn after the end', async () => {
	const { clock, frames, painted, close } = loopOn();
	frames.drawSoon();
	close();
	frames.draw();
	await clock.advance(1000);
	expect(painted).toEqual([]);
});
