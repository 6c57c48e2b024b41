import type { CommandContext } from '../../command-line/context/context.ts';
import { sentenceOf } from '../../command-line/exit/failures.ts';
import { acknowledgementPart } from '../../command-line/facts/acknowledgement.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { projectParts } from '../../command-line/facts/servers.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { cellSpan } from '../../command-line/output/text-parts.ts';
import type { Block } from '../../command-line/output/text-table.ts';
import {
	acknowledgementsProblemText,
	exitCodeOfVerdict,
	lookDeep,
	lookUntilJudged,
	notCheckedParts,
	requiredForFindings,
	watchedForFindings,
} from '../../command-line/show/judged.ts';
import { show } from '../../command-line/show/show.ts';
import { type CheckLine, checkCounts } from '../../diagnosis/check-report.ts';
import { type MessageKey, messageOf, say } from '../../diagnosis/messages/message.ts';
import { acknowledgementOf } from '../../model/acknowledgement.ts';
import type { Finding } from '../../model/finding.ts';
import { isChanging } from '../../model/finding.ts';
import type { StackState } from '../../model/state.ts';
import { checkWords, verdictLooks } from '../../presentation/check-text.ts';
import { acknowledgementWords, findingText } from '../../presentation/finding-text.ts';
import type { Line } from '../../presentation/text.ts';
import { followersOf, rootFindings } from '../../selectors/findings/findings.ts';
import { type AcknowledgedFinding, verdictOf } from '../../selectors/findings/verdict.ts';
import { commandOfFix } from '../../selectors/printed-commands/fix-command.ts';
import { type Language, textIn } from '../../words/language.ts';
import { render } from '../../words/message.ts';

type Doctor = Document<'doctor'>;

/** `laketop doctor` */
export async function run(context: CommandContext): Promise<number> {
	const { config, given, signal } = context;
	const language = given.is('json') ? 'en' : context.language;
	let known: { state: StackState; now: number; report: readonly CheckLine[] } | null = null;
	return show<Doctor>(context, {
		watch: watchedForFindings,
		requires: requiredForFindings,
		ask: async monitor => {
			await lookUntilJudged(monitor, signal);
			if (given.is('deep')) await lookDeep(monitor, signal);
		},
		document: (state, now, monitor) => {
			const report = monitor.checkReport(given.is('all'));
			known = { state, now, report };
			const { project } = config.discovery;
			return doctorOf(state, now, { project, language, report, isStrict: given.is('all') });
		},
		blocks: (document, style) => {
			if (known === null) return [];
			const { state, now, report } = known;
			const words = (key: MessageKey) => render(messageOf(key), language);
			const acknowledged = verdictOf(state, now).acknowledged;
			const open = rootFindings(state.findings).filter(one => !acknowledged.some(({ finding }) => finding === one));
			const findings =
				open.length > 0
					? findingBlocks(open, known, language, style.isTerminal)
					: [[nothingLine(document.not_checked.length === 0, language, style)]];
			return [
				...findings,
				acknowledgedLines(acknowledged, language),
				listLines(
					words('section.not checked'),
					verdictOf(state, now).notChecked.map(({ failure }) => sentenceOf(failure, language)),
				),
				...(given.is('deep') ? [checkTable(report, language)] : [skippedLines(report, language)]),
				[[{ text: render(say('checks.summary', checkCounts(report)), language), tone: 'muted' as const }]],
			].filter(block => !Array.isArray(block) || block.length > 0);
		},
		exitCode: document => document.exit_code,
	});
}

function listLines(title: string, items: readonly string[]): Line[] {
	if (items.length === 0) return [];
	return [[{ text: title, bold: true }], ...items.map((text): Line => [{ text: `  ${text}`, tone: 'warning' }])];
}

