import { changeAirflow3 } from '../../command-line/change/change-airflow3.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { nothingSuch } from '../../command-line/exit/failures.ts';
import { assetsUnavailable, planMaterialize } from '../../operations/dags/materialize.ts';
import { none, unresolvedWords } from '../../selectors/names/resolution.ts';
import { phrase } from '../../words/message.ts';

/** `laketop materialize` */
export function run(context: CommandContext): Promise<number> {
	const { given, signal } = context;
	const [word = ''] = given.words;
	return changeAirflow3(context, {
		feature: 'assets',
		unavailable: assetsUnavailable,
		plan: async (facts, airflow) => {
			const assets = await airflow.assets(signal);
			const asset = assets.find(({ name, uri }) => name === word || uri === word);
			if (!asset) {
				const hint = phrase(['Run laketop assets to list the assets', 'laketop assets로 에셋 목록을 확인하세요']);
				const reason = phrase(['Airflow has no asset {word}', 'Airflow에 {word} 에셋이 없습니다'], { word });
				const names = assets.map(({ name }) => name);
				const { message, fix } = unresolvedWords(none('dag', word, names, hint, reason));
				throw nothingSuch(message, fix);
			}
			return planMaterialize(facts, asset);
		},
	});
}
