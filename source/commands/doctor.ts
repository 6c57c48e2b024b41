import { commandOfRemedy, isChanging } from '../actions/remedy.ts';
import type { CheckLine } from '../diagnosis/check-report.ts';
import type { Language } from '../diagnosis/messages/message.ts';
import { render } from '../diagnosis/messages/render.ts';
import { thresholds } from '../diagnosis/thresholds.ts';
import { checkKey } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import { isActiveRun } from '../model/pipeline.ts';
import { runKey, type StackState } from '../model/state.ts';
import type { Monitor, Watched } from '../monitor.ts';
import { checkWords, verdictLooks } from '../ui/panes/findings/check-text.ts';
import { findingText, followersOf, rootFindings } from '../ui/panes/findings/finding-text.ts';
import type { Line } from '../ui/text.ts';
import { ownProject } from '../ui/view-state.ts';
import { exitCodes } from './command.ts';
import type { CommandContext } from './context.ts';
import { rfc3339 } from './facts.ts';
import type { Document } from './json/documents.ts';
import { show } from './show.ts';
import type { Style } from './style.ts';
import { cellSpan } from './text-parts.ts';
import type { Block } from './text-table.ts';

type Doctor = Document<'doctor'>;

/** All that findings rest on. */
export const watchedForFindings: readonly Watched[] = [
	'containers',
	'stats',
	'endpoints',
	'pipeline',
	'dags',
	'experiment',
	'models',
	'diagnosis',
];

/** What looks wrong at first sight is looked at so long, ms: a page has to be silent twice, a request to fail twice. */
const secondLookMs = 9000;

/** `laketop doctor` */
export async function run(context: CommandContext): Promise<number> {
	const { config, given, signal } = context;
	let known: { state: StackState; now: number; report: readonly CheckLine[] } | null = null;
	return show<Doctor>(context, {
		watch: watchedForFindings,
		needs: ['containers', 'details', 'pages', 'pipeline', 'dags', 'experiment', 'checks'],
		ask: async monitor => {
			await lookTwice(monitor, signal);
			if (given.is('deep')) await lookDeep(monitor, signal);
		},
		document: (state, now, monitor) => {
			const report = monitor.checkReport();
			known = { state, now, report };
			return documentOf(state, now, {
				project: ownProject(state, config.discovery.project),
				language: config.language,
				report,
			});
		},
		blocks: (document, style) => {
			const { language } = config;
			const checks = given.is('deep') && known !== null ? [checkTable(known.report, language)] : [];
			if (known === null || document.findings.length === 0) return [[wellLine(language, style)], ...checks];
			return [...findingBlocks(known.state, known.now, language, style.isTerminal), ...checks];
		},
		exitCode: document => document.exit_code,
	});
}

/**
 * Waits until what looks wrong has been wrong for long enough to be believed, or is over. What is well at once is told at
 * once.
 */
export async function lookTwice(monitor: Monitor, signal: AbortSignal): Promise<void> {
	const { clock, store } = monitor;
	const until = clock.now() + secondLookMs;
	while (!signal.aborted && clock.now() < until && isSuspicious(store.current(), clock.now()))
		await clock.sleep(250, signal);
	const asked = clock.now() + waitsKnownMs;
	if (!lacksWaitChecks(store.current())) return;
	while (!signal.aborted && clock.now() < asked && lacksWaitChecks(store.current())) await clock.sleep(250, signal);
	await clock.sleep(judgedMs, signal);
}

/** Broker and pools are looked at some seconds after the start, on a busy host later. */
const waitsKnownMs = 20_000;
/** Facts are judged once a second. */
const judgedMs = 1500;

/** A task waits, and what would say why was not looked at yet: the broker for a queued one, the pools for a ready one. */
function lacksWaitChecks({ containers, checks, taskInstances, dagRuns, feeds }: StackState): boolean {
	if (feeds.pipeline.status !== 'live') return false;
	const active = Object.values(dagRuns).flatMap(runs => runs.filter(isActiveRun));
	const tasks = active.flatMap(run => taskInstances[runKey(run.dagId, run.dagRunId)] ?? []);
	const isThere = (state: string) => tasks.some(task => task.state === state);
	const hasBroker = Object.values(containers).some(
		({ container }) => container.state === 'running' && /redis|valkey/.test(`${container.image} ${container.service}`),
	);
	return (
		(isThere('queued') && hasBroker && checks[checkKey('broker')] === undefined) ||
		(isThere('scheduled') && checks[checkKey('pools')] === undefined)
	);
}

/** Checks everything, also what costs something; what needs time to be believed is given it. */
export async function lookDeep(monitor: Monitor, signal: AbortSignal): Promise<void> {
	await monitor.deepCheck();
	await queueSeenLongEnough(monitor, signal);
}

