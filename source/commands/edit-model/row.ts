import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { changing } from '../../command-line/rows/shared-options.ts';

export const editModelRow: CommandRow = {
	name: 'edit-model',
	group: 'pipeline',
	summary: [
		'Edit aliases, stage and tags of a registered model version',
		'등록된 모델 버전의 별칭, 스테이지, 태그 편집',
	],
	details: [
		[
			'MLflow is asked for the version first, so that the question names what changes: alias champion, version 7 to 9. If somebody else changes the same value before the answer, nothing is changed.',
			'먼저 MLflow에서 버전을 읽으므로 질문에 변경 내용이 나옵니다(예: 별칭을 버전 7에서 9로). 답하기 전에 다른 사용자가 같은 값을 변경하면 아무것도 변경하지 않습니다.',
		],
	],
	arguments: [
		{ name: 'MODEL', kind: 'model', required: true, help: ['Registered model', '등록된 모델'] },
		{
			name: 'VERSION',
			kind: 'model-version',
			required: true,
			help: ['Number of the version, or @ and one of its aliases', '버전 번호, 또는 @와 그 버전의 별칭'],
		},
	],
	options: [
		{
			name: 'alias',
			value: { name: 'ALIAS', kind: 'model-alias' },
			many: true,
			help: [
				'Give the version this alias (repeatable); another version loses it',
				'이 버전에 별칭 지정(여러 번 지정 가능), 다른 버전에서는 사라짐',
			],
		},
		{
			name: 'remove-alias',
			value: { name: 'ALIAS', kind: 'model-alias' },
			many: true,
			help: ['Remove this alias from the version (repeatable)', '이 버전에서 별칭 삭제(여러 번 지정 가능)'],
		},
		{
			name: 'stage',
			value: { name: 'STAGE', kind: 'choice', choices: ['None', 'Staging', 'Production', 'Archived'] },
			help: [
				'Move the version to this stage; other versions keep theirs',
				'버전을 이 스테이지로 이동, 다른 버전의 스테이지는 유지',
			],
		},
		{
			name: 'tag',
			value: { name: 'KEY=VALUE', kind: 'text' },
			many: true,
			help: ['Set a tag of the version (repeatable)', '버전의 태그 설정(여러 번 지정 가능)'],
		},
		{
			name: 'remove-tag',
			value: { name: 'KEY', kind: 'model-tag' },
			many: true,
			help: ['Remove a tag of the version (repeatable)', '버전의 태그 삭제(여러 번 지정 가능)'],
		},
		...changing,
	],
	changes: true,
	json: 'change',
	examples: [
		{
			line: 'laketop edit-model lakehouse_model 9 --alias champion --tag validated=yes',
			does: [
				'Make version 9 the champion, and note that it is validated',
				'버전 9를 챔피언으로 지정하고 검증됨을 기록',
			],
		},
		{
			line: 'laketop edit-model lakehouse_model @champion --remove-alias candidate --dry-run',
			does: ['Preview the removal of an alias', '별칭 삭제 미리 보기'],
		},
	],
	load: () => import('./edit-model.ts'),
};
