import type { CommandRow } from '../../command-line/rows/command-row.ts';

export const manRow: CommandRow = {
	name: 'man',
	group: 'laketop',
	summary: ['Show the man page', '매뉴얼 페이지(man) 보기'],
	details: [
		[
			'On a terminal the page opens in man. Otherwise its roff source is printed.',
			'터미널에서는 man으로 엽니다. 그 외에는 roff 원본을 출력합니다.',
		],
	],
	offline: true,
	examples: [
		{
			line: 'laketop man > ~/.local/share/man/man1/laketop.1',
			does: ['Install the page where npm did not', 'npm이 설치하지 않은 곳에 매뉴얼 페이지 설치'],
		},
	],
	load: () => import('./man.ts'),
};
