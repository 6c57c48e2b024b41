import { describe, expect, test } from 'vitest';
import type { ActionState } from '../../source/model/action-state.ts';
import type { Fact } from '../../source/model/observation.ts';
import { initialState, type StackState } from '../../source/model/state.ts';
import { glyphSets } from '../../source/presentation/glyphs.ts';
import { textWidth } from '../../source/presentation/text.ts';
import { message } from '../../source/ui/bars.ts';
import { type HeaderInput, headerLine } from '../../source/ui/header.ts';
import { good, type Hint } from '../../source/ui/hint.ts';
import { quoted } from '../../source/words/message.ts';
import { writer } from '../../source/words/write.ts';
import { container, failed, findings, now, services, stateOf } from '../diagnosis/stack.ts';

const id = 'scheduled__2026-11-18T02:00:00+00:00';
const done: ActionState = {
	id: 'x',
	actionId: 'clear',
	title: quoted(`clear the failed tasks of ${id}`),
	targets: [`DAG run ml_pipeline/${id}`],
	startedAt: 0,
	finishedAt: 1000,
	outcome: 'done',
	message: quoted(`3 tasks cleared; ${id} is queued`),
	progress: [],
};
const wide = { glyphs: glyphSets.unicode, width: 1000, language: 'en', say: writer('en') } as const;
const said = (width: number, action = done) =>
	message([action], '', 0, { ...wide, now: 2000, width })
		?.map(({ text }) => text)
		.join('');

test('the outcome of an action is shown in full if it fits, otherwise only its result', () => {
	expect(said(200)).toBe(`✔ clear the failed tasks of ${id}: 3 tasks cleared; ${id} is queued`);
	expect(said(120)).toBe(
		'✔ clear the failed tasks of scheduled__11-18T02:00: 3 tasks cleared; scheduled__11-18T02:00 is queued',
	);
	expect(said(80)).toBe('✔ clear: 3 tasks cleared; scheduled__11-18T02:00 is queued');
	expect(said(80, { ...done, outcome: 'failed' })).toBe(
		'✖ clear failed: 3 tasks cleared; scheduled__11-18T02:00 is queued',
	);
	const own = { ...done, message: quoted('manual__2026-11-26T18:03:40.123+00:00_abc is running') };
	expect(said(60, own)).toBe('✔ clear: manual__11-26T18:03 is running');
});

test('a hint bears its tone, whatever its words', () => {
	const spans = (hint: Hint) => message([], hint, 0, { ...wide, now: 0 })?.[0];
	expect(spans('Copied? No')).toMatchObject({ text: `${glyphSets.unicode.state.warning} Copied? No`, tone: 'active' });
	expect(spans(good('Saved'))).toMatchObject({ text: '✔ Saved', tone: 'good' });
	expect(spans('')).toBeUndefined();
});

