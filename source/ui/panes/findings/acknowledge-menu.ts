import { maxNoteLength } from '../../../clients/acknowledgement-file.ts';
import { acknowledgementOf } from '../../../model/acknowledgement.ts';
import { userName } from '../../../operations/plan/audit.ts';
import {
	acknowledgedWords,
	acknowledgementsProblemMessage,
	acknowledgementWords,
} from '../../../presentation/finding-text.ts';
import type { Text } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { StepContext } from '../../actions/action.ts';
import { cannot, later } from '../../actions/step.ts';
import type { Effect } from '../../conversation.ts';
import { noFinding, selectedFinding } from './finding-rows.ts';

const acknowledgeTitle = ['Acknowledge: {title}', '확인 처리: {title}'] as const;

/** Durations of an acknowledgement, ms; null: until the finding clears. */
const durations: readonly (readonly [id: string, label: Text, ms: number | null])[] = [
	['clears', ['Until it clears', '해소될 때까지'], null],
	['1h', ['For 1 hour', '1시간 동안'], 3_600_000],
	['4h', ['For 4 hours', '4시간 동안'], 4 * 3_600_000],
	['24h', ['For 24 hours', '24시간 동안'], 24 * 3_600_000],
	['7d', ['For 7 days', '7일 동안'], 7 * 24 * 3_600_000],
];

/** Asks for duration and note; offers to remove an existing acknowledgement. */
export function acknowledgeMenu({
	state,
	view,
	language,
	say,
	now,
	acknowledge: keep,
	unacknowledge,
}: StepContext): Effect {
	const finding = selectedFinding(state.findings, view);
	if (!finding)
		return cannot(say(noFinding(state.findings, ['No finding to acknowledge', '확인 처리할 문제가 없습니다'])));
	const title = render(finding.title, language);
	const known = acknowledgementOf(state.acknowledgements, finding.id, now);
	const done = (work: ReturnType<typeof keep>, hint: string): Effect =>
		later(
			work.then(problem =>
				problem === null ? { kind: 'nothing', hint } : cannot(acknowledgementsProblemMessage(problem), 'refused'),
			),
		);
	const ask = (until: number | null): Effect => ({
		kind: 'input',
		question: {
			title: say(acknowledgeTitle, { title }),
			hint: say(['Note for others on this host (optional)', '이 호스트의 다른 사용자에게 남길 메모 (선택 사항)']),
			initial: known?.note ?? '',
			problem: text =>
				text.length > maxNoteLength
					? say(['note too long: at most {most} characters', '메모가 너무 깁니다: 최대 {most}자'], {
							most: maxNoteLength,
						})
					: null,
			next: note => {
				const kept = { findingId: finding.id, note, by: userName(), acknowledgedAt: now, until };
				return done(keep(kept), acknowledgedWords(kept, finding, language));
			},
		},
	});
	return {
		kind: 'choose',
		question: {
			title: say(acknowledgeTitle, { title }),
			filters: false,
			choices: [
				...durations.map(([id, label], index) => ({ id, key: String(index + 1), label: say(label), hint: '' })),
				...(known
					? [
							{
								id: 'remove',
								key: 'r',
								label: say(['Remove the acknowledgement', '확인 처리 해제']),
								hint: acknowledgementWords(known, language),
							},
						]
					: []),
			],
			next: id => {
				if (id === 'remove')
					return done(
						unacknowledge(finding.id),
						say(['No longer acknowledged: {title}', '확인 처리 해제됨: {title}'], { title }),
					);
				const ms = durations.find(([one]) => one === id)?.[2] ?? null;
				return ask(ms === null ? null : now + ms);
			},
		},
	};
}
