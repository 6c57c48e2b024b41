import { type ConfProblem, confOf, confProblems, distinctConfs, parseConf } from '../../model/airflow/dag-conf.ts';
import {
	choicesOf,
	type DagParam,
	defaultText,
	examplesOf,
	paramValue,
	valueText,
	wantedText,
} from '../../model/airflow/dag-params.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { Json } from '../../model/text/json.ts';
import { newRunId, planTrigger } from '../../operations/dag-runs/trigger.ts';
import { isRefusal } from '../../operations/plan/plan.ts';
import type { Writer } from '../../words/write.ts';
import type { Effect, FormField, FormQuestion, Problems } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { noAirflowAddress } from './pages.ts';
import { cannot, later, planned } from './step.ts';
import { targetDagId } from './targets.ts';

/** Nobody steps through more with Ctrl-R. */
const recentOffered = 8;

/** Params are checked before they are sent; then the plan asks whether to start the run. */
export function triggerForm(context: StepContext): Effect {
	const { state, now, clients, signal, say } = context;
	const dagId = targetDagId(context);
	// The run ID is fixed with the question: answered twice, it still starts one run.
	const withConf = (conf: string | undefined, params?: readonly DagParam[]) =>
		planTrigger({ state, now }, { dagId, dagRunId: newRunId(context.clock.now()), params, ...(conf ? { conf } : {}) });
	const without = withConf(undefined);
	if (isRefusal(without)) return { kind: 'refusal', refusal: without };
	const { airflow } = clients;
	if (!airflow) return cannot(say(noAirflowAddress), 'unreachable');
	const recent = distinctConfs(state.dagRuns[dagId] ?? []).slice(0, recentOffered);
	const ask = async (): Promise<Effect> => {
		let params: readonly DagParam[];
		try {
			params = await airflow.dagParams(dagId, signal);
		} catch (error) {
			return cannot(failureOf(error).message, 'refused');
		}
		return {
			kind: 'form',
			question: formQuestion(dagId, params, recent, say, conf =>
				planned(withConf(conf === '{}' ? undefined : conf, params)),
			),
		};
	};
	return later(ask());
}

const plain = ['{message}', '{message}'] as const;

export function formQuestion(
	dagId: string,
	params: readonly DagParam[],
	recent: readonly string[],
	say: Writer,
	next: (conf: string) => Effect,
): FormQuestion {
	const named = new Map(params.map(param => [param.name, param]));
	return {
		title:
			params.length > 0
				? say(['Trigger {dagId}: params', '{dagId} 트리거: params'], { dagId })
				: say(['Trigger {dagId}: conf', '{dagId} 트리거: conf'], { dagId }),
		fields: params.map(param => fieldOf(param, say)),
		recent,
		conf(values) {
			const given: Record<string, Json> = {};
			const problems: Record<string, string> = {};
			for (const [name, text] of Object.entries(values)) {
				const param = named.get(name);
				if (!param) {
					// A name that the DAG does not declare comes from a conf written as JSON and is kept.
					given[name] = readJson(text);
					continue;
				}
				if (text === defaultText(param)) continue;
				const read = paramValue(param, text);
				if ('problem' in read) problems[name] = say(plain, { message: read.problem });
				else given[name] = read.value;
			}
			if (Object.keys(problems).length > 0) return { problems };
			const conf = confOf(params, given);
			const wrong = confProblems(params, conf);
			return wrong.length > 0 ? { problems: byParam(wrong, say) } : { conf: JSON.stringify(conf) };
		},
		values(text) {
			const read = parseConf(text);
			if ('problem' in read) return { problem: say(plain, { message: read.problem }) };
			const values: Record<string, string> = Object.fromEntries(params.map(param => [param.name, defaultText(param)]));
			for (const [name, value] of Object.entries(read.conf)) {
				values[name] = named.has(name) ? valueText(value) : JSON.stringify(value);
			}
			return { values };
		},
		next,
	};
}

/** The field of a param. */
export function fieldOf(param: DagParam, say: Writer): FormField {
	const choices = choicesOf(param);
	const examples = examplesOf(param)
		.map(({ label }) => label)
		.join(', ');
	const isBoolean =
		param.schema.type === 'boolean' || (param.schema.type === undefined && typeof param.value === 'boolean');
	return {
		name: param.name,
		wanted: say(plain, { message: wantedText(param) }),
		description: [
			param.title,
			param.description,
			examples ? say(['for example {examples}', '예: {examples}'], { examples }) : null,
		]
			.filter(Boolean)
			.join('. '),
		initial: defaultText(param),
		values: isBoolean ? ['true', 'false'] : choices.map(({ value }) => valueText(value)),
	};
}

/** Problems by param; those of no param have an empty name. */
function byParam(found: readonly ConfProblem[], say: Writer): Problems {
	return Object.fromEntries(found.map(({ param, problem }) => [param ?? '', say(plain, { message: problem })]));
}

function readJson(text: string): Json {
	const read = parseConf(`{"value":${text}}`);
	return 'conf' in read ? (read.conf.value ?? null) : text;
}
