import type { Wait } from '../../diagnosis/waiting/wait.ts';
import type { TaskInstance } from '../../model/airflow/pipeline.ts';
import type { TaskFacts } from '../../model/airflow/task-facts.ts';
import type { TaskFailure } from '../../model/airflow/task-failure.ts';
import type { StateSymbol } from '../../model/airflow/task-state.ts';
import type { Container } from '../../model/engine/container.ts';
import type { MlflowRun, ModelVersion } from '../../model/mlflow/experiment.ts';
import type { Failure } from '../../model/source.ts';
import type { UsualDuration } from '../../selectors/durations/task-usual.ts';
import type { Linked } from '../../selectors/links/task-links.ts';
import type { Language } from '../../words/language.ts';
import { type Message, render } from '../../words/message.ts';
import type { Writer } from '../../words/write.ts';
import type { Glyphs } from '../glyphs.ts';

/** A line of the page of a task instance, for screen and command. */
export type FactLine = {
	readonly text: string;
	readonly tone?: 'muted' | 'accent' | 'bad' | 'good' | 'active' | undefined;
	readonly bold?: boolean;
};

export type TaskPageFacts = {
	/** As it is known now. */
	readonly task: TaskInstance;
	/** Whether the DAG run has ended. */
	readonly hasRunEnded: boolean;
	readonly facts: TaskFacts;
	/** Since when it waits and for what; null: it does not wait. */
	readonly waiter: { readonly wait: Wait; readonly since: number } | null;
	/** Why its last try failed; undefined: it did not, or its log was not read. */
	readonly failure: TaskFailure | undefined;
	readonly usual: UsualDuration | null;
	readonly container: Linked<Container> | null;
	readonly mlflowRun: Linked<MlflowRun> | null;
	readonly modelVersion: Linked<ModelVersion> | null;
	/** Why earlier tries are missing; null: none are. */
	readonly hiddenTries: Message | null;
};

export type TaskPageStyle = {
	/** ms by the servers' clock. */
	readonly now: number;
	/** null: without symbols, for programs that read it. */
	readonly glyphs: Glyphs | null;
	/** A time to the second. */
	readonly at: (ms: number) => string;
	readonly language: Language;
	readonly say: Writer;
};

/** Before the word of a state. */
export const symbolOf = (symbol: StateSymbol, { glyphs }: Pick<TaskPageStyle, 'glyphs'>): string =>
	glyphs === null ? '' : `${glyphs.state[symbol]} `;

/** In place of what could not be read. */
export const failed = ({ message }: Failure, { language }: TaskPageStyle): FactLine => ({
	text: `  ${render(message, language)}`,
	tone: 'active',
});