/** Acknowledged findings, one line each. */
function acknowledgedLines(acknowledged: readonly AcknowledgedFinding[], language: Language): Line[] {
	if (acknowledged.length === 0) return [];
	return [
		[{ text: render(messageOf('section.acknowledged'), language), bold: true }],
		...acknowledged.map(
			({ finding, acknowledgement }): Line => [
				{ text: `  ${render(finding.title, language)}  ` },
				{ text: acknowledgementWords(acknowledgement, language), tone: 'muted' },
			],
		),
	];
}

/** Skipped checks, by reason. */
function skippedLines(report: readonly CheckLine[], language: Language): Line[] {
	const byReason = new Map<string, string[]>();
	for (const { verdict, name, answer } of report) {
		if (verdict !== 'skipped') continue;
		const reason = render(answer, language);
		byReason.set(reason, [...(byReason.get(reason) ?? []), render(name, language)]);
	}
	const title = render(messageOf('section.skipped'), language);
	return [...byReason].map(
		([reason, names]): Line => [{ text: `${title} (${reason}): ${names.join(', ')}`, tone: 'muted' }],
	);
}

function nothingLine(isAllChecked: boolean, language: Language, style: Style): Line {
	const text = render(messageOf(isAllChecked ? 'section.none' : 'section.partly'), language);
	return [
		cellSpan({ text, symbol: isAllChecked ? 'success' : 'unknown', tone: isAllChecked ? 'good' : 'warning' }, style),
	];
}

export function doctorOf(
	state: StackState,
	now: number,
	{
		project,
		language,
		report,
		isStrict = false,
	}: {
		/** As configured. */
		readonly project: string | undefined;
		readonly language: Language;
		readonly report: readonly CheckLine[];
		/** Acknowledged findings count too. */
		readonly isStrict?: boolean;
	},
): Doctor {
	const verdict = verdictOf(isStrict ? { ...state, acknowledgements: [] } : state, now);
	return {
		schema: 'laketop/doctor/1',
		at: rfc3339(now),
		state: verdict.state,
		exit_code: exitCodeOfVerdict(verdict),
		...projectParts(state, project),
		deep: state.checkedAt.deep !== null,
		summary: checkCounts(report),
		acknowledgements_problem: acknowledgementsProblemText(state, language),
		not_checked: notCheckedParts(verdict),
		findings: state.findings.map(finding => findingPart(finding, state, language, now)),
		checks: report.map(({ id, verdict: came, name, answer, lines, at }) => ({
			id,
			verdict: came,
			name: render(name, language),
			result: render(answer, language),
			lines: [...lines],
			checked_at: at === null ? null : rfc3339(at),
		})),
	};
}

/** Every check, passed ones included. */
function checkTable(report: readonly CheckLine[], language: Language): Block {
	const blank = { text: '' };
	return {
		columns: [
			{ title: textIn(['STATE', '상태'], language) },
			{ title: textIn(['CHECK', '점검'], language) },
			{ title: textIn(['RESULT', '결과'], language), yields: 1 },
		],
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

function findingPart(finding: Finding, state: StackState, language: Language, now: number): Doctor['findings'][number] {
	const acknowledgement = acknowledgementOf(state.acknowledgements, finding.id, now);
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
		impact: finding.impact.map(words),
		fixes: finding.fixes.map(({ message, action, interrupts = [] }) => ({
			text: words(message),
			kind: action.kind,
			command: commandOfFix(action, { state }),
			can_fix: isChanging(action),
			interrupts: interrupts.map(words),
		})),
		explained_by: finding.explainedBy,
		acknowledgement: acknowledgement ? acknowledgementPart(acknowledgement) : null,
	};
}

function findingBlocks(
	roots: readonly Finding[],
	{ state, now }: { readonly state: StackState; readonly now: number },
	language: Language,
	isTerminal: boolean,
): Block[] {
	return roots.map((finding, index): Line[] => [
		// Without a terminal, blocks are separated already.
		...(index > 0 && isTerminal ? [[{ text: '' }]] : []),
		...findingText({ finding, followers: followersOf(state.findings, finding), state, now, language }),
	]);
}
