import { Buffer } from 'node:buffer';
import type { Cells } from './scale.ts';

/** How a terminal is sent a whole image file. */
export type ImageProtocol = 'kitty' | 'iterm2';

/** The largest piece of base64 in one escape code (Kitty graphics protocol, "Remote client"). */
const chunkLength = 4096;

const esc = '\u001B';

/**
 * The escape codes of the Kitty graphics protocol that store a PNG under a number, in pieces that may be sent one after
 * another. The terminal sends no reply (`q=2`).
 */
export function kittyTransmit(id: number, png: Uint8Array): Generator<string> {
	return kittyCodes(`a=t,i=${id}`, png);
}

/** The escape codes that show a PNG at the cursor and move the cursor behind it, as output of a command. */
export function kittyShow(png: Uint8Array, { columns, rows }: Cells): string {
	return [...kittyCodes(`a=T,c=${columns},r=${rows}`, png)].join('');
}

function* kittyCodes(what: string, png: Uint8Array): Generator<string> {
	const data = base64(png);
	for (let start = 0; start < data.length; start += chunkLength) {
		const more = start + chunkLength < data.length ? 1 : 0;
		const keys = start === 0 ? `${what},f=100,t=d,q=2,m=${more}` : `q=2,m=${more}`;
		yield `${esc}_G${keys};${data.slice(start, start + chunkLength)}${esc}\\`;
	}
}

/** Ends a transmission before its end: the terminal drops what it has of the image. */
export const kittyGiveUp = `${esc}_Gq=2,m=0;${esc}\\`;

/** Shows a stored image at the cursor, which stays (`C=1`). The same again moves it: there is one placement. */
export function kittyPlace(id: number, { columns, rows }: Cells): string {
	return `${esc}_Ga=p,i=${id},p=1,c=${columns},r=${rows},C=1,q=2${esc}\\`;
}

/** Removes the image from the screen and from the terminal's memory. */
export function kittyDelete(id: number): string {
	return `${esc}_Ga=d,d=I,i=${id},q=2${esc}\\`;
}

/**
 * An inline image at the cursor, which moves behind it (https://iterm2.com/documentation-images.html). WezTerm, mintty and
 * others know it too.
 */
export function iterm2Image(file: Uint8Array, { columns, rows }: Cells): string {
	const keys = `inline=1;size=${file.length};width=${columns};height=${rows};preserveAspectRatio=1`;
	return `${esc}]1337;File=${keys}:${base64(file)}\u0007`;
}

/** Writes at a cell, counted from 0, and puts the cursor back (DECSC, CUP, DECRC). */
export function at(x: number, y: number, sequence: string): string {
	return `${esc}7${esc}[${y + 1};${x + 1}H${sequence}${esc}8`;
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
	Buffer.from(buffer, byteOffset, byteLength).toString('base64');
