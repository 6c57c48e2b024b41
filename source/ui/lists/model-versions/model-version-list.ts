import { cutListOf, modelVersionListName } from '../../../model/cut-list.ts';
import { shellWords } from '../../../model/text/shell-words.ts';
import { cutCount } from '../../../presentation/cut-words.ts';
import { modelAddress } from '../../actions/addresses.ts';
import { targetVersion } from '../../actions/targets.ts';
import { faceOf } from '../../face.ts';
import { copyableTexts } from '../../panes/pane.ts';
import type { List } from '../definition.ts';
import { listOf } from '../list.ts';
import { modelVersionActions } from './model-version-actions.ts';
import {
	modelVersionColumns,
	modelVersionRows,
	modelVersionSort,
	versionFilterWord,
	versionRowId,
} from './model-version-rows.ts';

declare module '../../place.ts' {
	interface ListIds {
		readonly 'model-versions': true;
	}
}

export const modelVersionList: List = listOf({
	id: 'model-versions',
	name: ['model version list', '모델 버전 목록'],
	shortName: ['the model version list', '모델 버전 목록'],
	title: ({ glyphs, say }) =>
		say(['MLflow {mark} model versions', 'MLflow {mark} 모델 버전'], { mark: glyphs.selected }),
	crumbs: ({ say }) => ['MLflow', say(['model versions', '모델 버전'])],
	face: state => faceOf(state, 'models', state.modelVersions !== null),
	cut: ({ cutLists }) => {
		const cut = cutListOf(cutLists, 'mlflow', modelVersionListName);
		return cut ? cutCount(cut) : null;
	},
	server: 'MLflow',
	empty: ({ say }) => say(['No registered models yet.', '아직 등록된 모델이 없습니다.']),
	rows: (state, _, browse) => modelVersionRows(state, browse),
	markKind: 'model-version',
	idOf: versionRowId,
	columns: modelVersionColumns,
	sort: modelVersionSort,
	stateAction: 'version-kind',
	stateWord: versionFilterWord,
	filterTitle: ['Filter model versions', '모델 버전 필터'],
	filterHint: [
		'Words of the model, version, alias, stage, status or a tag (validated=yes)',
		'모델, 버전, 별칭, 스테이지, 상태, 태그의 단어 (validated=yes)',
	],
	copy: context => {
		const version = targetVersion(context);
		const { say } = context;
		return copyableTexts(
			[say(['model version', '모델 버전']), version && `models:/${version.name}/${version.version}`],
			[say(['MLflow run ID', 'MLflow 실행 ID']), version?.runId ?? undefined],
			[say(['laketop command', 'laketop 명령']), version && shellWords('laketop', 'models', version.name)],
		);
	},
	address: context => modelAddress(context.state, targetVersion(context)),
	actions: modelVersionActions,
});
