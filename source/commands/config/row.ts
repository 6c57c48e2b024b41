import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json } from '../../command-line/rows/shared-options.ts';

export const configRow: CommandRow = {
	name: 'config',
	group: 'laketop',
	summary: [
		'Show the effective configuration and the source of each value (secrets masked)',
		'적용된 설정과 각 값의 출처 보기(비밀 값은 가림)',
	],
	options: [json],
	json: 'config',
	examples: [
		{ line: 'laketop config', does: ['Show the configuration in this folder', '현재 폴더에서 적용되는 설정 보기'] },
		{
			line: 'laketop config --profile prod',
			does: ['Show the configuration with another profile', '다른 프로필을 쓸 때의 설정 보기'],
		},
	],
	load: () => import('./config.ts'),
};
