import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knownTaskStates, taskStateLook } from '../../source/model/airflow/task-state.ts';
import { confirmDialog } from '../../source/ui/dialogs/confirm.ts';
import { helpDialog } from '../../source/ui/dialogs/help.ts';
import { initialLogs } from '../../source/ui/panes/logs/logs-state.ts';
import { quoted } from '../../source/words/message.ts';
import { inUtc } from '../in-utc.ts';
import { frameProblems } from '../terminal/frame-problems.ts';
import { dialogs, everything, failedOnly, failing, inLogs, logs, manyLogs, scenes } from './scenes.ts';
import { airflow, at, type Scene, screenOf, task } from './screens.tsx';
import { pageAt, threadPages } from './thread-scenes.ts';

inUtc();

/** The smallest usual size, a usual one, and a large screen. */
const sizes = [
	[80, 24],
	[120, 40],
	[200, 60],
] as const;
const languages = ['en', 'ko'] as const;

const all = Object.entries(scenes).flatMap(([name, scene]) =>
	languages.flatMap(language =>
		sizes.map(([columns, rows]) => [name, { ...scene, columns, rows, language }] as [string, Scene]),
	),
);
const covered = Object.entries(dialogs).flatMap(([name, dialogIn]) =>
	languages.flatMap(language =>
		sizes.map(
			([columns, rows]) =>
				[name, { seen: everything, logs, dialog: dialogIn(language), columns, rows, language }] as [string, Scene],
		),
	),
);

const pages = await Promise.all(
	Object.entries(threadPages).flatMap(([name, scene]) =>
		languages.flatMap(language =>
			sizes.map(async ([columns, rows]): Promise<[string, Scene]> => {
				const dialog = await pageAt(scene, language);
				return [name, { ...scene, dialog, columns, rows, language }];
			}),
		),
	),
);

test.each([...all, ...covered, ...pages].map(([name, scene]) => ({ name, ...scene })))(
	'$name $language $columns×$rows',
	async ({ name, ...scene }) => {
		const { language, columns = 0, rows } = scene;
		const screen = screenOf(scene);
		const file = `${name.replaceAll(' ', '-')}-${language}-${columns}x${rows}.txt`;
		await expect(screen).toMatchFileSnapshot(join(import.meta.dirname, 'golden', file));
		const lines = screen.trimEnd().split('\n');
		expect(lines).toHaveLength(rows ?? 0);
		// Always there: the project, the place in an opened pane or list, and the clock.
		expect(lines[0]).toMatch(/mlops.* 14:03$/);
		if (scene.view?.zoomed || scene.view?.browse) expect(lines[0]).toMatch(/mlops.* ▸ /);
		// A box that lies over the panes interrupts their borders.
		const problems = frameProblems(lines, columns);
		if (!scene.dialog)
			expect(scene.view?.pipelineView === 'graph' ? withoutCut(problems, lines) : problems).toEqual([]);
	},
);

/** A graph that does not fit is cut where its pane ends: under its title, and above the row of the selection. */
function withoutCut(problems: readonly string[], lines: readonly string[]): string[] {
	const cuts = [/^row 3, .* what is above it$/, new RegExp(`^row ${lines.length - 3}, .* what is below it$`)];
	return problems.filter(problem => !cuts.some(cut => cut.test(problem)));
}

const small = { columns: 80, rows: 24 } as const;

test.each(languages)('at 80×24 the overview shows what runs, and the count of findings (%s)', language => {
	const calm = screenOf({
		...scenes.overview,
		seen: [...everything, ...(scenes.pipeline?.seen ?? [])],
		...small,
		language,
	});
	expect(calm).toMatch(/● silver_to_gold (running|실행 중) 0:39 █+░+/);
	expect(screenOf({ seen: failing, ...small, language })).toMatch(
		/^ .*(1 finding \(critical\)|문제 1건 \(심각\)) {2}14:03\n/,
	);
	expect(screenOf({ seen: [], ...scenes['no findings'], ...small, language })).toMatch(
		/^ .*✔ (no findings|문제 없음) {2}14:03\n/,
	);
});

