import { eachOf as atOnceEach } from '../../model/each-of.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { joined, type Message, phrase } from '../../words/message.ts';
import { failed } from './outcomes.ts';
import type { Outcome, Plan, Tools } from './plan.ts';

/**
 * Does one after the other, or several at once, and reports `2 of 5: name`. A failure does not stop the others; after
 * the signal nothing more is started. The outcome names the failed ones.
 */
export async function eachOf<Item>(
	tools: Pick<Tools, 'signal' | 'progress'>,
	items: readonly Item[],
	perform: (item: Item) => Promise<Outcome>,
	nameOf: (item: Item) => string | Message = String,
	atOnce = 1,
): Promise<Outcome> {
	const done: { name: string | Message; outcome: Outcome }[] = [];
	await atOnceEach([...items.entries()], atOnce, async ([index, item]) => {
		if (tools.signal.aborted) return;
		const name = nameOf(item);
		const place = { n: index + 1, all: items.length, name };
		if (items.length > 1) tools.progress(phrase(['{n} of {all}: {name}', '{all}개 중 {n}: {name}'], place));
		let outcome: Outcome;
		try {
			outcome = await perform(item);
		} catch (error) {
			outcome = failed(failureOf(error));
		}
		if (items.length > 1) {
			const { message } = outcome;
			tools.progress(
				phrase(['{n} of {all}: {name}: {message}', '{all}개 중 {n}: {name}: {message}'], { ...place, message }),
			);
		}
		done.push({ name, outcome });
	});
	return together(done, items.length);
}

function together(done: readonly { name: string | Message; outcome: Outcome }[], wanted: number): Outcome {
	const [first] = done;
	if (first && wanted === 1) return first.outcome;
	const bad = done.filter(({ outcome }) => outcome.outcome !== 'done');
	const left = wanted - done.length;
	const rest = left > 0 ? [phrase(['{left} not started', '{left}개 시작하지 않음'], { left })] : [];
	if (bad.length === 0 && left === 0) {
		return {
			outcome: 'done',
			message: joined(
				done.map(({ outcome }) => outcome.message),
				'; ',
			),
		};
	}
	const parts = [
		phrase(['{n} of {wanted} done', '{wanted}개 중 {n}개 완료'], { n: done.length - bad.length, wanted }),
		...bad.map(({ name, outcome: { outcome, message } }) =>
			outcome === 'unknown'
				? phrase(['{name}: unknown: {message}', '{name}: 결과 알 수 없음: {message}'], { name, message })
				: phrase(['{name}: {message}', '{name}: {message}'], { name, message }),
		),
		...rest,
	];
	const message = joined(parts, '; ');
	const unknown = bad.length === 0 || bad.some(({ outcome }) => outcome.outcome === 'unknown');
	return { outcome: unknown ? 'unknown' : 'failed', message, failure: bad[0]?.outcome.failure };
}

const parallelLimit = 8;

/** Several plans as one, for a choice of many. The audit file has the action of the first. */
export function planSeveral(title: Message, plans: readonly [Plan, ...Plan[]]): Plan {
	const runsInParallel = plans.every(plan => plan.runsInParallel === true);
	return {
		runsInParallel,
		actionId: plans[0].actionId,
		title,
		effects: plans.flatMap(plan => plan.effects),
		command: plans.map(plan => plan.command).join('\n'),
		targets: plans.flatMap(plan => plan.targets),
		typed: plans.find(plan => plan.typed !== undefined)?.typed,
		perform: tools =>
			eachOf(
				tools,
				plans,
				plan => plan.perform(tools),
				plan => plan.title,
				runsInParallel ? parallelLimit : 1,
			),
	};
}
