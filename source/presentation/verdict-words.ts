import type { Tone } from '../model/airflow/task-state.ts';
import type { Text } from '../words/language.ts';

/** A value against another one: the word says it, and the colour too. */
export const verdictWords: Readonly<
	Record<'better' | 'worse' | 'equal', { readonly word: Text; readonly tone: Tone }>
> = {
	better: { word: ['better', '개선'], tone: 'good' },
	worse: { word: ['worse', '악화'], tone: 'warning' },
	equal: { word: ['equal', '같음'], tone: 'muted' },
};
