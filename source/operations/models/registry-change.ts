import type { MlflowRegistry, VersionName } from '../../clients/mlflow/registry.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { type Message, phrase } from '../../words/message.ts';
import { answerIsLost, once } from '../plan/outcomes.ts';
import type { Outcome, Plan } from '../plan/plan.ts';
import { mlflowOf } from './mlflow.ts';

/** One value of the registry that a plan changes: the version of an alias, a stage, the value of a tag. null: none. */
export type RegistryChange = Pick<Plan, 'actionId' | 'title' | 'effects' | 'command' | 'targets'> & {
	/** The changed value: `alias champion of lakehouse_model`. */
	readonly what: Message;
	/** As the question named it. */
	readonly before: string | null;
	readonly after: string | null;
	/** A value in words: `version 7`. */
	readonly words: (value: string) => string | Message;
	readonly read: (registry: MlflowRegistry, signal: AbortSignal) => Promise<string | null>;
	readonly send: (registry: MlflowRegistry, signal: AbortSignal) => Promise<void>;
};

/**
 * The plan of a change. MLflow changes without a condition, so the value is read again first: if it is no longer what the
 * question named, somebody else has changed it, and nothing is sent. Success is what MLflow reports afterwards.
 */
export function registryPlan(change: RegistryChange): Plan {
	const { actionId, title, effects, command, targets, before, after, what } = change;
	const words = (value: string | null) => (value === null ? phrase(['none', '없음']) : change.words(value));
	const done: Outcome = {
		outcome: 'done',
		message:
			before === null
				? phrase(['{what} is {after}', '{what}: {after}'], { what, after: words(after) })
				: after === null
					? phrase(['{what} removed (it was {before})', '{what} 삭제됨(이전: {before})'], {
							what,
							before: words(before),
						})
					: phrase(['{what} changed from {before} to {after}', '{what} 변경됨: {before}에서 {after}으로(로)'], {
							what,
							before: words(before),
							after: words(after),
						}),
	};
	return {
		actionId,
		title,
		effects,
		command,
		targets,
		perform: async tools => {
			const { registry } = mlflowOf(tools.clients);
			const now = await change.read(registry, tools.signal);
			if (now !== before) return changedMeanwhile(what, words(now), now === after);
			const look = async () => ((await change.read(registry, tools.signal)) === after ? done : null);
			return once(
				tools,
				async () => {
					await change.send(registry, tools.signal);
					try {
						const then = await change.read(registry, tools.signal);
						return then === after ? done : overwritten(what, words(then));
					} catch (error) {
						if (answerIsLost(error)) throw error;
						return unread(error);
					}
				},
				look,
				phrase(['{what} is unchanged', '{what}이(가) 변경되지 않았습니다'], { what }),
			);
		},
	};
}

/** @param isWanted somebody else made the same change */
function changedMeanwhile(what: Message, now: string | Message, isWanted: boolean): Outcome {
	return isWanted
		? {
				outcome: 'done',
				message: phrase(
					['{what} already is {now}: somebody else changed it', '{what}: 이미 {now}입니다. 다른 사용자가 변경했습니다'],
					{ what, now },
				),
			}
		: {
				outcome: 'failed',
				message: phrase(
					[
						'{what} is {now} by now: somebody else changed it. Nothing was changed; ask again',
						'{what}: 그 사이 다른 사용자가 {now}으로(로) 변경했습니다. 변경하지 않았습니다. 다시 시도하세요',
					],
					{ what, now },
				),
				failure: 'refused',
			};
}

function overwritten(what: Message, now: string | Message): Outcome {
	return {
		outcome: 'failed',
		message: phrase(
			[
				'MLflow accepted the change, but {what} is {now}: somebody else may have changed it',
				'MLflow가 변경을 받았지만 {what}: {now}입니다. 다른 사용자가 변경했을 수 있습니다',
			],
			{ what, now },
		),
		failure: 'refused',
	};
}

function unread(error: unknown): Outcome {
	return {
		outcome: 'unknown',
		message: phrase(
			[
				'MLflow accepted the change, but it could not be read again: {why}',
				'MLflow가 변경을 받았지만 다시 읽지 못했습니다: {why}',
			],
			{ why: failureOf(error).message },
		),
		failure: 'unreachable',
	};
}

/** For the audit file. */
export const targetOfVersion = ({ model, version }: VersionName): string => `model version ${model}/${version}`;
