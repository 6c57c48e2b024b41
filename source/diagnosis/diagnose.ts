import { type Finding, severities } from '../model/finding.ts';
import type { StackState } from '../model/state.ts';
import { type DiagnosisFacts, type DiagnosisWishes, factsOf } from './facts.ts';
import { type Draft, findingId, type Rule, type Thing, things } from './finding.ts';
import { orderedFixes } from './interrupts.ts';
import { rules } from './rules.ts';
import { thresholds } from './thresholds.ts';

/**
 * What is wrong with the stack, by all rules: causes worst first, each followed by what follows from it. Pure; what was
 * found before (`state.findings`) counts where a finding goes away later than it comes.
 */
export function diagnose(
	state: StackState,
	now: number,
	wishes: DiagnosisWishes,
	all: readonly Rule[] = rules,
): Finding[] {
	const facts = factsOf(state, now, wishes);
	const found = all.flatMap(rule =>
		rule.find(facts).map((draft): Found => ({ ...draft, rule: rule.name, id: findingId(rule.name, draft.subject) })),
	);
	const causes = new Map(found.map(one => [one.id, causeOf(one, found)]));
	const rootOf = (one: Found): Found => {
		const cause = causes.get(one.id);
		return cause ? rootOf(cause) : one;
	};
	const shown = found.filter(one => causes.get(one.id) !== undefined || !lingers(facts, one, found));
	const findings = shown.map((one): Finding => {
		const { takes: _takes, needs: _needs, lagMs: _lagMs, ...finding } = one;
		const root = rootOf(one);
		return {
			...finding,
			fixes: orderedFixes(facts, finding.fixes),
			explainedBy: root === one ? null : root.id,
		};
	});
	const roots = findings.filter(({ explainedBy }) => explainedBy === null).toSorted(byWeight(found, causes));
	return roots.flatMap(root => [
		root,
		...findings
			.filter(one => one.explainedBy === root.id)
			.toSorted((a, b) => rankIn(found, a) - rankIn(found, b) || byId(a, b)),
	]);
}

/**
 * Whether it is the rest of a consequence: its cause has ended, and what it comes from was not looked at again since.
 * It is left out for so long, and then stands for itself.
 */
function lingers({ state, now }: DiagnosisFacts, { id, lagMs = 0 }: Found, all: readonly Found[]): boolean {
	const cause = state.findings.find(one => one.id === id)?.explainedBy;
	if (cause != null && !all.some(one => one.id === cause)) return lagMs > 0;
	const endedAt = state.causesEnded[id];
	return endedAt !== undefined && now - endedAt < lagMs && now >= endedAt;
}

type Found = Draft & { readonly id: string; readonly rule: string };

/** The lowest of the findings that take away what this one needs. */
function causeOf(one: Found, all: readonly Found[]): Found | undefined {
	const { needs = [] } = one;
	const own = rank(one);
	return all
		.filter(other => rank(other) < own && other.takes?.some(thing => needs.includes(thing)) && isInTime(other, one))
		.toSorted((a, b) => rank(a) - rank(b) || byId(a, b))[0];
}

/** What began long before its supposed cause has another one. */
function isInTime(cause: Found, consequence: Found): boolean {
	if (cause.since === null || consequence.since === null) return true;
	return consequence.since >= cause.since - thresholds.causeLagMs;
}

/** How deep a finding lies: the lowest thing that it takes away; what takes nothing away lies on top. */
function rank({ takes = [] }: Found): number {
	return Math.min(things.length, ...takes.map(thing => kindRank(thing)));
}

function kindRank(thing: Thing): number {
	const index = things.findIndex(kind => thing === kind || thing.startsWith(`${kind} `));
	return index === -1 ? things.length : index;
}

function rankIn(found: readonly Found[], finding: Finding): number {
	const one = found.find(({ id }) => id === finding.id);
	return one ? rank(one) : things.length;
}

/** Worst first, then what most follows from, then what lies lowest, then the oldest. */
function byWeight(found: readonly Found[], causes: ReadonlyMap<string, Found | undefined>) {
	const followers = (finding: Finding) => [...causes.values()].filter(cause => cause?.id === finding.id).length;
	return (a: Finding, b: Finding): number =>
		severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
		followers(b) - followers(a) ||
		rankIn(found, a) - rankIn(found, b) ||
		(a.since ?? 0) - (b.since ?? 0) ||
		byId(a, b);
}

/** By code units: the same in every language, and whatever came first in the facts. */
function byId(a: { readonly id: string }, b: { readonly id: string }): number {
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
