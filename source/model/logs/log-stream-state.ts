import type { Message } from '../../words/message.ts';
import type { FailureKind } from '../source.ts';

/** Source of a task's lines: its file, or Airflow's REST API. */
export type LogVia = 'file' | 'api';

export type LogStreamState = {
	readonly status: 'connecting' | 'following' | 'ended' | 'failed';
	readonly via?: LogVia | undefined;
	readonly note: Message | null;
	readonly fix?: Message | null | undefined;
	/** Why it failed. */
	readonly kind?: FailureKind | undefined;
	readonly since: number;
};
