import { Box, type Instance, render, Text, useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Controller } from './controller/controller.ts';
import { keyNames } from './keys.ts';
import { mouseReporting } from './mouse.ts';
import { paneIds } from './panes/panes.ts';
import type { Painted, Screen } from './presenter.ts';
import { TerminalAnswers } from './terminal-answers.ts';
import { focusReporting, readReports } from './terminal-reports.ts';

/** Between these two the terminal keeps showing the previous frame (DECSET 2026). */
const synchronized = { on: '\u001B[?2026h', off: '\u001B[?2026l' };

/** Resets the style, blanks all rows and moves the cursor to the first cell. */
const eraseAll = '\u001B[0m\u001B[H\u001B[J';

type PartProps = { readonly controller: Controller; readonly select: (screen: Screen) => Painted | null | undefined };

/**
 * One part of the screen: a single text in its place. It is drawn again only when its text or place changed. It fits
 * its place to the cell, so that nothing has to be clipped, which would cost a third of each frame.
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

/** Gives the terminal away until the callback resolves, then takes it back. */
export type Suspender = (callback: () => Promise<void>) => Promise<void>;

type AppProps = {
	readonly controller: Controller;
	/** Called with the function that gives the terminal away. */
	readonly onSuspender: (suspender: Suspender) => void;
	readonly answers: TerminalAnswers;
};

/** The whole screen. The presenter paints the parts; the app only puts them in their places. */
export function App({ controller, onSuspender, answers }: AppProps) {
	const window = useWindowSize();
	const { stdout } = useStdout();
	const columns = useStore(controller.screen, screen => screen.columns);
	const rows = useStore(controller.screen, screen => screen.rows);
	// A layout effect: its cleanup runs synchronously when a signal unmounts the app, before the process ends.
	const isMounted = useRef(false);
	const mouse = useStore(controller.screen, screen => screen.mouse);
	const reportsMouse = useRef(mouse);
	const stopReading = useRef<() => void>(() => undefined);
	const read = useCallback(() => {
		stopReading.current = readReports(process.stdin, {
			mouse: event => {
				if (reportsMouse.current) controller.mouse(event);
			},
			focus: isFocused => controller.setFocused(isFocused),
			answers,
		});
	}, [controller, answers]);
	useLayoutEffect(() => {
		stdout.write(focusReporting.on);
		read();
		isMounted.current = true;
		return () => {
			isMounted.current = false;
			stopReading.current();
			stdout.write(focusReporting.off);
		};
	}, [stdout, read]);
	useLayoutEffect(() => {
		reportsMouse.current = mouse;
		if (!mouse) return;
		stdout.write(mouseReporting.on);
		return () => {
			reportsMouse.current = false;
			stdout.write(mouseReporting.off);
		};
	}, [mouse, stdout]);
	useEffect(() => controller.resize(window.columns, window.rows), [controller, window.columns, window.rows]);
	useInput((input, key) => {
		for (const name of keyNames(input, key)) controller.press(name);
	});
	// Pasted text is no key press: a paste into the wrong window must not trigger anything.
	usePaste(text => controller.paste(text));
	const { suspendTerminal } = useApp();
	useEffect(
		() =>
			onSuspender(async callback => {
				// A program that has the terminal meanwhile did not ask for focus reports, or gets its own.
				stopReading.current();
				stdout.write(focusReporting.off);
				if (reportsMouse.current) stdout.write(mouseReporting.off);
				controller.redrawn();
				try {
					await suspendTerminal(callback);
				} finally {
					controller.redrawn();
					if (isMounted.current) {
						stdout.write(focusReporting.on);
						read();
					}
					if (reportsMouse.current) stdout.write(mouseReporting.on);
				}
			}),
		[controller, onSuspender, suspendTerminal, stdout, read],
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
	/** Draws every cell, after another program or a change of size has left anything on the terminal. */
	readonly repaint: () => void;
};

/** Draws the app on the terminal's alternate screen, in raw mode, until it is unmounted. */
export function renderApp(
	controller: Controller,
	onSuspender: (suspender: Suspender) => void,
	answers = new TerminalAnswers(),
): RenderedApp {
	// Ink sets raw mode some ms after its first frame: a key pressed before that was echoed into the frame, and
	// scrolled it.
	if (process.stdin.isTTY) process.stdin.setRawMode(true);
	const instance = render(<App controller={controller} onSuspender={onSuspender} answers={answers} />, {
		exitOnCtrlC: false,
		patchConsole: false,
		alternateScreen: true,
		incrementalRendering: true,
		interactive: true,
	});
	const { stdout } = process;
	return {
		...instance,
		repaint() {
			controller.redrawn();
			stdout.write(synchronized.on);
			instance.clear();
			// Ink erases from its own idea of the cursor's position.
			stdout.write(eraseAll);
			// Ink draws after a clear with the next frame, or at once after a change of size.
			stdout.emit('resize');
			stdout.write(synchronized.off);
		},
	};
}
