import fc from 'fast-check';
import { expect, test } from 'vitest';
import { doctorOf } from '../../../source/commands/doctor/doctor.ts';
import { statusOf } from '../../../source/commands/status/status.ts';
import { checkReport } from '../../../source/diagnosis/check-report.ts';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import { factsOf } from '../../../source/diagnosis/facts.ts';
import { messageOf } from '../../../source/diagnosis/messages/message.ts';
import { type Finding, type Severity, severities } from '../../../source/model/finding.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { failureKinds, feedNames } from '../../../source/model/source.ts';
import { addressOrigins } from '../../../source/model/stack/discovery.ts';
import type { StackState } from '../../../source/model/state.ts';
import { glyphSets } from '../../../source/presentation/glyphs.ts';
import type { Line } from '../../../source/presentation/text.ts';
import { verdictOf } from '../../../source/selectors/findings/verdict.ts';
import { headerLine } from '../../../source/ui/header.ts';
import { findingsView } from '../../../source/ui/panes/findings/findings-view.ts';
import { initialView } from '../../../source/ui/view-state.ts';
import { quoted } from '../../../source/words/message.ts';
import { writer } from '../../../source/words/write.ts';
import { demoConfig } from '../../demo-config.ts';
import {
	container,
	detail,
	diagnosisOptions,
	discovered,
	failed,
	now,
	page,
	stateOf,
	type Timed,
} from '../../diagnosis/stack.ts';

const glyphs = glyphSets.unicode;
const text = (lines: readonly Line[]) => lines.map(line => line.map(span => span.text).join('')).join('\n');
const complete: Fact = { type: 'checks complete', deep: false };

/** The verdicts of all users of a state. */
function judgements(state: StackState) {
	const config = demoConfig({ dockerHost: 'unix:///x' });
	const status = statusOf(state, now, { config, clients: { airflow: null, mlflow: null } }, 'en');
	const report = checkReport(factsOf(state, now, diagnosisOptions));
	const doctor = doctorOf(state, now, { project: 'mlops', language: 'en', report });
	const header = text([
		headerLine({
			state,
			now,
			glyphs,
			width: 400,
			project: 'mlops',
			host: 'host',
			profile: null,
			crumbs: [],
			frozen: false,
			unfreezeKey: null,
			stackKey: null,
			demo: false,
			readOnly: false,
			language: 'en',
			say: writer('en'),
		}),
	]);
	const pane = findingsView({
		state,
		now,
		glyphs,
		width: 120,
		height: 40,
		focused: true,
		zoomed: false,
		keyOf: () => null,
		view: initialView('dag'),
		language: 'en',
		say: writer('en'),
	});
	return {
		status,
		doctor,
		inHeader: Number(/(\d+) findings?/.exec(header)?.[1] ?? 0),
		inPane: [...text(pane.title).matchAll(/(\d+) (?:critical|warning|notice)/g)].reduce(
			(sum, [, count]) => sum + Number(count),
			0,
		),
		notCheckedInPane: Number(/(\d+) not checked/.exec(text(pane.title))?.[1] ?? 0),
		saysNothingIsWrong: text(pane.rows).includes('No problems found'),
	};
}

function expectAgreement(state: StackState): void {
	const verdict = verdictOf(state, now);
	const { status, doctor, inHeader, inPane, notCheckedInPane, saysNothingIsWrong } = judgements(state);
	expect([status.state, status.exit_code]).toEqual([doctor.state, doctor.exit_code]);
	expect(status.state).toBe(verdict.state);
	const all = doctor.findings.filter(one => one.explained_by === null && one.acknowledgement === null);
	const open = all.filter(({ severity }) => severity !== 'notice');
	expect(open.map(({ id }) => id)).toEqual(verdict.findings.map(({ id }) => id));
	if (open.length > 0) expect(doctor.summary.failed).toBeGreaterThan(0);
	expect(inHeader).toBe(all.length);
	expect(inPane).toBe(all.length);
	expect(status.problems).toHaveLength(open.length + verdict.notChecked.length);
	expect(status.not_checked).toEqual(doctor.not_checked);
	if (state.diagnosedAt !== null) expect(notCheckedInPane).toBe(verdict.notChecked.length);
	if (status.exit_code === 0) expect([open, status.not_checked, status.problems]).toEqual([[], [], []]);
	if (saysNothingIsWrong) expect(status.exit_code).toBe(0);
}

const finding = fc.record({
	id: fc.constantFrom('a', 'b', 'c', 'd'),
	severity: fc.constantFrom(...severities),
	isFollower: fc.boolean(),
});
const toFinding = ({ id, severity, isFollower }: { id: string; severity: Severity; isFollower: boolean }): Finding => ({
	id,
	rule: 'rule',
	subject: id,
	severity,
	since: now,
	title: messageOf('checks.title'),
	evidence: [],
	cause: messageOf('checks.title'),
	reason: messageOf('checks.title'),
	impact: [],
	fixes: [],
	explainedBy: isFollower && id !== 'a' ? 'a' : null,
});
const feedState = fc.oneof(
	fc.constant({ status: 'waiting' as const }),
	fc.constant({ status: 'live' as const, since: now }),
	fc.constantFrom(...failureKinds).map(kind => ({
		status: 'failed' as const,
		since: now,
		failure: { kind, message: quoted('m'), fix: quoted('r') },
		retryAt: now,
	})),
);

