import { resolveModel } from '../../selectors/names/mlflow.ts';
import type { CommandContext } from '../context.ts';
import { modelVersionPart, rfc3339 } from '../facts.ts';
import { demandFound, demandLive } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { show } from '../show.ts';
import type { Style } from '../style.ts';
import type { TextTable } from '../table-cells.ts';
import { since } from '../text-parts.ts';

/** `laketop models` */
export function run(context: CommandContext): Promise<number> {
	const [model] = context.given.words;
	return show<Document<'models'>>(context, {
		watch: ['models'],
		requires: ['models'],
		document: (state, now) => {
			demandLive(state, 'models');
			const all = state.modelVersions ?? [];
			const versions = model === undefined ? all : demandFound(resolveModel(model, all));
			return { schema: 'laketop/models/1', at: rfc3339(now), versions: versions.map(modelVersionPart) };
		},
		blocks: (document, style) => [modelsTable(document, style)],
	});
}

function modelsTable({ versions, at }: Document<'models'>, style: Style): TextTable {
	const { say } = style;
	return {
		columns: [
			{ title: say(['MODEL', '모델']), yields: 2 },
			{ title: say(['VERSION', '버전']), align: 'right' },
			{ title: say(['ALIASES', '별칭']), yields: 3 },
			{ title: say(['STAGE', '스테이지']) },
			{ title: say(['STATE', '상태']) },
			{ title: say(['AGE', '경과']), align: 'right' },
			{ title: say(['MLFLOW RUN', 'MLflow 실행']), yields: 1 },
		],
		rows: versions.map(version => [
			{ text: version.name },
			{ text: version.version },
			{ text: version.aliases.join(','), tone: 'good' },
			{ text: version.stage === 'None' ? '' : version.stage },
			{
				text: version.status,
				tone: version.status === 'READY' ? undefined : version.status.startsWith('FAILED') ? 'bad' : 'active',
			},
			{ text: since(version.created_at, at, style) },
			{ text: version.run_id ?? '', tone: 'muted' },
		]),
		empty: say([
			'No registered models in MLflow yet. The pipeline registers one.',
			'MLflow에 아직 등록된 모델이 없습니다. 파이프라인이 모델을 등록합니다.',
		]),
	};
}
