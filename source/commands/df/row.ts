import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, watch } from '../../command-line/rows/shared-options.ts';

export const dfRow: CommandRow = {
	name: 'df',
	group: 'look',
	summary: [
		"Show the disk usage of images, containers, volumes and build cache, and the stack's share",
		'이미지, 컨테이너, 볼륨, 빌드 캐시의 디스크 사용량과 그중 스택의 사용량 보기',
	],
	options: [json, watch],
	json: 'disk-usage',
	examples: [{ line: 'laketop df', does: ['Show the disk usage of the engine', 'Docker 엔진의 디스크 사용량 보기'] }],
	load: () => import('./df.ts'),
};