describe('the header of a narrow screen', () => {
	const glyphs = glyphSets.unicode;
	const ended: Fact = {
		type: 'containers listed',
		containers: services.map(name => container(name, name === 'mlflow' ? { state: 'exited' } : {})),
	};
	const failing: StackState = { ...stateOf(ended), findings: findings(ended) };
	const header = (width: number, more: Partial<HeaderInput> = {}) =>
		headerLine({
			state: failing,
			now,
			glyphs,
			width,
			project: 'mlops',
			host: 'db-host',
			profile: null,
			crumbs: [],
			frozen: false,
			unfreezeKey: null,
			stackKey: null,
			demo: false,
			readOnly: false,
			language: 'en',
			say: writer('en'),
			...more,
		})
			.map(({ text }) => text)
			.join('');

	test.each([200, 120, 100, 80, 72, 60, 50, 40])('names the project, with findings, in %d columns', width => {
		expect(header(width)).toContain('mlops');
		expect(header(width)).toContain('finding');
		expect(textWidth(header(width))).toBe(width);
	});

	test('versions and healthy servers go before a long name, which is shortened last', () => {
		const project = 'team-lakehouse-production';
		expect(header(100, { project })).toMatch(
			/^ team-lakehouse-production +docker ✔ {2}airflow ✔ {2}mlflow ✔ {2}✖ 1 finding \(critical\) {2}14:03 $|^ laketop · team-lakehouse-production/,
		);
		expect(header(56, { project })).toMatch(/^ team-lakehouse-production +✖ 1 finding/);
		expect(header(40, { project })).toMatch(/^ team-lakeh\S*… ✖ 1 finding/);
	});

	test.each(['en', 'ko'] as const)('at 80 columns place, clock and findings are always there (%s)', language => {
		const long = 'scheduled__2026-11-18T02:00:00+00:00';
		for (const project of ['mlops', 'team-lakehouse-production']) {
			for (const more of [{}, { demo: true }, { readOnly: true }, { profile: 'production' }, { frozen: true }]) {
				for (const crumbs of [[], ['DAG'], ['ml_pipeline_end_to_end', long]]) {
					const line = header(80, { project, crumbs, language, say: writer(language), ...more });
					expect(textWidth(line)).toBe(80);
					expect(line).toContain(project.slice(0, 5));
					expect(line).toMatch(/\d\d:\d\d/);
					expect(line).toMatch(/1 finding|문제 1건/);
					const [here] = crumbs.slice(-1);
					if (here) expect(line).toContain(`▸ ${here === long ? 'scheduled_' : here}`);
				}
			}
		}
	});

	test.each(['en', 'ko'] as const)('with all servers unreachable, project, place and clock stay (%s)', language => {
		const lost = (['containers', 'pipeline', 'experiment'] as const).map(feed => failed(feed, 'unreachable', 'gone'));
		const state: StackState = stateOf(...lost);
		for (const width of [80, 100, 120]) {
			const line = header(width, { state, language, say: writer(language), crumbs: ['MLflow'] });
			expect(textWidth(line)).toBe(width);
			expect(line).toMatch(/mlops.* ▸ MLflow .*docker ✖.* mlflow ✖.* \d\d:\d\d $/);
		}
	});

	test('a place stays where servers have not answered yet', () => {
		expect(header(80, { state: initialState, host: 'db-host-of-the-team', crumbs: ['MLflow'] })).toMatch(
			/mlops.* ▸ MLflow .*docker …/,
		);
	});

	test('no findings are said once the first checks are done, and doubted where one was not possible', () => {
		const done = { findings: [], diagnosedAt: now, checkedAt: { ...initialState.checkedAt, light: now } };
		const ok: StackState = { ...stateOf(), ...done };
		expect(header(120, { state: { ...ok, diagnosedAt: null } })).not.toContain('findings');
		expect(header(120, { state: { ...ok, checkedAt: initialState.checkedAt } })).not.toContain('findings');
		expect(header(120, { state: ok })).toMatch(/✔ no findings {2}\d\d:\d\d $/);
		const lost: StackState = { ...stateOf(failed('pipeline', 'timeout', 'gone')), ...done };
		expect(header(120, { state: lost })).toMatch(/\? no findings {2}\d\d:\d\d $/);
	});

	test('that it is a demo, and that it stands still, stays', () => {
		expect(header(80, { demo: true })).toMatch(/^ {2}DEMO {2}(laketop · )?mlops .*✖ 1 finding/);
		expect(header(80, { frozen: true })).toMatch(/^ (laketop · )?mlops .*frozen/);
	});

	test('a project of another folder is labelled', () => {
		const { stack } = failing;
		const state: StackState = { ...failing, stack: stack && { ...stack, folderProject: 'lab' } };
		expect(header(120, { state })).toContain('mlops (other folder)');
		expect(header(80, { state })).toContain('mlops (other folder)');
	});

	test.each([
		['en', /mlflow ✔ {2}ssh ✖ disconnected 21s {2}docker 27\.1\.0 ✖ {2}airflow 2\.8\.0 ✖ /],
		['ko', /mlflow ✔ {2}ssh ✖ 연결 끊김 21초 {2}docker 27\.1\.0 ✖ {2}airflow 2\.8\.0 ✖ /],
	] as const)('what runs through ssh is named, and its loss is the reason (%s)', (language, lost) => {
		const { stack } = failing;
		const through = stack && {
			...stack,
			servers: {
				...stack.servers,
				airflow: { ...stack.servers.airflow, throughSsh: { host: '127.0.0.1', port: 8082 } },
			},
		};
		const connected: StackState = {
			...failing,
			stack: through,
			ssh: { status: 'connected', since: now, problem: null },
		};
		const say = writer(language);
		expect(header(160, { state: connected, language, say })).toMatch(
			/@ db-host .* mlflow ✔ {2}ssh: docker 27\.1\.0 ✔ {2}airflow 2\.8\.0 ✔/,
		);
		const since = now - 21_000;
		const failure = { kind: 'unreachable', message: quoted('ssh: gone'), fix: null } as const;
		const failed = { status: 'failed', since, failure, retryAt: now } as const;
		const { feeds } = connected;
		const state: StackState = {
			...connected,
			ssh: { status: 'lost', since, problem: quoted('ssh: gone') },
			feeds: { ...feeds, containers: failed, pipeline: failed, dags: failed },
		};
		expect(header(160, { state, language, say })).toMatch(lost);
		expect(header(80, { state, language, say })).toMatch(/ssh ✖/);
	});
});
