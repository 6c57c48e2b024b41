import type { Message } from '../words/message.ts';

export type ActionState = {
	readonly id: string;
	readonly actionId: string;
	readonly title: Message;
	/** Its targets, from its plan. */
	readonly targets: readonly string[];
	readonly startedAt: number;
	readonly finishedAt: number | null;
	readonly outcome: 'running' | 'done' | 'failed' | 'unknown';
	/** null while it runs. */
	readonly message: Message | null;
	/** The last two hundred lines of progress. */
	readonly progress: readonly Message[];
};
