import type { Document } from '../../command-line/json/documents.ts';
import type { Style } from '../../command-line/output/style.ts';
import { cellSpan } from '../../command-line/output/text-parts.ts';
import { type Line, textWidth } from '../../presentation/text.ts';
import type { Text } from '../../words/language.ts';

type Status = Document<'status'>;

const verdictWords: Readonly<Record<Status['state'], Text>> = {
	healthy: ['healthy', '정상'],
	degraded: ['degraded', '이상 있음'],
	unreachable: ['unreachable', '연결할 수 없음'],
	unauthorised: ['unauthorised', '권한 없음'],
};

/** What is wrong, a row each, after the verdict. */
export function verdictLines({ state, problems, acknowledged }: Status, style: Style): Line[] {
	const { say } = style;
	const known =
		acknowledged === 0
			? ''
			: `  ${say(['{acknowledged} acknowledged {acknowledged|finding|findings}', '확인 처리한 문제 {acknowledged}건'], { acknowledged })}`;
	if (problems.length === 0) {
		return [
			[
				cellSpan({ text: say(verdictWords.healthy), symbol: 'success', tone: 'good' }, style),
				{ text: known, tone: 'muted' },
			],
		];
	}
	const word = say(verdictWords[state]);
	return problems.map(
		(problem, index): Line => [
			index === 0
				? { ...cellSpan({ text: `${word}: `, symbol: 'failed', tone: 'bad' }, style), bold: true }
				: { text: ' '.repeat(textWidth(word) + 2 + (style.isTerminal ? 2 : 0)) },
			{ text: problem },
		],
	);
}
