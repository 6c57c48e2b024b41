import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { yes } from '../../command-line/rows/shared-options.ts';

export const trustRow: CommandRow = {
	name: 'trust',
	group: 'laketop',
	summary: [
		'Trust the laketop.yaml of the current folder until it changes',
		'현재 폴더의 laketop.yaml을 변경될 때까지 신뢰',
	],
	details: [
		[
			'A laketop.yaml in the current folder may come from somebody else. Until you trust it, it may not send your credentials to another server, name files outside its folder, run commands, choose the engine, or send notifications to an address. Files named by --config and ~/.config/laketop/laketop.yaml are always trusted.',
			'현재 폴더의 laketop.yaml은 다른 사람이 만든 것일 수 있습니다. 신뢰하기 전에는 파일에 적힌 주소로 자격 증명 보내기, 폴더 밖의 파일 지정, 명령 실행, 엔진 선택, 주소로 알림 보내기가 허용되지 않습니다. --config로 지정한 파일과 ~/.config/laketop/laketop.yaml은 항상 신뢰합니다.',
		],
		[
			'Lists what the file would do, then asks for confirmation. If the file changes, it is no longer trusted.',
			'파일이 하려는 일을 보여 준 뒤 신뢰할지 묻습니다. 파일이 변경되면 더 이상 신뢰하지 않습니다.',
		],
	],
	offline: true,
	arguments: [
		{
			name: 'FILE',
			kind: 'file',
			help: ['Config file (default: ./laketop.yaml)', '설정 파일(기본값: ./laketop.yaml)'],
		},
	],
	options: [
		yes,
		{ name: 'remove', help: ['Remove the trust', '신뢰 취소'] },
		{ name: 'list', help: ['List the trusted files', '신뢰하는 파일 목록'] },
	],
	examples: [
		{
			line: 'laketop trust',
			does: ['Show what ./laketop.yaml would do, and ask for confirmation', './laketop.yaml이 하려는 일을 보고 확인'],
		},
		{
			line: 'laketop trust --list',
			does: ['List the trusted files and those changed since', '신뢰하는 파일과 그 후 변경된 파일 목록'],
		},
		{ line: 'laketop trust --remove ../laketop.yaml', does: ['Remove the trust', '신뢰 취소'] },
	],
	load: () => import('./trust.ts'),
};