test('property: status, doctor, header and findings pane give one verdict of any state', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(finding, { selector: ({ id }) => id }),
			fc.record(Object.fromEntries(feedNames.map(name => [name, feedState]))),
			fc.array(
				fc.record({ findingId: fc.constantFrom('a', 'b', 'c'), until: fc.constantFrom(null, now - 1, now + 1) }),
			),
			fc.constantFrom(...addressOrigins),
			fc.boolean(),
			(findings, feeds, acknowledged, origin, isComplete) => {
				const state = stateOf(
					discovered({ airflow: 'http://a', mlflow: 'http://m' }, origin),
					{ type: 'findings changed', findings: findings.map(toFinding) },
					{
						type: 'acknowledgements read',
						acknowledgements: acknowledged.map(one => ({ ...one, note: '', by: 'me', acknowledgedAt: now })),
						problem: null,
					},
					...(isComplete ? [complete] : []),
				);
				expectAgreement({ ...state, feeds: { ...state.feeds, ...feeds } });
			},
		),
	);
});

const exited = (name: string): Timed[] => [
	{ type: 'containers listed', containers: [container(name, { state: 'exited', health: 'none' })] },
	{ type: 'container inspected', detail: detail(name, { state: 'exited', exitCode: 137, finishedAt: now - 60_000 }) },
];
const faults: readonly (readonly [string, number, readonly Timed[]])[] = [
	['nothing', 0, []],
	['a container has exited', 1, exited('airflow-redis')],
	['Airflow is unreachable', 3, [failed('dags', 'unreachable', 'away'), failed('pipeline', 'unreachable', 'away')]],
	['Airflow refuses the login', 4, [failed('dags', 'unauthorised', 'no'), failed('pipeline', 'unauthorised', 'no')]],
	['MLflow hangs', 3, [page('mlflow', false), failed('experiment', 'timeout', 'hangs')]],
	['the socket may not be opened', 4, [failed('containers', 'permission', 'denied')]],
	['the engine is dead', 3, [failed('containers', 'unreachable', 'dead')]],
	['the DAG is absent', 1, [{ type: 'dags fetched', dags: [] }, failed('pipeline', 'not-found', 'no DAG')]],
	[
		'an import error',
		1,
		[
			{
				type: 'import errors fetched',
				errors: [{ fileName: '/d/x.py', stackTrace: 'SyntaxError: x', happenedAt: now }],
			},
		],
	],
	[
		'an unknown address',
		3,
		[discovered({ airflow: 'http://a', mlflow: 'http://m' }, 'unknown'), failed('pipeline', 'unreachable', 'x')],
	],
	['a guess', 3, [discovered({ airflow: 'http://a', mlflow: 'http://m' }, 'guess')]],
];

test.each(faults)('%s: exit code %i from all of them', (_fault, exitCode, facts) => {
	const state = stateOf(...facts, complete);
	const judged = { ...state, findings: diagnose(state, now, diagnosisOptions) };
	expectAgreement(judged);
	expect(judgements(judged).status.exit_code).toBe(exitCode);
});

test('checks that were not made in time are not taken for passed', () => {
	const state = stateOf();
	expect(verdictOf(state, now)).toMatchObject({ state: 'unreachable', notChecked: [{ name: 'checks' }] });
	expect(judgements(state).doctor.exit_code).toBe(3);
});

test('an acknowledged finding counts for nobody, until it expires', () => {
	const acknowledge = (until: number | null): Fact => ({
		type: 'acknowledgements read',
		acknowledgements: [{ findingId: 'a', note: 'known', by: 'me', acknowledgedAt: now, until }],
		problem: null,
	});
	const found: Fact = {
		type: 'findings changed',
		findings: [toFinding({ id: 'a', severity: 'critical', isFollower: false })],
	};
	expect(judgements(stateOf(found, complete)).doctor.exit_code).toBe(1);
	const known = judgements(stateOf(found, acknowledge(null), complete));
	expect([known.doctor.exit_code, known.status.exit_code, known.inHeader]).toEqual([0, 0, 0]);
	expect(known.status.acknowledged).toBe(1);
	expect(judgements(stateOf(found, acknowledge(now - 1), complete)).doctor.exit_code).toBe(1);
	const report = checkReport(factsOf(stateOf(), now, diagnosisOptions));
	const strict = { project: undefined, language: 'en', report, isStrict: true } as const;
	expect(doctorOf(stateOf(found, acknowledge(null), complete), now, strict).exit_code).toBe(1);
});

test('status shows nothing of a guessed server as if it were of the stack', () => {
	const config = demoConfig({ dockerHost: 'unix:///x' });
	const shown = (state: StackState) => statusOf(state, now, { config, clients: { airflow: null, mlflow: null } }, 'en');
	const own = shown(stateOf());
	expect([own.metrics.length > 0, own.pipeline.exists, own.scheduler.state]).toEqual([true, true, 'healthy']);
	const guessed = shown(stateOf(discovered(undefined, 'guess')));
	expect([guessed.metrics, guessed.pipeline.run, guessed.pipeline.exists]).toEqual([[], null, null]);
	expect([guessed.scheduler.state, guessed.import_errors]).toEqual([null, []]);
	expect(guessed.sources.map(({ is_guess }) => is_guess)).toEqual([false, true, true]);
});
