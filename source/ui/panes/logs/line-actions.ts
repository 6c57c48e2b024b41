import type { Action } from '../../actions/action.ts';
import { good } from '../../hint.ts';
import { bookmark, fold, sideways, toBookmark } from './log-lines.ts';
import { timesInWords } from './log-times.ts';
import { nextTimes } from './logs-state.ts';
import { wrapsLines } from './logs-view.ts';

const inLogs = { group: 'look', places: ['logs'] } as const;

/** Keys for how the lines are drawn: folds, wrapping, times, colours, bookmarks. */
export const lineActions: readonly Action[] = [
	{
		...inLogs,
		id: 'fold',
		kind: 'view',
		verb: 'open',
		keys: ['enter'],
		label: ['fold', '접기'],
		help: [
			"Fold or unfold the line's group or traceback, or expand its JSON",
			'줄의 그룹이나 traceback을 접거나 펼치기, 또는 JSON 펼쳐 보기',
		],
		zoomed: true,
		inKeyBar: true,
		apply: fold,
	},
	{
		...inLogs,
		id: 'fold-all',
		kind: 'view',
		verb: 'fold all',
		keys: ['O'],
		label: ['fold all', '모두 접기'],
		help: [
			'Fold or unfold all tracebacks and other multi-line entries',
			'모든 traceback과 여러 줄 항목을 접거나 펼치기',
		],
		apply: ({ view, say }) => {
			const records = !view.logs.folds.records;
			const words = records
				? say(['Folded all multi-line entries', '여러 줄 항목을 모두 접었습니다'])
				: say(['Unfolded all multi-line entries', '여러 줄 항목을 모두 펼쳤습니다']);
			return { ...view, hint: good(words), logs: { ...view.logs, folds: { changed: new Set(), records } } };
		},
	},
	{
		...inLogs,
		id: 'wrap',
		kind: 'view',
		verb: 'wrap',
		keys: ['w'],
		label: ['wrap', '줄바꿈'],
		help: ['Wrap long lines, or cut them and scroll sideways', '긴 줄을 줄바꿈하거나 잘라서 좌우로 스크롤'],
		apply: ({ view }) => ({
			...view,
			logs: { ...view.logs, wraps: !wrapsLines(view.logs, view.zoomed), offset: 0 },
		}),
	},
	{
		...inLogs,
		id: 'sideways-right',
		kind: 'view',
		verb: 'right',
		keys: ['right'],
		label: ['right', '오른쪽'],
		help: ['Scroll cut lines to the right', '잘린 줄을 오른쪽으로 스크롤'],
		group: 'move',
		apply: context => sideways(context, 16),
	},
	{
		...inLogs,
		id: 'sideways-left',
		kind: 'view',
		verb: 'left',
		keys: ['left'],
		label: ['left', '왼쪽'],
		help: ['Scroll cut lines to the left', '잘린 줄을 왼쪽으로 스크롤'],
		group: 'move',
		apply: context => sideways(context, -16),
	},
	{
		...inLogs,
		id: 'times',
		kind: 'view',
		verb: 'time format',
		keys: ['ctrl-t'],
		label: ['times', '시각'],
		help: ['Change the time format: local, UTC, age, off', '시각 표시 변경: 현지 시각, UTC, 경과 시간, 끄기'],
		apply: ({ view, say }) => {
			const times = nextTimes(view.logs.times);
			return { ...view, hint: good(say(timesInWords[times])), logs: { ...view.logs, times } };
		},
	},
	{
		...inLogs,
		id: 'log-colours',
		kind: 'view',
		verb: 'colours',
		keys: ['~'],
		label: ['colours', '색'],
		help: ["Switch between the program's own colours and level colours", '프로그램 자체 색과 레벨별 색 전환'],
		apply: ({ view }) => ({ ...view, logs: { ...view.logs, colours: !view.logs.colours } }),
	},
	{
		...inLogs,
		id: 'bookmark',
		kind: 'view',
		verb: 'bookmark',
		keys: ['b'],
		label: ['bookmark', '북마크'],
		help: ['Add or remove a bookmark at the line', '줄에 북마크 추가 또는 제거'],
		apply: bookmark,
	},
	{
		...inLogs,
		id: 'next-bookmark',
		kind: 'view',
		verb: 'next bookmark',
		keys: ["'"],
		label: ['next bookmark', '다음 북마크'],
		help: ['Go to the next bookmark', '다음 북마크로 이동'],
		apply: toBookmark,
	},
];
