import { shownAddress } from '../model/stack/address.ts';
import { cleanText } from '../model/text/clean-text.ts';
import { type Message, phrase } from '../words/message.ts';

/** Shown characters of an address; nobody reads a longer one. */
const shownLimit = 200;

/** Whether a response redirects the client. 304 does not: it means that nothing has changed. */
export function isRedirect(status: number): boolean {
	return status >= 300 && status < 400 && status !== 304;
}

/** `redirects to https://sso.example/login (302); redirects are not followed` */
export function redirectWords(status: number, location: unknown, from: string): Message {
	const target = targetOf(location, from);
	if (target === null)
		return phrase(
			[
				'redirects elsewhere ({status}); redirects are not followed',
				'다른 주소로 리디렉션합니다({status}). 리디렉션은 따라가지 않습니다',
			],
			{ status },
		);
	return phrase(
		[
			'redirects to {target} ({status}); redirects are not followed',
			'{target}으로(로) 리디렉션합니다({status}). 리디렉션은 따라가지 않습니다',
		],
		{ target, status },
	);
}

/**
 * The address that was probably meant: the same host by another scheme, port or folder, if the redirect keeps the path
 * of the request. null for any other host: a server must not make users send it a password.
 */
export function movedTo(location: unknown, from: string, path: string): string | null {
	const url = typeof location === 'string' ? URL.parse(location, from) : null;
	if (url === null || !/^https?:$/.test(url.protocol) || url.hostname !== URL.parse(from)?.hostname) return null;
	const [asked = ''] = path.split('?', 1);
	if (!url.pathname.endsWith(asked)) return null;
	const moved = `${url.origin}${url.pathname.slice(0, url.pathname.length - asked.length)}`;
	return moved === from ? null : cleanText(moved);
}

/** Without user, password, query and fragment, which may hold tokens. */
function targetOf(location: unknown, from: string): string | null {
	if (typeof location !== 'string' || location === '') return null;
	const url = URL.parse(location, URL.parse(from)?.protocol.startsWith('http') ? from : undefined);
	const [text = ''] = (url?.href ?? location).split(/[?#]/, 1);
	const shown = cleanText(shownAddress(text));
	return shown.length > shownLimit ? `${shown.slice(0, shownLimit)}…` : shown;
}
