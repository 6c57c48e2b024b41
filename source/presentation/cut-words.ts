import type { CutList } from '../model/cut-list.ts';
import type { Text } from '../words/language.ts';
import { type Message, phrase } from '../words/message.ts';

/** `dag/run`, of a `runKey`. */
export const nameOfRun = (key: string): string => key.replace('\n', '/');

/** That a list is not complete, as a sentence. */
export function cutWords({ what, of, shown, total, newest }: CutList): Message {
	const values = { what, of: of === null ? '' : nameOfRun(of), shown: grouped(shown), total: grouped(total ?? 0) };
	if (newest)
		return phrase(
			['only the newest {shown} {what} were read; there are more', '{what}: 최근 {shown}개만 읽었으며 더 있습니다'],
			values,
		);
	if (total === null)
		return phrase(
			['only the first {shown} of {what} were read; there are more', '{what}: 처음 {shown}개만 읽었으며 더 있습니다'],
			values,
		);
	return of === null
		? phrase(['only {shown} of {total} were read: {what}', '{total}개 중 {shown}개만 읽었습니다: {what}'], values)
		: phrase(
				['only {shown} of {total} {what} of {of} were read', '{of}: {what} {total}개 중 {shown}개만 읽었습니다'],
				values,
			);
}

/** The same in a title: `10,000 of 12,345 task instances`. */
export function cutTitle({ what, shown, total }: Pick<CutList, 'what' | 'shown' | 'total'>): Message {
	const values = { what, shown: grouped(shown), total: grouped(total ?? 0) };
	return total === null
		? phrase(['first {shown} of {what}', '{what} 처음 {shown}개'], values)
		: phrase(['{shown} of {total} {what}', '{what} {shown}/{total}개'], values);
}

/** The same for a list that is named beside it. */
export function cutCount({ shown, total, newest }: Pick<CutList, 'shown' | 'total' | 'newest'>): Message {
	if (newest) return newestWords(shown);
	const values = { shown: grouped(shown), total: grouped(total ?? 0) };
	return total === null
		? phrase(['first {shown}', '처음 {shown}개'], values)
		: phrase(['{shown} of {total}', '{shown}/{total}개'], values);
}

/** Of a list that has only the newest entries: as many as are fetched. */
export function newestOnly(shown: number, fetched: number): Message | null {
	return shown < fetched ? null : newestWords(shown);
}

/** That a list has more on its server, which is fetched as the selection gets there. */
export const moreBelow: Text = ['more below', '아래에 더 있음'];

const newestWords = (shown: number) => phrase(['the newest {shown}', '최근 {shown}개'], { shown: grouped(shown) });

const grouped = (count: number) => count.toLocaleString('en-US');
