import { airflow3Unavailable } from '../../operations/airflow3.ts';
import { planMaterialize } from '../../operations/materialize.ts';
import type { Planned } from '../../operations/plan.ts';
import { none, unresolvedWords } from '../../selectors/names/resolution.ts';
import { phrase } from '../../words/message.ts';
import { change } from '../change.ts';
import type { CommandContext } from '../context.ts';
import { addressUnknown, demandLive, nothingSuch } from '../failures.ts';

const notNow = phrase(['Assets cannot be materialized now', '지금은 에셋을 생성할 수 없습니다']);

/** `laketop materialize` */
export function run(context: CommandContext): Promise<number> {
	const { given, io, signal } = context;
	const [word = ''] = given.words;
	return change(context, {
		watch: ['containers', 'dags'],
		requires: ['dags'],
		plan: async ({ store, clients }): Promise<Planned> => {
			const state = store.current();
			demandLive(state, 'dags');
			const unavailable = airflow3Unavailable(state, 'assets', notNow);
			if (unavailable) return unavailable;
			const { airflow } = clients;
			if (!airflow) throw addressUnknown();
			const assets = await (await airflow.airflow3('assets', signal)).assets(signal);
			const asset = assets.find(({ name, uri }) => name === word || uri === word);
			if (!asset) {
				const hint = phrase(['Run laketop assets to list the assets', 'laketop assets로 에셋 목록을 확인하세요']);
				const reason = phrase(['Airflow has no asset {word}', 'Airflow에 {word} 에셋이 없습니다'], { word });
				const names = assets.map(({ name }) => name);
				const { message, fix } = unresolvedWords(none('dag', word, names, hint, reason));
				throw nothingSuch(message, fix);
			}
			return planMaterialize({ state, now: io.clock.now() }, asset);
		},
	});
}
