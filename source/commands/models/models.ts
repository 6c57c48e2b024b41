import { didYouMean } from '../../model/nearest.ts';
import type { CommandContext } from '../context.ts';
import { modelVersionPart, rfc3339 } from '../facts.ts';
import { demandLive, nothingSuch } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { show } from '../show.ts';
import type { TextTable } from '../table-cells.ts';
import { since } from '../text-parts.ts';

/** `laketop models` */
export function run(context: CommandContext): Promise<number> {
	const [model] = context.given.words;
	return show<Document<'models'>>(context, {
		watch: ['models'],
		needs: ['models'],
		document: (state, now) => {
			demandLive(state, 'models');
			const all = state.modelVersions ?? [];
			const versions = all.filter(({ name }) => model === undefined || name === model);
			if (model !== undefined && versions.length === 0) {
				const names = [...new Set(all.map(({ name }) => name))];
				throw nothingSuch(`MLflow has no model ${model}${didYouMean(model, names)}`);
			}
			return { schema: 'laketop/models/1', at: rfc3339(now), versions: versions.map(modelVersionPart) };
		},
		blocks: document => [modelsTable(document)],
	});
}

function modelsTable({ versions, at }: Document<'models'>): TextTable {
	return {
		columns: [
			{ title: 'MODEL', yields: 2 },
			{ title: 'VERSION', align: 'right' },
			{ title: 'ALIASES', yields: 3 },
			{ title: 'STAGE' },
			{ title: 'STATE' },
			{ title: 'AGE', align: 'right' },
			{ title: 'RUN', yields: 1 },
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
			{ text: since(version.created_at, at) },
			{ text: version.run_id ?? '', tone: 'muted' },
		]),
		empty: 'MLflow has no registered model yet: the pipeline registers one.',
	};
}
