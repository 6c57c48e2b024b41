import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { describe } from '../../model/failures/described-error.ts';
import type { LogView } from '../../model/logs/log-view.ts';
import { render } from '../../words/message.ts';
import type { Effect } from '../conversation.ts';
import { good } from '../hint.ts';
import type { LogsViewState } from '../panes/logs/logs-state.ts';
import type { StepContext } from './action.ts';
import { cannot } from './step.ts';

/**
 * The lines of the query as text, folded ones included: with their times unless times are off, and with the names of
 * their sources if there are several. Lines of tasks already contain their times.
 */
export function textOfLog(view: LogView, logs: Pick<LogsViewState, 'times'>): string {
	const { first, next, sources } = view.sequence;
	const width = Math.max(0, ...sources.map(({ name }) => name.length));
	const texts: string[] = [];
	for (let position = first; position < next; position++) {
		if (!view.isAsked(position)) continue;
		const line = view.sequence.lineAt(position);
		if (!line) continue;
		const name = sources[view.sequence.sourceAt(position)]?.name ?? '';
		const stamp = logs.times === 'off' || line.stamp === null ? '' : `${line.stamp} `;
		const source = sources.length > 1 ? `${name.padEnd(width)} | ` : '';
		texts.push(line.mark ? `${source}--- ${line.text} ---` : `${source}${stamp}${line.text}`);
	}
	return texts.length === 0 ? '' : `${texts.join('\n')}\n`;
}

/** `airflow-worker-20261124-140321.log`. */
export function fileNameFor({ shownLog, now }: StepContext): string {
	const subject =
		render(shownLog.title, 'en')
			.replaceAll(/[^\w.-]+/g, '-')
			.replaceAll(/^-+|(?<!-)-+$/g, '') || 'log';
	const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
	return `${subject}-${time}.log`;
}

/** Never overwrites a file. */
export async function saveLog({ view, log, say }: StepContext, path: string): Promise<Effect> {
	const file = resolve(path.replace(/^~(?=\/|$)/, homedir()));
	const text = textOfLog(log.view, view.logs);
	if (text === '') return cannot(say(['No lines to save', '저장할 줄이 없습니다']));
	try {
		await writeFile(file, text, { flag: 'wx' });
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
			return cannot(
				say(['{file} already exists: choose another name', '{file} 파일이 이미 있습니다: 다른 이름을 선택하세요'], {
					file,
				}),
			);
		return cannot(
			say(['Cannot write {file}: {reason}', '{file}에 쓸 수 없습니다: {reason}'], {
				file,
				reason: describe(error),
			}),
		);
	}
	const lines = text.split('\n').length - 1;
	return {
		kind: 'nothing',
		hint: good(
			say(['Saved {lines} {lines|line|lines} to {file}', '{lines}줄을 {file}에 저장했습니다'], { lines, file }),
		),
	};
}

export function pageLog({ view, log, say }: StepContext): Effect {
	const text = textOfLog(log.view, view.logs);
	return text === '' ? cannot(say(['No lines to show', '표시할 줄이 없습니다'])) : { kind: 'pager', text };
}
