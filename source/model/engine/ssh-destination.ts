import { shellWords } from '../text/shell-words.ts';

/** For a person who types `ssh`: the host of an `ssh://` address, with user and port where they are given. */
export function sshHost(address: string): string {
	const url = URL.parse(address);
	if (url === null) return 'HOST';
	const user = url.username === '' ? '' : `${decodeURIComponent(url.username)}@`;
	return shellWords(...(url.port === '' ? [] : ['-p', url.port]), `${user}${url.hostname}`);
}
