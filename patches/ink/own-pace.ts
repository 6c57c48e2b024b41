import { type Patch, replaceOnce } from '../patch.ts';

const place = "import { throttle } from 'es-toolkit/compat';";

export const ownPace: Patch = {
	file: 'ink/own-pace.ts',
	package: 'ink',
	version: '8.0.0',
	reason:
		'Ink limits frames twice, and each limit sets a timer after each frame. laketop limits them itself (`source/ui/controller/frame-loop.ts`): Ink draws at once.',
	figure: 'saves two timers a frame, and up to 10 ms for a key that is pressed just after a frame',
	edits: [
		{
			file: 'build/ink.js',
			change: source => replaceOnce(source, place, 'const throttle = work => work;'),
		},
	],
};