/** Messages in the broker are a fault when they stay: what waits is looked at until it is gone, or has waited too long. */
async function queueSeenLongEnough({ clock, store }: Monitor, signal: AbortSignal): Promise<void> {
	// The check is made anew every few seconds while something waits.
	const until = clock.now() + thresholds.queueStuckMs + 8000;
	const isInDoubt = () => {
		const { checks, findings } = store.current();
		const result = checks[checkKey('broker')]?.result;
		return (
			result?.check === 'broker' && result.queues.length > 0 && !findings.some(({ rule }) => rule === 'queue grows')
		);
	};
	while (!signal.aborted && clock.now() < until && isInDoubt()) await clock.sleep(250, signal);
}

function isSuspicious(state: StackState, now: number): boolean {
	const { containers, endpoints, feeds, signs, airflowHealth } = state;
	// Without an engine the checks that need one are never made, and nothing more is to be seen.
	if (feeds.containers.status === 'failed') return false;
	return (
		signs.length > 0 ||
		endpoints.some(({ check }) => check?.ok === false) ||
		Object.values(feeds).some(feed => feed.status === 'failed') ||
		(airflowHealth !== null && (airflowHealth.scheduler !== 'healthy' || airflowHealth.metadatabase !== 'healthy')) ||
		Object.values(containers).some(
			({ container, since }) =>
				container.health === 'unhealthy' ||
				container.state === 'restarting' ||
				// It may be on its way back.
				(container.state !== 'running' && since !== null && now - since < 2 * thresholds.endedMs),
		) ||
		// Why a task waits takes another look: at pools, the broker, the run before.
		Object.values(state.dagRuns).some(runs =>
			runs.filter(isActiveRun).some(run => {
				const tasks = state.taskInstances[runKey(run.dagId, run.dagRunId)] ?? [];
				return (
					tasks.some(({ state: one }) => one === 'queued' || one === 'scheduled') ||
					!tasks.some(({ state: one }) => one === 'running')
				);
			}),
		)
	);
}

function wellLine(language: Language, style: Style): Line {
	const text = render({ key: 'section.none', params: {} }, language);
	return [cellSpan({ text, symbol: 'success', tone: 'good' }, style)];
}

function documentOf(
	state: StackState,
	now: number,
	{ project, language, report }: { project: string | null; language: Language; report: readonly CheckLine[] },
): Doctor {
	const { findings } = state;
	const isAway = findings.some(({ rule }) => rule === 'engine unreachable');
	const isIll = findings.some(({ severity }) => severity !== 'notice');
	const code = isAway ? exitCodes.unreachable : isIll ? exitCodes.failed : exitCodes.well;
	return {
		schema: 'laketop/doctor/1',
		at: rfc3339(now),
		state: isAway ? 'unreachable' : isIll ? 'ill' : 'well',
		exit_code: code,
		project,
		language,
		deep: state.checkedAt.deep !== null,
		findings: findings.map(finding => findingPart(finding, state, language)),
		checks: report.map(({ id, verdict, name, answer, lines, at }) => ({
			id,
			verdict,
			name: render(name, language),
			answer: render(answer, language),
			lines: [...lines],
			checked_at: at === null ? null : rfc3339(at),
		})),
	};
}

/** What was checked, also what is well. */
function checkTable(report: readonly CheckLine[], language: Language): Block {
	const blank = { text: '' };
	return {
		columns: [{ title: 'STATE' }, { title: 'CHECK' }, { title: 'FOUND', yields: 1 }],
		rows: checkWords(report, language).flatMap(({ verdict, word, name, answer, lines }) => {
			const { symbol, tone } = verdictLooks[verdict];
			return [
				[{ text: word, symbol, tone }, { text: name }, { text: answer }],
				...lines.map(line => [blank, blank, { text: line }]),
			];
		}),
		empty: '',
	};
}

function findingPart(finding: Finding, state: StackState, language: Language): Doctor['findings'][number] {
	const words = (message: Finding['title']) => render(message, language);
	return {
		id: finding.id,
		rule: finding.rule,
		subject: finding.subject,
		severity: finding.severity,
		since: finding.since === null ? null : rfc3339(finding.since),
		title: words(finding.title),
		cause: words(finding.cause),
		cause_key: finding.cause.key,
		reason: words(finding.reason),
		evidence: finding.evidence.map(({ message, lines }) => ({ text: words(message), lines: [...lines] })),
		hurts: finding.hurts.map(words),
		remedies: finding.remedies.map(({ message, action, interrupts = [] }) => ({
			text: words(message),
			kind: action.kind,
			command: commandOfRemedy(action, { state }),
			can_mend: isChanging(action),
			interrupts: interrupts.map(words),
		})),
		explained_by: finding.explainedBy,
	};
}

function findingBlocks(state: StackState, now: number, language: Language, isTerminal: boolean): Block[] {
	return rootFindings(state.findings).map((finding, index): Line[] => [
		// Elsewhere blocks stand apart by themselves.
		...(index > 0 && isTerminal ? [[{ text: '' }]] : []),
		...findingText({ finding, followers: followersOf(state.findings, finding), state, now, language }),
	]);
}
