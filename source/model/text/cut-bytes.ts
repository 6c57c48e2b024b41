/** The longest beginning of a text that fits into a number of bytes in UTF-8, without half a character at its end. */
export function cutBytes(text: string, bytes: number): string {
	const buffer = new Uint8Array(bytes);
	const { read } = new TextEncoder().encodeInto(text, buffer);
	return read === text.length ? text : text.slice(0, read);
}
