import type { Finding } from '../model/finding.ts';
import { memoised } from './memo.ts';

/** The findings that no other finding explains, the worst first. */
export const rootFindings = memoised((findings: readonly Finding[]): readonly Finding[] =>
	findings.filter(({ explainedBy }) => explainedBy === null),
);

/** The findings that this one explains. */
export function followersOf(findings: readonly Finding[], { id }: Finding): Finding[] {
	return findings.filter(({ explainedBy }) => explainedBy === id);
}

/** The finding with that id, else the first. */
export function selectedFinding(findings: readonly Finding[], id: string | null): Finding | undefined {
	const roots = rootFindings(findings);
	return roots.find(finding => finding.id === id) ?? roots[0];
}
