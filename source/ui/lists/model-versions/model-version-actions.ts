import type { Text } from '../../../words/language.ts';
import type { Action, StepContext } from '../../actions/action.ts';
import { cannot, later } from '../../actions/step.ts';
import { targetVersion } from '../../actions/targets.ts';
import type { Effect } from '../../conversation.ts';
import { nextState } from '../opened.ts';
import { versionFilters } from './model-version-rows.ts';

const noVersion: Text = ['No model version selected', '선택한 모델 버전이 없습니다'];

function openVersion(context: StepContext): Effect {
	const version = targetVersion(context);
	if (!version) return cannot(context.say(noVersion));
	return later(import('../../thread/thread.ts').then(({ versionPage }) => versionPage(context, version)));
}

export const modelVersionActions: readonly Action[] = [
	{
		id: 'open-version',
		kind: 'look',
		verb: 'open',
		keys: ['enter'],
		label: ['open', '열기'],
		help: [
			'Show the model version: aliases, tags, source run and DAG run, metrics against the champion and over versions',
			'모델 버전 보기: 별칭, 태그, 원본 실행과 DAG 실행, 챔피언 대비 메트릭과 버전별 추이',
		],
		group: 'look',
		places: ['model-versions'],
		inKeyBar: true,
		begin: openVersion,
	},
	{
		id: 'compare-versions',
		kind: 'look',
		verb: 'compare',
		keys: [','],
		label: ['compare', '비교'],
		help: [
			'Compare the marked model versions, or the selected one with its champion: metrics, params, tags, what made them',
			'선택 표시한 모델 버전 비교, 없으면 선택한 버전을 챔피언과 비교: 메트릭, 파라미터, 태그, 만든 실행',
		],
		group: 'look',
		places: ['model-versions'],
		forMarks: 'model-version',
		begin: context =>
			later(
				import('../../thread/compare-versions.ts').then(({ compareMarkedVersions }) => compareMarkedVersions(context)),
			),
	},
	{
		id: 'version-kind',
		kind: 'view',
		verb: 'show only',
		keys: ['&'],
		label: ['kind', '종류'],
		help: [
			'Show one kind of model versions only: with an alias, in production, in staging, archived, not ready, all',
			'한 종류의 모델 버전만 보기: 별칭 있음, Production, Staging, Archived, 준비되지 않음, 전체',
		],
		group: 'look',
		places: ['model-versions'],
		inKeyBar: true,
		apply: nextState(versionFilters),
	},
	{
		id: 'edit-version',
		kind: 'change',
		asksFirst: true,
		verb: 'mark as',
		keys: ['m'],
		label: ['edit', '편집'],
		help: [
			'Edit the model version: set or remove an alias or a tag, move it to a stage',
			'모델 버전 편집: 별칭이나 태그 설정 또는 삭제, 스테이지 이동',
		],
		group: 'change',
		places: ['model-versions', 'mlflow'],
		inKeyBar: true,
		begin: context => later(import('../../actions/edit-version.ts').then(({ editVersion }) => editVersion(context))),
	},
];
