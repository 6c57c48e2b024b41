import { createHash, createHmac } from 'node:crypto';

const SECRET = 'the demo signs with this';

/** itsdangerous 2's signature: key derivation `django-concat`, HMAC-SHA1, URL-safe base64 without padding. */
function signature(text: string, salt: string): string {
	const key = createHash('sha1').update(`${salt}signer${SECRET}`).digest();
	return createHmac('sha1', key).update(text).digest('base64url');
}

/** itsdangerous.URLSafeSerializer: the JSON in base64, a point, the signature. */
export function dumps(value: unknown, salt = 'itsdangerous'): string {
	const text = Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${text}.${signature(text, salt)}`;
}

/** The JSON text; `undefined` if the signature is not from this server. */
export function loads(token: string, salt = 'itsdangerous'): string | undefined {
	const split = token.lastIndexOf('.');
	const text = token.slice(0, split);
	if (split === -1 || signature(text, salt) !== token.slice(split + 1)) return undefined;
	return Buffer.from(text, 'base64url').toString();
}

/** As in a CSRF token: with the time. */
export function dumpsTimed(value: unknown, time: number, salt: string): string {
	const seconds = Buffer.alloc(4);
	seconds.writeUInt32BE(Math.floor(time / 1000));
	const text = `${Buffer.from(JSON.stringify(value)).toString('base64url')}.${seconds.toString('base64url')}`;
	return `${text}.${signature(text, salt)}`;
}

export const sign = (text: string, salt: string): string => `${text}.${signature(text, salt)}`;
