import { Box, type Instance, render, Text, useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Controller } from './controller/controller.ts';
import { focusChange, keyNames } from './keys.ts';
import { mouseReporting, readMouse } from './mouse.ts';
import { paneIds } from './panes/panes.ts';
import type { Painted, Screen } from './presenter.ts';

/** The terminal tells when it gets or loses the focus (xterm, DECSET 1004). */
const focusReporting = { on: '\u001B[?1004h', off: '\u001B[?1004l' };

/** Between these a terminal goes on showing the frame before (DECSET 2026). */
const synchronized = { on: '\u001B[?2026h', off: '\u001B[?2026l' };

/** No style, all rows blank, and the cursor in the first cell. */
const eraseAll = '\u001B[0m\u001B[H\u001B[J';

type PartProps = { readonly controller: Controller; readonly select: (screen: Screen) => Painted | null | undefined };

/**
 * One part of the screen: one flat text in its place. It is drawn again only when its text or place changed. It fits its
 * place to the cell, so that nothing has to be hidden, which would cost a third of each frame.
 */
function Part({ controller, select }: PartProps) {
	const part = useStore(controller.screen, select);
	if (!part || part.rectangle.height <= 0 || part.rectangle.width <= 0) return null;
	const { x, y, width, height } = part.rectangle;
	return (
		<Box position="absolute" left={x} top={y} width={width} height={height}>
			<Text wrap="truncate">{part.text}</Text>
		</Box>
	);
}

/** Gives the terminal to somebody else until the callback's end, and takes it back. */
export type Suspender = (callback: () => Promise<void>) => Promise<void>;

type AppProps = {
	readonly controller: Controller;
	/** Told how the terminal is given away. */
	readonly onSuspender: (suspender: Suspender) => void;
};

/** The whole screen. Everything that it shows was painted by the presenter; here it is put in its place. */
export function App({ controller, onSuspender }: AppProps) {
	const window = useWindowSize();
	const { stdout } = useStdout();
	const columns = useStore(controller.screen, screen => screen.columns);
	const rows = useStore(controller.screen, screen => screen.rows);
	// A layout effect: its end runs at once when a signal unmounts the app, before the process is gone.
	const isMounted = useRef(false);
	useLayoutEffect(() => {
		stdout.write(focusReporting.on);
		isMounted.current = true;
		return () => {
			isMounted.current = false;
			stdout.write(focusReporting.off);
		};
	}, [stdout]);
	const mouse = useStore(controller.screen, screen => screen.mouse);
	const reportsMouse = useRef(mouse);
	useLayoutEffect(() => {
		reportsMouse.current = mouse;
		if (!mouse) return;
		stdout.write(mouseReporting.on);
		const stop = readMouse(process.stdin, event => controller.mouse(event));
		return () => {
			stop();
			reportsMouse.current = false;
			stdout.write(mouseReporting.off);
		};
	}, [mouse, stdout, controller]);
	useEffect(() => controller.resize(window.columns, window.rows), [controller, window.columns, window.rows]);
	useInput((input, key) => {
		const focused = focusChange(input);
		if (focused !== null) return controller.setFocused(focused);
		for (const name of keyNames(input, key)) controller.press(name);
	});
	// Pasted text is no key press: a paste into the wrong window must not trigger anything.
	usePaste(text => controller.paste(text));
	const { suspendTerminal } = useApp();
	useEffect(
		() =>
			onSuspender(async callback => {
				// Whoever has the terminal meanwhile did not ask for it.
				stdout.write(focusReporting.off);
				if (reportsMouse.current) stdout.write(mouseReporting.off);
				controller.redrawn();
				try {
					await suspendTerminal(callback);
				} finally {
					controller.redrawn();
					if (isMounted.current) stdout.write(focusReporting.on);
					if (reportsMouse.current) stdout.write(mouseReporting.on);
				}
			}),
		[controller, onSuspender, suspendTerminal, stdout],
	);
	return (
		<Box width={columns} height={rows}>
			<Part controller={controller} select={screen => screen.header} />
			{paneIds.map(id => (
				<Part key={id} controller={controller} select={screen => screen.panes[id]} />
			))}
			<Part controller={controller} select={screen => screen.browse} />
			<Part controller={controller} select={screen => screen.footer} />
			<Part controller={controller} select={screen => screen.overlay} />
		</Box>
	);
}

export type RenderedApp = Instance & {
	/** Draws every cell, whatever somebody else, or a change of its size, has left on the terminal. */
	readonly repaint: () => void;
};

/** Draws the app on the alternate screen of the terminal, in raw mode, until it is unmounted. */
export function renderApp(controller: Controller, onSuspender: (suspender: Suspender) => void): RenderedApp {
	// Ink does it some ms after its first frame: a key pressed by then was echoed into the frame, and scrolled it.
	if (process.stdin.isTTY) process.stdin.setRawMode(true);
	const instance = render(<App controller={controller} onSuspender={onSuspender} />, {
		exitOnCtrlC: false,
		patchConsole: false,
		alternateScreen: true,
		incrementalRendering: true,
		interactive: true,
		// The controller draws ten times a second at most, and for each key, which is not to wait.
		maxFps: 100,
	});
	const { stdout } = process;
	return {
		...instance,
		repaint() {
			controller.redrawn();
			stdout.write(synchronized.on);
			instance.clear();
			// Ink erases from where it believes the cursor to be.
			stdout.write(eraseAll);
			// Ink draws a cleared frame when it next draws, and at once when the size may have changed.
			stdout.emit('resize');
			stdout.write(synchronized.off);
		},
	};
}
