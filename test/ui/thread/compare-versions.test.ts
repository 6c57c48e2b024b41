import { expect, test } from 'vitest';
import type { Clients } from '../../../source/clients/clients.ts';
import type { ViewState } from '../../../source/ui/conversation.ts';
import { rivalOf } from '../../../source/ui/thread/compare-versions.ts';
import type { Language } from '../../../source/words/language.ts';
import { stateOf } from '../../diagnosis/stack.ts';
import { mlflowWith, version, versions } from '../../given/registry.ts';
import { begun, pageOf, refusalOf } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';
import { inUtc } from '../../in-utc.ts';

inUtc();

const browse = {
	kind: 'model-versions' as const,
	filter: '',
	sort: null,
	state: null,
	back: null,
	selected: 'churn/7',
};
const compared = (more: Partial<ViewState> = {}, language: Language = 'en', all = versions) =>
	begun('compare-versions', {
		state: stateOf({ type: 'model versions fetched', versions: [...all] }),
		clients: stubOf<Clients>({ airflow: null, ...mlflowWith(all) }),
		language,
		view: { focus: 'mlflow', browse, ...more },
	});
const marks = ['model-version churn/7', 'model-version churn/4', 'model-version churn/5'];
const texts = async (...asked: Parameters<typeof compared>) =>
	(await pageOf(compared(...asked))).lines.map(({ text }) => text);

test('the selected version beside its champion: what made them, metrics, params and tags', async () => {
	expect(await texts()).toMatchInlineSnapshot(`
		[
		  "                  version 5               version 7",
		  "",
		  "What differs",
		  "Aliases     @champion @운영             @challenger",
		  "Stage            Production                       -",
		  "MLflow run    train 5 run-5           train 7 run-7",
		  "DAG                       -  ml_pipeline_end_to_end",
		  "DAG run                   -                  newest",
		  "Task                      -          model_registry",
		  "",
		  "Metrics (latest values)",
		  "f1_score             0.8922            0.8497 worse",
		  "log_loss             0.3500           0.3100 better",
		  "drift                0.0200                     NaN",
		  "rows                  11000                   12000",
		  "",
		  "Params that differ",
		  "max_depth                 5                       7",
		  "1 param is the same",
		  "",
		  "Tags that differ",
		  "owner              데이터팀                       -",
		  "validated                 -                     yes",
		]
	`);
	expect((await pageOf(compared())).copies).toBe('laketop compare models:/churn/5 models:/churn/7');
});

test('the marked versions in Korean, the oldest first', async () => {
	expect(await texts({ marks }, 'ko')).toMatchInlineSnapshot(`
		[
		  "                    버전 4           버전 5                  버전 7",
		  "",
		  "차이점",
		  "별칭                     -  @champion @운영             @challenger",
		  "스테이지          Archived       Production                       -",
		  "MLflow 실행  train 4 run-4    train 5 run-5           train 7 run-7",
		  "DAG                      -                -  ml_pipeline_end_to_end",
		  "DAG 실행                 -                -                  newest",
		  "작업                     -                -          model_registry",
		  "",
		  "메트릭 (최신 값)",
		  "f1_score            0.8800      0.8922 개선             0.8497 악화",
		  "log_loss            0.3600      0.3500 개선             0.3100 개선",
		  "drift                    -           0.0200                     NaN",
		  "rows                     -            11000                   12000",
		  "",
		  "다른 파라미터",
		  "max_depth                4                5                       7",
		  "같은 파라미터 1개",
		  "",
		  "다른 태그",
		  "owner                    -         데이터팀                       -",
		  "validated                -                -                     yes",
		]
	`);
});

test('on a narrow screen the columns are cut, and no line wraps', async () => {
	const room = { width: 76, height: 20 };
	const all = [version(2, { runId: null, aliases: ['x'.repeat(60)] }), version(1, { runId: null, stage: 'Archived' })];
	const lines = begun('compare-versions', {
		state: stateOf({ type: 'model versions fetched', versions: all }),
		clients: stubOf<Clients>({ airflow: null, ...mlflowWith(all, []) }),
		view: { focus: 'mlflow', browse: { ...browse, selected: 'churn/2' } },
		room,
	});
	for (const { text } of (await pageOf(lines)).lines) expect(text.length).toBeLessThanOrEqual(72);
});

test('a version is compared with the champion, the champion with the version before it', () => {
	const rival = (number: number) => {
		const one = versions.find(({ name, version: at }) => name === 'churn' && at === String(number));
		return one && rivalOf(one, versions)?.version;
	};
	expect([rival(7), rival(6), rival(5), rival(4)]).toEqual(['5', '5', '4', '5']);
	expect(rivalOf(version(1), [version(1)])).toBeNull();
});

test('a version that is alone cannot be compared', async () => {
	const alone = [version(1)];
	expect(await refusalOf(compared({ browse: { ...browse, selected: 'churn/1' } }, 'en', alone))).toMatchObject({
		refused: 'Mark two or more model versions first',
	});
});