/** Other symbols, sizes and states, each once. */
const variants: Readonly<Record<string, Scene>> = {
	'overview 100x30': { seen: everything, logs },
	'narrow symbols': { seen: everything, logs, glyphs: 'narrow' },
	'ascii symbols': { seen: everything, logs, glyphs: 'ascii' },
	'one pane at a time': { seen: everything, logs, columns: 50, rows: 12 },
	'logs cut, tracebacks folded, JSON in full': {
		seen: everything,
		logs: manyLogs,
		view: {
			...inLogs,
			logs: {
				...initialLogs,
				wraps: false,
				folds: { changed: new Set([0]), records: true },
				opened: new Set([11]),
				bookmarks: new Set([3]),
				times: 'off',
			},
		},
	},
	'logs of several containers': {
		seen: everything,
		logs: manyLogs,
		view: { ...inLogs, logs: { ...initialLogs, selection: { kind: 'several', names: ['airflow-worker', 'mlflow'] } } },
	},
	'a task tried again, another failed': {
		seen: airflow(['success', 'failed', 'upstream_failed', 'upstream_failed'], [{ tryNumber: 2 }, { tryNumber: 2 }]),
		columns: 130,
	},
	'read-only help': { seen: everything, dialog: helpDialog, rows: 40, readOnly: true },
	'question about much': {
		seen: everything,
		columns: 80,
		rows: 24,
		dialog: {
			...confirmDialog({
				actionId: 'clear',
				title: quoted('clear 7 runs'),
				effects: Array.from({ length: 28 }, (_, index) =>
					quoted(`raw_to_bronze of 실행 ${index + 1}: success, cleared.`),
				),
				command: Array.from({ length: 7 }, (_, index) => `curl -X POST http://localhost:8082/${index}`).join('\n'),
				targets: [],
				perform: async () => ({ outcome: 'done', message: quoted('') }),
			}),
			scroll: 3,
		},
	},
	'findings filtered': {
		seen: failing,
		columns: 80,
		rows: 24,
		view: { focus: 'findings', findings: { filter: 'redis', sort: '-age' } },
	},
	'findings without a match in Korean': {
		seen: failing,
		columns: 80,
		rows: 24,
		language: 'ko',
		view: { focus: 'findings', findings: { filter: '없음', sort: null } },
	},
	'findings in Korean 80x24': { seen: failedOnly, columns: 80, rows: 24, language: 'ko', view: { focus: 'findings' } },
	'an action that failed': {
		seen: [
			...everything,
			{ type: 'action started', at, id: 'a', actionId: 'restart', title: quoted('restart mlflow') },
			{ type: 'action finished', at, id: 'a', outcome: 'failed', message: quoted('No such container: mlflow') },
		],
	},
	'DAG runs of one state in Korean': {
		seen: everything,
		...small,
		language: 'ko',
		view: { browse: { kind: 'runs', filter: '', sort: null, state: 'failed', selected: null, back: null } },
	},
	'a read-only service in Korean': { seen: [], ...scenes['a service'], ...small, language: 'ko', readOnly: true },
};

test.each(Object.entries(variants))('%s', async (name, scene) => {
	const screen = screenOf(scene);
	await expect(screen).toMatchFileSnapshot(
		join(import.meta.dirname, 'golden', `${name.replaceAll(/[ ,]+/g, '-')}.txt`),
	);
	if (!scene.dialog) expect(frameProblems(screen.trimEnd().split('\n'), scene.columns ?? 100)).toEqual([]);
});

/** Names and units that are the same in every language. */
const sameInKorean = new Set(
	'laketop host Airflow MLflow Docker Compose docker compose dags yml DAG CPU CONF OOM Esc Tab Enter Right MiB GiB NaN'.split(
		' ',
	),
);
const stateWords = new Set(
	[...knownTaskStates.map(state => taskStateLook(state).word[0]), 'healthy', 'unhealthy', 'exited', 'finished'].filter(
		// Also a type of run, which is Airflow's own name.
		word => word !== 'scheduled',
	),
);

// The columns of 120 are among those of 200.
const inKorean = all.filter(([, { language, columns }]) => language === 'ko' && columns !== 120);

test.each(inKorean)('%s: all words of ours are Korean', (_, scene) => {
	const facts = JSON.stringify([everything, scene])
		.replaceAll('\\n', ' ')
		.split(/[^\w]+/);
	const known = (word: string) => sameInKorean.has(word) || facts.some(fact => fact.includes(word));
	// Log lines are quoted unchanged.
	const { logs: _logs, ...withoutLogs } = scene;
	// The words of Docker and Airflow, behind ours; and commands.
	const screen = screenOf({ ...withoutLogs, seen: scene.seen }).replaceAll(
		/\((?:unhealthy|deferred)\)|\$ laketop \w+/g,
		'',
	);
	const words = screen.match(/[A-Za-z_]{3,}/g) ?? [];
	expect(words.filter(word => !known(word) || stateWords.has(word))).toEqual([]);
});

test.each(knownTaskStates)('task state %s is drawn by symbol and word', state => {
	const screen = screenOf({ seen: airflow([state]), columns: 140 });
	const [firstWord = ''] = taskStateLook(state).word[0].split(' ');
	expect(screen).toContain(firstWord);
});

test('every known task state has a symbol of its own', () => {
	const symbols = knownTaskStates.map(state => taskStateLook(state).symbol);
	// shutdown is from older versions, and stops like a container.
	expect(new Set(symbols).size).toBe(symbols.length);
});

test('a state of a newer Airflow is drawn by its name', () => {
	expect(screenOf({ seen: airflow(['brand_new_state']), columns: 140 })).toContain('brand_new_state');
});

test.each([
	['boxes', false],
	['a flow', false],
	['a table', true],
] as const)('a mapped task in %s: its instances by state, and its time from the first start on', (form, zoomed) => {
	const minutes = (count: number) => at - count * 60_000;
	const done = (startedAt: number, endedAt: number) => ({
		startedAt,
		endedAt,
		durationSeconds: (endedAt - startedAt) / 1000,
	});
	const mapped = [
		task('raw_to_bronze', 'success', { mapIndex: 0, ...done(minutes(12), minutes(11)) }),
		task('raw_to_bronze', 'failed', { mapIndex: 1, ...done(minutes(3), minutes(3) + 8000) }),
		task('raw_to_bronze', null, { mapIndex: 2 }),
		task('raw_to_bronze', null, { mapIndex: 3 }),
	];
	const screen = screenOf({
		seen: [
			...airflow(['success']),
			{
				type: 'task instances fetched',
				at,
				dagId: 'ml_pipeline_end_to_end',
				dagRunId: 'manual__1',
				taskInstances: mapped,
			},
		],
		view: { focus: 'pipeline', zoomed },
		columns: form === 'a flow' ? 90 : 140,
	});
	expect(screen).toContain('1✖ 1✔ 2○');
	expect(screen).toContain('9:08');
});
