import { expect, test } from 'vitest';
import { shownAddress } from '../../../source/model/stack/address.ts';

test.each([
	['tcp://user:sesame@host:2376', 'tcp://host:2376'],
	['ssh://ops:sesame@host', 'ssh://ops@host'],
	['ssh://ops@host:22', 'ssh://ops@host:22'],
	['http://token@host/path', 'http://host/path'],
	['http://host/@scope', 'http://host/@scope'],
	['unix:///run/user@1000/docker.sock', 'unix:///run/user@1000/docker.sock'],
	['user:sesame@host', 'host'],
	['http://localhost:8082', 'http://localhost:8082'],
])('%s is shown as %s', (address, shown) => {
	expect(shownAddress(address)).toBe(shown);
});
