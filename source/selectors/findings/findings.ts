import type { Finding } from '../../model/finding.ts';
import { memoised } from '../memo.ts';

/** The findings that no other finding explains, the worst first. */
export const rootFindings = memoised((findings: readonly Finding[]): readonly Finding[] =>
	findings.filter(({ explainedBy }) => explainedBy === null),
);

/** The findings that this one explains. */
export function followersOf(findings: readonly Finding[], { id }: Finding): Finding[] {
	return findings.filter(({ explainedBy }) => explainedBy === id);
}
