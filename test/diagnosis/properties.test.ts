import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnose } from '../../source/diagnosis/diagnose.ts';
import { factsOf } from '../../source/diagnosis/facts.ts';
import { type Draft, type Part, parts, type Rule } from '../../source/diagnosis/finding.ts';
import { initialState } from '../../source/model/state.ts';
import { runs } from '../random.ts';
import { diagnosisOptions, now } from './stack.ts';

/** Any findings, whatever they break and depend on: which explains which. */

const thing: fc.Arbitrary<Part> = fc.oneof(
	fc.constantFrom(...parts),
	fc.tuple(fc.constantFrom(...parts), fc.constantFrom('a', 'b')).map(([kind, of]): Part => `${kind} ${of}`),
);
const message = { key: 'x', text: ['x', 'x'], params: {} } as const;
const draft = fc
	.record({
		subject: fc.constantFrom('a', 'b', 'c', 'd'),
		severity: fc.constantFrom('critical' as const, 'warning' as const),
		since: fc.option(fc.integer({ min: now - 3_600_000, max: now })),
		breaks: fc.array(thing, { maxLength: 3 }),
		dependsOn: fc.array(thing, { maxLength: 4 }),
	})
	.map(
		(given): Draft => ({
			...given,
			title: message,
			cause: message,
			reason: message,
			evidence: [],
			impact: [],
			fixes: [],
		}),
	);
/** Names of rules are unique, and a rule finds a subject once. */
const someRules: fc.Arbitrary<Rule[]> = fc
	.uniqueArray(fc.tuple(fc.constantFrom('p', 'q', 'r', 's'), draft), {
		selector: ([name, { subject }]) => `${name} ${subject}`,
		maxLength: 12,
	})
	.map(all =>
		[...Map.groupBy(all, ([name]) => name)].map(([name, own]) => ({
			name,
			texts: {},
			find: () => own.map(([, one]) => one),
		})),
	);

const judge = (rules: readonly Rule[]) => diagnose(initialState, now, diagnosisOptions, rules);

test('property: what explains a finding is there, stands for itself, and is not the finding', () => {
	fc.assert(
		fc.property(someRules, rules => {
			const found = judge(rules);
			expect(found).toHaveLength(
				rules.reduce((sum, { find }) => sum + find(factsOf(initialState, now, diagnosisOptions)).length, 0),
			);
			const byId = new Map(found.map(one => [one.id, one]));
			expect(byId.size).toBe(found.length);
			for (const { id, explainedBy } of found) {
				if (explainedBy === null) continue;
				expect(explainedBy).not.toBe(id);
				expect(byId.get(explainedBy), `${id} is explained by ${explainedBy}`).toMatchObject({ explainedBy: null });
			}
			// Each cause is followed by its consequences.
			let root: string | null = null;
			for (const { id, explainedBy } of found) {
				if (explainedBy === null) root = id;
				else expect(explainedBy).toBe(root);
			}
		}),
		{ numRuns: runs(1000) },
	);
});

test('property: the order of the rules, and of what each finds, changes neither causes nor order', () => {
	const shuffled = someRules.chain(rules =>
		fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length }), fc.boolean()),
	);
	fc.assert(
		fc.property(shuffled, ([rules, others, isReversed]) => {
			const turned = others.map(
				({ find, ...rule }): Rule => ({
					...rule,
					find: facts => (isReversed ? find(facts).toReversed() : find(facts)),
				}),
			);
			expect(judge(turned)).toEqual(judge(rules));
		}),
		{ numRuns: runs(1000) },
	);
});
