import { checkCounts } from '../../../diagnosis/check-report.ts';
import { type MessageKey, messageOf } from '../../../diagnosis/messages/message.ts';
import { checkWords } from '../../../presentation/check-text.ts';
import { fit, textWidth } from '../../../presentation/text.ts';
import { render } from '../../../words/message.ts';
import type { StepContext } from '../../actions/action.ts';
import type { Effect, Page, PageLine } from '../../conversation.ts';

/** Refresh interval of the page while checks run, ms. */
const checkPageEveryMs = 400;

/** The page opens at once and fills while checks run. */
export function deepCheck(context: StepContext): Effect {
	let isBusy = true;
	void context.deepCheck().finally(() => {
		isBusy = false;
	});
	return { kind: 'page', page: checkPage(context, () => isBusy) };
}

function checkPage(context: StepContext, isBusy: () => boolean): Page {
	const { language } = context;
	const report = context.checkReport();
	const checks = checkWords(report, language, isBusy());
	const [wordWidth, nameWidth] = (['word', 'name'] as const).map(field =>
		Math.max(...checks.map(one => textWidth(one[field]))),
	);
	const lines = checks.flatMap(({ verdict, word, name, answer, lines: read }): PageLine[] => [
		{ text: `${fit(word, wordWidth ?? 0, '')}  ${fit(name, nameWidth ?? 0, '')}  ${answer}`, tone: pageTones[verdict] },
		...read.map((line): PageLine => ({ text: `${' '.repeat((wordWidth ?? 0) + 2)}| ${line}`, tone: 'muted' })),
	]);
	const words = (key: MessageKey, params = {}) => render(messageOf(key, params), language);
	const title = words('checks.title');
	if (!isBusy())
		return {
			title,
			lines,
			note: context.say(['{summary}; y copies it', '{summary}, y 복사'], {
				summary: words('checks.summary', checkCounts(report)),
			}),
		};
	return {
		title,
		lines,
		note: words('checks.busy'),
		again: { everyMs: checkPageEveryMs, ask: async () => checkPage(context, isBusy) },
	};
}

const pageTones = { passed: undefined, failed: 'bad', skipped: 'muted' } as const;
