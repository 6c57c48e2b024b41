import type { Finding } from '../model/finding.ts';

/** The findings that stand for themselves, the worst first. */
export function rootFindings(findings: readonly Finding[]): Finding[] {
	return findings.filter(({ explainedBy }) => explainedBy === null);
}

/** The findings that follow from this one. */
export function followersOf(findings: readonly Finding[], { id }: Finding): Finding[] {
	return findings.filter(({ explainedBy }) => explainedBy === id);
}
