import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { standIn } from '../../../patches/dockerode/not-shipped.ts';

/** The result of `require` of the module. */
function load(text: string) {
	const module: { exports: unknown } = { exports: {} };
	runInContext(text, createContext({ module, Error, Proxy }));
	return module.exports;
}

const call = (code: string) => () => runInContext(code, createContext({ ssh2: load(standIn('ssh2', 'no need')) }));

test('a package that is not shipped loads, and its parts can be taken', () => {
	expect(call('const { Client } = ssh2; typeof Client')()).toBe('function');
});

test('it says so when it is used', () => {
	const message = 'ssh2 is not part of laketop: no need';
	expect(call('new ssh2.Client()')).toThrow(message);
	expect(call('ssh2.connect()')).toThrow(message);
	expect(call('ssh2()')).toThrow(message);
});
