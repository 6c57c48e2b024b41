import { privateKey, privateKeyEnd } from '../secrets/secret-patterns.ts';
import { mask, maskText } from '../secrets/secrets.ts';

/** Characters of a full line of a key: PEM has 64 (RFC 7468, section 2), others 48 to 76. */
const fullLine = 32;
/** Headers of a key, and the blank line after them: `Proc-Type`, `DEK-Info`, `Version`, `Comment` (RFC 1421, 4880). */
const headerLines = 8;
const base64 = /^[A-Za-z0-9+/=]+$/;

/**
 * Masks the lines of one stream, in order. A private key takes many lines, and only the first of them announces it: the
 * following ones are masked up to its end, after any prefix of a logger.
 */
export class LineMask {
	#key: { lines: number; headers: number; isAtEnd: boolean } | null = null;

	/** The line, safe to show. */
	mask(line: string): string {
		if (this.#key !== null) return this.#maskInKey(line, this.#key);
		if (line.includes('PRIVATE KEY') && beginsKey(line)) this.#key = { lines: 0, headers: 0, isAtEnd: false };
		return maskText(line);
	}

	#maskInKey(line: string, key: { lines: number; headers: number; isAtEnd: boolean }): string {
		if (!line.includes(privateKeyEnd)) {
			const text = line.trimEnd();
			const word = text.slice(text.lastIndexOf(' ') + 1);
			const isPart = base64.test(word) && !key.isAtEnd && (word.length >= fullLine || key.lines > 0);
			if (isPart) {
				key.lines++;
				// Only the last line is shorter.
				key.isAtEnd = word.length < fullLine;
				return maskText(text.slice(0, -word.length)) + mask;
			}
			if (key.lines === 0 && key.headers++ < headerLines) return maskText(line);
		}
		// Its end, or after a key that was cut off, the first line of something else.
		this.#key = null;
		return maskText(line);
	}
}

function beginsKey(line: string): boolean {
	const begun = privateKey.exec(line);
	return begun !== null && !line.includes(privateKeyEnd, begun.index);
}
