/**
 * `since` and `until` are seconds with up to nine decimals, or rarely RFC 3339 (moby api/types/time/timestamp.go).
 * `undefined` for nothing, zero or invalid text.
 */
export function readTimestamp(text: string | null): bigint | undefined {
	if (text === null || text === '' || text === '0') return undefined;
	const plain = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text);
	if (plain !== null) return BigInt(plain[1] ?? 0) * 1_000_000_000n + BigInt((plain[2] ?? '').padEnd(9, '0'));
	const ms = Date.parse(text);
	if (Number.isNaN(ms)) return undefined;
	const fraction = /\.(\d{1,9})/.exec(text)?.[1] ?? '';
	return BigInt(Math.floor(ms / 1000)) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}
