/**
 * An address that is safe to show: without user and password. The user of an ssh address stays: it is not a secret, and
 * the address is incomplete without it; a password beside it is removed.
 */
export function shownAddress(address: string): string {
	const sign = address.indexOf('://');
	const start = sign === -1 ? 0 : sign + 3;
	const path = address.slice(start).search(/[/?#]/);
	// An invalid address may have a password with any character in it.
	const end = path === -1 || !URL.canParse(address) ? address.length : start + path;
	const at = address.lastIndexOf('@', end - 1);
	if (at < start) return address;
	const scheme = address.slice(0, start);
	const [user = ''] = address.slice(start, at).split(':', 1);
	const kept = scheme === 'ssh://' && /^[\w.-]+$/.test(user) ? `${user}@` : '';
	return `${scheme}${kept}${address.slice(at + 1)}`;
}
