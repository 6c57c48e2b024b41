import { cutListOf, loggedModelListName } from '../../../model/cut-list.ts';
import type { LoggedModel } from '../../../model/mlflow/logged-model.ts';
import { loggedModelStatusLook } from '../../../model/mlflow/mlflow-status.ts';
import { cutCount } from '../../../presentation/cut-words.ts';
import { age, moment, precise } from '../../../presentation/format.ts';
import { fit, fitName, type Line, textWidth } from '../../../presentation/text.ts';
import { textIn } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { ViewContext } from '../view-context.ts';

const nameWidth = 24;
/** Cells of `✖ upload failed`. */
const statusWidth = 15;

/** What only MLflow 3 has, for the zoomed pane: models that runs logged, and prompts. Empty where there are none. */
export function mlflow3Rows(input: ViewContext): Line[] {
	return [...loggedModelRows(input), ...promptRows(input)];
}

/** How the traces of the experiment fared; none where nothing was traced. */
export function traceRows({ state: { traces }, language, say }: ViewContext): Line[] {
	if (traces === null || traces.count === 0) return [];
	const { count, failed, p95Ms, windowMs } = traces;
	return [
		[
			{
				text: say(['{n} {n|trace|traces} in {window}', '트레이스 {n}건({window})'], {
					n: count,
					window: age(windowMs, language),
				}),
			},
			...(failed > 0 ? [{ text: `  ${say(['{n} failed', '실패 {n}건'], { n: failed })}`, tone: 'bad' as const }] : []),
			...(p95Ms === null ? [] : [{ text: `  p95 ${precise(p95Ms, language)}`, tone: 'muted' as const }]),
		],
	];
}

function loggedModelRows({ state, glyphs, now, language, say }: ViewContext): Line[] {
	const models = state.loggedModels ?? [];
	if (models.length === 0) return [];
	const times = models.map(model => moment(model.createdAt, now));
	const timeWidth = Math.max(12, ...times.map(textWidth));
	const statusOf = ({ status }: LoggedModel) => {
		const { word, symbol, tone } = loggedModelStatusLook(status);
		return { text: `${glyphs.state[symbol]} ${glyphs.fold(textIn(word, language))}`, tone };
	};
	const heading = [
		fit(say(['LOGGED MODEL', '로깅된 모델']), nameWidth, ''),
		fit(say(['STATUS', '상태']), statusWidth, ''),
		fit(say(['LOGGED', '기록 시각']), timeWidth, ''),
		say(['RUN AND VERSIONS', '실행과 버전']),
	].join(' ');
	const rows = models.map((model, index): Line => {
		const { text, tone } = statusOf(model);
		const run = state.mlflowRuns?.find(({ runId }) => runId === model.runId)?.runName ?? '';
		const versions = (state.modelVersions ?? []).filter(({ modelId }) => modelId === model.modelId);
		return [
			{ text: `${fitName(glyphs.fold(model.name), nameWidth, glyphs.ellipsis)} ` },
			{ text: `${fit(text, statusWidth, glyphs.ellipsis)} `, tone },
			{ text: `${fit(times[index] ?? '', timeWidth, '')} `, tone: 'muted' },
			{ text: glyphs.fold(run) },
			{ text: run === '' || versions.length === 0 ? '' : ' ' },
			{ text: versions.map(({ name, version }) => `${glyphs.fold(name)} v${version}`).join(' '), tone: 'odd' },
		];
	});
	const cut = cutListOf(state.cutLists, 'mlflow', loggedModelListName);
	const count: Line = cut ? [{ text: `  ${render(cutCount(cut), language)}`, tone: 'warning' }] : [];
	return [[{ text: '' }], [{ text: heading, tone: 'muted' }, ...count], ...rows];
}

function promptRows({ state, glyphs, now, say }: ViewContext): Line[] {
	const prompts = state.prompts ?? [];
	if (prompts.length === 0) return [];
	const times = prompts.map(prompt => moment(prompt.updatedAt, now));
	const timeWidth = Math.max(12, ...times.map(textWidth));
	const heading = [
		fit(say(['PROMPT', '프롬프트']), nameWidth, ''),
		fit(say(['VERSION', '버전']), statusWidth, ''),
		fit(say(['CHANGED', '변경 시각']), timeWidth, ''),
		say(['ALIASES', '별칭']),
	].join(' ');
	const rows = prompts.map(
		({ name, version, aliases }, index): Line => [
			{ text: `${fitName(glyphs.fold(name), nameWidth, glyphs.ellipsis)} ` },
			{ text: `${fit(version ?? '', statusWidth, glyphs.ellipsis)} ` },
			{ text: `${fit(times[index] ?? '', timeWidth, '')} `, tone: 'muted' },
			{ text: aliases.map(one => `@${glyphs.fold(one.alias)} v${one.version}`).join(' '), tone: 'odd' },
		],
	);
	return [[{ text: '' }], [{ text: heading, tone: 'muted' }], ...rows];
}
