import type { alarmingSeverities } from './finding.ts';

/** When somebody is told that something turned bad; how is `deliver.ts`. */
export type NoticeRules = {
	/** warning: of everything; bad: of what is bad alone. */
	readonly severity: (typeof alarmingSeverities)[number];
	/** Two notices are at least so many ms apart. */
	readonly everyMs: number;
	/** Minutes of the day, local time, from which to which nobody is told; over midnight where the second is less. */
	readonly quiet: { readonly from: number; readonly to: number } | null;
};

export const desktopMethods = ['off', 'osc9', 'osc777'] as const;
export type DesktopMethod = (typeof desktopMethods)[number];

/** How somebody is told. */
export type NotificationMethods = {
	readonly bell: boolean;
	/** Desktop notification by the terminal: OSC 9 (iTerm2, Windows Terminal, kitty) or OSC 777 (urxvt, VTE, foot, Ghostty). */
	readonly desktop: DesktopMethod;
	/** Run by the shell, with the notice in its environment and as JSON on its input. */
	readonly command: string | null;
	/** Gets the notice as JSON by POST. */
	readonly webhook: string | null;
};

/** All of it. */
export type NotifyConfig = NotificationMethods & NoticeRules;
