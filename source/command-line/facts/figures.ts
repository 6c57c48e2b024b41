/** Times and figures as the documents of `--json` hold them. Text output is made from the same documents. */

/** RFC 3339, UTC. */
export function rfc3339(ms: number): string {
	return new Date(ms).toISOString();
}

/** The same; null for a moment that is not known. */
export function optionalTime(ms: number | null | undefined): string | null {
	return ms === null || ms === undefined ? null : rfc3339(ms);
}

/** Without fractions. */
export function whole(value: number | null): number | null {
	return value === null ? null : Math.round(value);
}
