/** The lower of two API versions such as 1.41 and 1.9. */
export function olderApi(a: string, b: string): string {
	const [majorA = 0, minorA = 0] = a.split('.').map(Number);
	const [majorB = 0, minorB = 0] = b.split('.').map(Number);
	return majorA < majorB || (majorA === majorB && minorA <= minorB) ? a : b;
}
