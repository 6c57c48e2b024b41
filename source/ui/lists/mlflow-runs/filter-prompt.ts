import { filterProblem, filterProblemText } from '../../../model/mlflow/run-filter.ts';
import { hasNullComparators } from '../../../selectors/servers/server-state.ts';
import { render } from '../../../words/message.ts';
import type { StepContext } from '../../actions/action.ts';
import { changed } from '../../actions/step.ts';
import type { Effect } from '../../conversation.ts';
import { runFilterOf, withRunFilter } from './run-query.ts';

/** Asks for a filter in MLflow's language; it is checked before it is sent, and stays for the session. */
export function filterPrompt({ state, view, say, language }: StepContext): Effect {
	const hasNull = hasNullComparators(state);
	return {
		kind: 'input',
		question: {
			title: say(['Filter of MLflow', 'MLflow 필터']),
			hint: say([
				"Comparisons joined by AND: metrics.loss < 0.3 and params.layer = 'gold' and tags.`mlflow.user` LIKE 'a%'. Empty shows all MLflow runs",
				"비교식을 AND로 연결: metrics.loss < 0.3 and params.layer = 'gold' and tags.`mlflow.user` LIKE 'a%'. 비우면 전체 MLflow 실행",
			]),
			initial: runFilterOf(view),
			problem: text => {
				const problem = filterProblem(text, hasNull);
				return problem && render(filterProblemText(text, problem), language);
			},
			next: text =>
				changed(now => ({
					...withRunFilter(now, text.trim()),
					...(now.browse ? { browse: { ...now.browse, selected: null } } : {}),
				})),
		},
	};
}
