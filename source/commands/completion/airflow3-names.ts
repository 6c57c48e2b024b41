import type { Airflow3, Airflow3Feature } from '../../clients/airflow/airflow3.ts';
import type { ValueKind } from '../../command-line/rows/command.ts';
import type { Question as TaskQuestion } from '../../model/airflow/question.ts';
import { isTaskNamed, taskName } from '../../model/airflow/task-name.ts';
import { failureOf } from '../../model/failures/failure.ts';

/** The part of a command line that says which question of a task is meant. */
export type Asked = {
	/** null: not typed. */
	readonly dag: string | null;
	/** null: not typed, or `newest`. */
	readonly dagRunId: string | null;
	readonly task: string | null;
};

type Names = {
	readonly feature: Airflow3Feature;
	readonly ask: (requests: Airflow3, asked: Asked, signal: AbortSignal) => Promise<string[]>;
};

/** Names that only Airflow 3 knows, by their kind. */
export const airflow3Names: Readonly<Partial<Record<ValueKind, Names>>> = {
	asset: {
		feature: 'assets',
		ask: async (requests, _, signal) => (await requests.assets(signal)).map(({ name }) => name),
	},
	// Airflow materializes only what exactly one DAG produces.
	'produced-asset': {
		feature: 'assets',
		ask: async (requests, _, signal) =>
			(await requests.assets(signal))
				.filter(({ producers }) => new Set(producers.map(({ dagId }) => dagId)).size === 1)
				.map(({ name }) => name),
	},
	'asking-dag': ofQuestions(
		({ dagId }) => [dagId],
		() => true,
	),
	'asking-run': ofQuestions(
		({ dagRunId }) => [dagRunId],
		(question, asked) => isMeant(question, { ...asked, dagRunId: null, task: null }),
	),
	'asking-task': ofQuestions(
		question => [taskName(question)],
		(question, asked) => isMeant(question, { ...asked, task: null }),
	),
	option: ofQuestions(({ options }) => [...options], isMeant),
	'answer-param': ofQuestions(({ params }) => params.map(({ name }) => `${name}=`), isMeant),
};

function ofQuestions(
	names: (question: TaskQuestion) => string[],
	isWanted: (question: TaskQuestion, asked: Asked) => boolean,
): Names {
	return {
		feature: 'questions',
		ask: async (requests, asked, signal) =>
			(await requests.questions(signal)).filter(question => isWanted(question, asked)).flatMap(names),
	};
}

function isMeant(question: TaskQuestion, { dag, dagRunId, task }: Asked): boolean {
	return (
		(dag === null || question.dagId === dag) &&
		(dagRunId === null || question.dagRunId === dagRunId) &&
		(task === null || isTaskNamed(question, task))
	);
}

/** None of a server that has no such thing. Throws ClientError if it does not answer. */
export async function askAirflow3(
	{ feature, ask }: Names,
	requests: (feature: Airflow3Feature, signal: AbortSignal) => Promise<Airflow3>,
	asked: Asked,
	signal: AbortSignal,
): Promise<string[]> {
	try {
		return await ask(await requests(feature, signal), asked, signal);
	} catch (error) {
		if (['refused', 'not-found'].includes(failureOf(error).kind)) return [];
		throw error;
	}
}
