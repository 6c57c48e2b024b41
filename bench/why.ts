/** Of targets that were not met: what the profile says, and what it would take. By the target's id, see targets.ts. */
export const why: Readonly<Record<string, string>> = {};
