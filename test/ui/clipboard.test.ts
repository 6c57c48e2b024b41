import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { clipboardBytes, clipboardSequence, copiedWords, copyOf } from '../../source/ui/clipboard.ts';
import { english } from '../given/english.ts';

const encodedIn = (sequence: string) => /^\u001B\]52;c;([A-Za-z0-9+/=]*)\u0007$/.exec(sequence)?.[1] ?? '';

const { say } = english;

test('a text of any length and script is sent as Base64 that can be decoded, within the limit', () => {
	for (const text of ['x'.repeat(74_993), '한글 로그\n'.repeat(20_000), '🔧'.repeat(30_000), 'a'.repeat(200_000)]) {
		const copy = copyOf(text);
		const sequence = clipboardSequence(copy.text, {});
		const encoded = encodedIn(sequence);
		expect(encoded.length % 4).toBe(0);
		expect(sequence.length).toBeLessThanOrEqual(100_000);
		expect(Buffer.from(encoded, 'base64').toString()).toBe(copy.text);
		expect(text.startsWith(copy.text)).toBe(true);
		expect(copy.isWhole).toBe(copy.text === text);
	}
});

test('of many lines whole ones are sent, and the words say how many', () => {
	const text = 'a line of a log that goes on\n'.repeat(5000);
	const copy = copyOf(text);
	expect(copy.text.split('\n').every(line => line === 'a line of a log that goes on')).toBe(true);
	const sent = copy.text.split('\n').length;
	expect(copiedWords('all shown lines', text, copy, say)).toBe(
		`Copied only ${sent} of 5000 lines: the terminal clipboard takes at most 73 KiB`,
	);
	expect(copiedWords('line', 'x', copyOf('x'), say)).toBe('Copied line: x');
	expect(copiedWords('all', 'x\ny\n', copyOf('x\ny\n'), say)).toBe('Copied all (2 lines)');
});

test('GNU screen gets it in pieces that it hands on; tmux inside of it as it is', () => {
	const text = 'y'.repeat(clipboardBytes);
	const sequence = clipboardSequence(text, { STY: '1.pts' });
	const pieces = sequence.split('\u001B\\').slice(0, -1);
	expect(pieces.every(piece => piece.startsWith('\u001BP') && piece.length <= 250)).toBe(true);
	expect(pieces.map(piece => piece.slice(2)).join('')).toBe(clipboardSequence(text, {}));
	expect(clipboardSequence('x', { STY: '1.pts', TMUX: '/tmp/x' })).toBe('\u001B]52;c;eA==\u0007');
});

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

test.skipIf(!hasTmux)('tmux takes the largest copy into its buffer', { timeout: 30_000 }, async () => {
	const socket = `laketop-test-${process.pid}`;
	const tmux = (...words: string[]) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...words]).toString();
	const text = 'ein Wort\n'.repeat(20_000);
	const { text: sent } = copyOf(text);
	const { writeFileSync, mkdtempSync, rmSync } = await import('node:fs');
	const folder = mkdtempSync('/tmp/laketop-test-');
	try {
		writeFileSync(`${folder}/sequence`, clipboardSequence(sent, { TMUX: 'x' }));
		tmux('new-session', '-d', '-x', '80', '-y', '24', 'sleep 60');
		tmux('set', '-s', 'set-clipboard', 'on');
		tmux('new-window', `cat ${folder}/sequence; sleep 60`);
		let held = '';
		for (let times = 0; times < 100 && held !== sent; times++) {
			held = spawnSync('tmux', ['-L', socket, 'show-buffer'], { maxBuffer: 1e7 }).stdout.toString();
			await new Promise(resolve => setTimeout(resolve, 100));
		}
		expect(held.length).toBe(sent.length);
		expect(held === sent).toBe(true);
	} finally {
		spawnSync('tmux', ['-L', socket, 'kill-server']);
		rmSync(folder, { recursive: true });
	}
});
