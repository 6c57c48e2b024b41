import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { LogDecoder } from '../../../source/clients/engine/log-frames.ts';
import { LineMask } from '../../../source/model/logs/line-mask.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = {
	'PKCS #8': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
	'with headers, encrypted': privateKey
		.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
		.toString(),
	elliptic: generateKeyPairSync('ec', { namedCurve: 'P-256' })
		.privateKey.export({ type: 'sec1', format: 'pem' })
		.toString(),
};
const masked = (lines: readonly string[]) => {
	const mask = new LineMask();
	return lines.map(line => mask.mask(line));
};

describe.each(Object.entries(keys))('a private key over many lines: %s', (_, pem) => {
	const lines = pem.trimEnd().split('\n');
	const parts = lines.filter(line => /^[A-Za-z0-9+/=]+$/.test(line));

	test.each(['', '[2026-11-24T10:32:18.077+0000] {logging_mixin.py:188} INFO - '])('behind %j', prefix => {
		const shown = masked(['before', ...lines.map(line => prefix + line), 'behind it', `${'a'.repeat(40)}`]);
		for (const part of parts) expect(shown.join('\n')).not.toContain(part);
		expect([shown[0], ...shown.slice(-2)]).toEqual(['before', 'behind it', 'a'.repeat(40)]);
		expect(shown).toHaveLength(lines.length + 3);
	});

	test('in a log, whatever pieces it comes in', () => {
		const decoder = new LogDecoder(true, undefined, false);
		const bytes = Buffer.from(`before\n${pem}behind\n`);
		const texts: string[] = [];
		for (let at = 0; at < bytes.length; at += 7)
			texts.push(...decoder.push(bytes.subarray(at, at + 7)).map(({ text }) => text));
		for (const part of parts) expect(texts.join('\n')).not.toContain(part);
		expect([texts[0], texts.at(-1)]).toEqual(['before', 'behind']);
	});

	test('cut off: what follows is shown', () => {
		const shown = masked([...lines.slice(0, -1), 'Traceback (most recent call last):', 'a'.repeat(64)]);
		expect(shown.slice(-2)).toEqual(['Traceback (most recent call last):', 'a'.repeat(64)]);
	});
});

test('a key on one line, and a certificate, begin nothing', () => {
	const one = `key: -----BEGIN PRIVATE KEY-----${'a'.repeat(64)}-----END PRIVATE KEY----- ok`;
	expect(masked([one, 'b'.repeat(64)])).toEqual(['key: ••• ok', 'b'.repeat(64)]);
	const certificate = ['-----BEGIN CERTIFICATE-----', 'c'.repeat(64), '-----END CERTIFICATE-----'];
	expect(masked(certificate)).toEqual(certificate);
});
