/** Loaded before a program (`node --import`): gives it the clock of the pictures. STOP_CLOCK_AFTER_MS makes it stand still. */
import { fixedClock } from './fixed-clock.ts';

const stopMs = process.env.STOP_CLOCK_AFTER_MS;
const now = fixedClock(0, stopMs === undefined ? undefined : Number(stopMs));
const SystemDate = globalThis.Date;

globalThis.Date = new Proxy(SystemDate, {
	apply: () => new SystemDate(now()).toString(),
	construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
	get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
