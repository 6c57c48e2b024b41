import type { StackOption } from '../../source/model/state.ts';

const ofProject = ['--compose-file', '--airflow-url', '--mlflow-url'];

/** The options that named a stack, of their words: a flag and its value, and so on. */
export function optionsOf(...words: readonly string[]): StackOption[] {
	return words.flatMap((flag, index) =>
		index % 2 === 0 ? [{ flag, value: words[index + 1] ?? '', isOfProject: ofProject.includes(flag) }] : [],
	);
}
