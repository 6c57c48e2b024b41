import type { alarmingSeverities } from '../finding.ts';

/** When notifications are sent; `deliver.ts` does it. */
export type NoticeRules = {
	/** warning: all findings; bad: only bad ones. */
	readonly severity: (typeof alarmingSeverities)[number];
	/** Least time between two notifications, ms. */
	readonly everyMs: number;
	/** Minutes of the day, local time, without notifications; over midnight if the second is less. */
	readonly quiet: { readonly from: number; readonly to: number } | null;
};

export const desktopMethods = ['off', 'osc9', 'osc777'] as const;
export type DesktopMethod = (typeof desktopMethods)[number];

/** How notifications are sent. */
export type NotificationMethods = {
	readonly bell: boolean;
	/** Desktop notification by the terminal: OSC 9 (iTerm2, Windows Terminal, kitty) or OSC 777 (urxvt, VTE, foot, Ghostty). */
	readonly desktop: DesktopMethod;
	/** Run by the shell, with the notification in its environment and as JSON on its input. */
	readonly command: string | null;
	/** Receives the notification as JSON by POST. */
	readonly webhook: string | null;
};

/** All notification settings. */
export type NotifyConfig = NotificationMethods & NoticeRules;
