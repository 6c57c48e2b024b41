import { expect, test } from 'vitest';
import type { Clients } from '../../../source/clients/clients.ts';
import type { ModelVersion } from '../../../source/model/mlflow/experiment.ts';
import { actionsFor } from '../../../source/ui/actions/table.ts';
import type { Language } from '../../../source/words/language.ts';
import { stateOf } from '../../diagnosis/stack.ts';
import { mlflowWith, runOf, runs, version, versions } from '../../given/registry.ts';
import { begun, type GivenContext, pageOf } from '../../given/step-context.ts';
import { stubOf } from '../../given/stub.ts';
import { inUtc } from '../../in-utc.ts';

inUtc();

const listed = (all: readonly ModelVersion[] = versions) =>
	stateOf({ type: 'model versions fetched', versions: [...all] });
const list = { kind: 'model-versions' as const, filter: '', sort: null, state: null, back: null };

/** The page of the version that is selected in the list. */
const pageFor = (selected: string, { language, ...more }: GivenContext & { readonly language?: Language } = {}) =>
	pageOf(
		begun('open-version', {
			...{ state: listed(), clients: stubOf<Clients>({ airflow: null, ...mlflowWith() }), ...more },
			...(language === undefined ? {} : { language }),
			view: { focus: 'mlflow', browse: { ...list, selected } },
		}),
	);
const textsOf = async (...asked: Parameters<typeof pageFor>) => (await pageFor(...asked)).lines.map(({ text }) => text);

test('what made it, each metric against the champion and over the versions, its tags, and the other versions', async () => {
	expect(await textsOf('churn/7')).toMatchInlineSnapshot(`
		[
		  "✔ ready, registered 11:03:21",
		  "Aliases     @challenger",
		  "MLflow run  train 7 run-7",
		  "DAG run     ml_pipeline_end_to_end newest",
		  "Task        model_registry",
		  "",
		  "Metrics against the champion, version 5 (@champion)",
		  "          this version  champion          all versions, newest right",
		  "f1_score        0.8497    0.8922  worse   ▆█ ▁",
		  "log_loss        0.3100    0.3500  better  █▇ ▁",
		  "rows             12000     11000           ▁ █",
		  "drift              NaN    0.0200           ▅",
		  "",
		  "Tags",
		  "validated  yes",
		  "",
		  "Versions",
		  "▸ 7  11:03  @challenger                 ✔ ready",
		  "  6  10:03                              ✖ failed registration",
		  "  5  09:03  @champion @운영 Production  ✔ ready",
		  "  4  08:03  Archived                    ✔ ready",
		]
	`);
});

test('the same in Korean', async () => {
	expect(await textsOf('churn/7', { language: 'ko' })).toMatchInlineSnapshot(`
		[
		  "✔ 사용 가능, 등록 11:03:21",
		  "별칭         @challenger",
		  "MLflow 실행  train 7 run-7",
		  "DAG 실행     ml_pipeline_end_to_end newest",
		  "작업         model_registry",
		  "",
		  "챔피언 버전 5(@champion) 대비 메트릭",
		  "          이 버전  챔피언        전체 버전, 오른쪽이 최신",
		  "f1_score   0.8497  0.8922  악화  ▆█ ▁",
		  "log_loss   0.3100  0.3500  개선  █▇ ▁",
		  "rows        12000   11000         ▁ █",
		  "drift         NaN  0.0200         ▅",
		  "",
		  "태그",
		  "validated  yes",
		  "",
		  "버전",
		  "▸ 7  11:03  @challenger                 ✔ 사용 가능",
		  "  6  10:03                              ✖ 등록 실패",
		  "  5  09:03  @champion @운영 Production  ✔ 사용 가능",
		  "  4  08:03  Archived                    ✔ 사용 가능",
		]
	`);
});

test('the champion has its own metrics, and a version without a run has none', async () => {
	const champion = await textsOf('churn/5');
	expect(champion).toContain('Metrics of the champion (@champion)');
	expect(champion).toContain('Aliases     @champion @운영');
	expect(champion.find(text => text.startsWith('f1_score'))).toMatch(/^f1_score\s+0\.8922 {2}▆█ ▁$/);
	const other = await pageFor('이탈 예측 모델/2');
	expect(other.title).toBe('Model version 이탈 예측 모델 2');
	expect(other.lines[0]).toMatchObject({ text: expect.stringMatching(/^● pending registration, /), tone: 'active' });
	expect(other.lines.map(({ text }) => text).join('\n')).not.toContain('Metrics');
	expect((await pageFor('churn/6')).lines[0]).toMatchObject({
		text: expect.stringMatching(/^✖ failed registration/),
		tone: 'bad',
	});
});

test('a version that is older than the newest twenty and has no alias', async () => {
	const many = Array.from({ length: 45 }, (_, index) => version(45 - index));
	const clients = stubOf<Clients>({ airflow: null, ...mlflowWith(many, [runOf(3, { figures: { f1_score: 0.5 } })]) });
	const shown = await textsOf('churn/3', { state: listed(many), clients });
	expect(shown[0]).toMatch(/^✔ ready, registered /);
	expect(shown.find(text => text.startsWith('f1_score'))).toContain('0.5');
	expect(shown.at(-1)).toMatch(/^▸ 3 /);
});

test('a version that MLflow no longer has says so', async () => {
	const clients = stubOf<Clients>({ airflow: null, ...mlflowWith(versions.slice(1)) });
	expect(await textsOf('churn/7', { clients })).toEqual(['MLflow no longer has it']);
});

test('its keys lead to what made it and edit it; read-only mode does not edit', async () => {
	const keysOf = async (...asked: Parameters<typeof pageFor>) => (await pageFor(...asked)).leads?.map(({ key }) => key);
	expect(await keysOf('churn/7')).toEqual(['2', 'l', '4', ',', 'm']);
	expect(await keysOf('churn/7', { actions: actionsFor({ readOnly: true }) })).toEqual(['2', 'l', '4', ',']);
	// No tag names its task.
	expect(await keysOf('churn/5')).toEqual(['4', ',', 'm']);
	expect(await keysOf('churn/6')).toEqual([',', 'm']);
	expect((await pageFor('churn/5')).copies).toBe('models:/churn/5');
	expect(runs).toHaveLength(3);
});
