/** Frames outermost first, as in the server's answer. */
export type Raised = {
	readonly type: string;
	readonly value: string;
	readonly frames: readonly { readonly filename: string; readonly lineno: number; readonly name: string }[];
};

/** What an event has beside its time and its text. */
export type TaskLogFields = {
	readonly level: 'info' | 'warning' | 'error';
	readonly logger: string;
	readonly filename?: string;
	readonly lineno?: number;
	readonly more?: Readonly<Record<string, unknown>>;
	readonly raised?: Raised;
};
