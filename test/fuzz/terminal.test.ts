import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type DemoStack, startDemo } from '../../source/demo/index.ts';
import { runs, seed } from '../random.ts';
import { frameProblems, type OpenTerminal, offendingSequences, openTerminal } from '../terminal/harness.ts';

/** The built program in a real terminal: whatever is sent to it, it continues, and leaves the terminal clean. */
const program = join(import.meta.dirname, '../../dist/cli.js');

let terminal: OpenTerminal | undefined;
let demo: DemoStack | undefined;
const folder = mkdtempSync(join(tmpdir(), 'laketop-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
	await terminal?.dispose();
	await demo?.close();
	terminal = undefined;
	demo = undefined;
});

type Event =
	| { readonly kind: 'bytes'; readonly text: string }
	| { readonly kind: 'resize'; readonly columns: number; readonly rows: number }
	| { readonly kind: 'signal'; readonly name: NodeJS.Signals };

// Without q and Ctrl-C, which end it, and Ctrl-Z, after which nobody would continue it.
const letters = [...'abcdefghijklmnoprstuvwxzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/!?&+-#<>@|.,[]{}\'"'];
const sequences = [
	...['\u001B[A', '\u001B[B', '\u001B[C', '\u001B[D', '\u001B[5~', '\u001B[6~', '\u001B[H', '\u001B[F', '\u001B[Z'],
	...['\t', '\u001B', ' ', '\u007F', '\u0015', '\u0017', '\u000B', '\u0012', '\u001B[I', '\u001B[O'],
	...['\u001B[12;4R', '\u001B]11;rgb:0/0/0\u0007', '\u001BP1$r\u001B\\', '\u001B[?62c', '\u001B[<0;1;1M', '한', '🔧'],
	`\u001B[200~${'(a+)+$y\r'.repeat(500)}\u001B[201~`,
];

/** `answers`: with the keys that confirm, for a program that may change nothing. */
const eventsWith = (answers: boolean): fc.Arbitrary<Event> =>
	fc.oneof(
		{
			weight: 30,
			arbitrary: fc
				.constantFrom(...letters, ...sequences, ...(answers ? ['y', '\r', 'y\r'] : []))
				.map((text): Event => ({ kind: 'bytes', text })),
		},
		{
			weight: 2,
			arbitrary: fc
				.tuple(fc.integer({ min: 1, max: 220 }), fc.integer({ min: 1, max: 70 }))
				.map(([columns, rows]): Event => ({ kind: 'resize', columns, rows })),
		},
		{
			weight: 1,
			arbitrary: fc
				.constantFrom<NodeJS.Signals>('SIGWINCH', 'SIGCONT')
				.map((name): Event => ({ kind: 'signal', name })),
		},
	);

const changing = /^(POST|PATCH|PUT|DELETE) (?!\/login|.*(\/list|\/search|\/exec\b.*|\/clearTaskInstances)$)/;

test.each([
	['keys that confirm are left out', false],
	['read-only, with keys that confirm', true],
])(
	`random bytes, %s: it goes on, changes nothing and leaves the terminal clean (seed ${seed})`,
	async (_, readOnly) => {
		const stack = await startDemo({ autonomous: false });
		demo = stack;
		const address = [
			'--docker-host',
			stack.dockerHost,
			'--airflow-url',
			stack.airflowUrl,
			'--mlflow-url',
			stack.mlflowUrl,
		];
		terminal = await openTerminal({
			command: process.execPath,
			args: [program, ...address, ...(readOnly ? ['--read-only'] : [])],
			cols: 120,
			rows: 40,
			// Random keys save logs in the program's folder.
			cwd: folder,
			// Nothing is opened: neither a pager nor a browser.
			env: { XDG_CONFIG_HOME: '/nonexistent', PAGER: 'true', BROWSER: 'true' },
		});
		const term = terminal;
		await term.waitFor(/docker [\d.]+ ✔ +airflow 2\.8\.0 ✔/);
		for (const event of fc.sample(eventsWith(readOnly), { numRuns: runs(400) })) {
			if (event.kind === 'bytes') term.write(event.text);
			else if (event.kind === 'resize') term.resize(event.columns, event.rows);
			else term.signal(event.name);
			await pause(3);
		}
		term.resize(120, 40);
		// Closes whatever is open: a question, a field, a list, a zoomed pane.
		for (let times = 0; times < 12; times++) {
			term.press('esc');
			await pause(120);
		}
		await term.waitFor(lines => frameProblems(lines, 120).length === 0 && /quit/.test(lines.at(-1) ?? ''));
		const changes = (['docker', 'airflow', 'mlflow'] as const).flatMap(server =>
			Object.keys(stack.scenario.requestCounts(server)).filter(request => changing.test(request)),
		);
		expect(changes).toEqual([]);
		term.write('q');
		expect((await term.exited).exitCode).toBe(0);
		expect(term.leftovers()).toEqual([]);
		const allowed = { osc: ['52'] };
		expect(offendingSequences(term.raw(), allowed).filter(one => !/\[6n|\]11;\?/.test(one))).toEqual([]);
	},
);
