import type { Random } from '../random.ts';
import type { DagRun } from './airflow-state.ts';
import type { Stage } from './dag-catalogue.ts';

/** What one try of a pipeline stage does, in order: lines that it prints, and what it logs to MLflow. */
export type StoryAction =
	| { kind: 'say'; text: string }
	| { kind: 'metrics'; metrics: Record<string, number>; step: number }
	| { kind: 'params'; params: Record<string, string> }
	| { kind: 'register' };

/** A step takes an equal share of the task's time. */
export type StageStory = { steps: StoryAction[][]; end: StoryAction[]; returned: string };

/** The figures of one run: consistent with each other, and slowly drifting from run to run. */
export type RunFigures = ReturnType<typeof figuresOf>;

export function figuresOf(random: Random, run: DagRun) {
	const rows = typeof run.conf.rows === 'number' ? run.conf.rows : 10_000;
	const quality = random.between(0.931, 0.947);
	const clean = Math.round(rows * quality);
	const customers = Math.round(clean * random.between(0.0905, 0.0945));
	const drift = 0.005 * Math.sin(run.ordinal / 2.6) + 0.0006 * Math.min(run.ordinal, 20);
	const accuracy = Math.min(0.972, 0.924 + drift + random.between(-0.006, 0.006));
	const precision = accuracy - random.between(0.012, 0.03);
	const recall = accuracy - random.between(0.015, 0.035);
	return {
		rows,
		clean,
		repaired: Math.round(rows * random.between(0.104, 0.109)),
		customers,
		revenue: Math.round(customers * random.between(281_000, 287_000)),
		left: Math.round(customers * random.between(0.41, 0.445)),
		epochs: typeof run.conf.epochs === 'number' ? run.conf.epochs : 20,
		accuracy,
		precision,
		recall,
		f1Score: (2 * precision * recall) / (precision + recall),
		baseline: random.between(0.56, 0.6),
		lossFloor: random.between(0.158, 0.184),
	};
}

const number = (value: number): string => value.toLocaleString('en-US');
const fixed = (value: number): string => value.toFixed(4);

/** What the story of a stage is made from. */
type StoryContext = {
	readonly print: (text: string) => StoryAction;
	readonly metrics: (values: Record<string, number>, step?: number) => StoryAction;
	/** Folder of the DAG run in the container. */
	readonly folder: string;
	readonly figures: RunFigures;
	readonly random: Random;
};

export function storyOf(stage: Stage, figures: RunFigures, run: DagRun, random: Random): StageStory {
	return stories[stage.taskId]({
		print: text => ({ kind: 'say', text: `${stage.mark} ${text}` }),
		metrics: (values, step = 0) => ({ kind: 'metrics', metrics: values, step }),
		folder: `/opt/airflow/logs/lakehouse/${run.runId}`,
		figures,
		random,
	});
}

const stories: Readonly<Record<Stage['taskId'], (context: StoryContext) => StageStory>> = {
	raw_to_bronze: rawToBronze,
	bronze_to_silver: bronzeToSilver,
	silver_to_gold: silverToGold,
	feature_engineering: featureEngineering,
	model_training: modelTraining,
	model_evaluation: modelEvaluation,
	model_registry: modelRegistry,
};

function rawToBronze({ print, metrics, folder, figures }: StoryContext): StageStory {
	const { rows } = figures;
	return {
		steps: [
			...[1, 2, 3, 4, 5].map(part => [print(`[${part}/6] ${Math.round((rows * part) / 5)}/${rows} rows received`)]),
			[
				metrics({ rows_ingested: rows, bytes_written: Math.round(rows * 53.67) }),
				print(`[6/6] written to ${folder}/bronze.csv`),
			],
		],
		end: [print(`${rows} rows ingested (원본 데이터 ${rows}건 수집 완료)`)],
		returned: `{'rows_ingested': ${rows}}`,
	};
}

function bronzeToSilver({ print, metrics, folder, figures }: StoryContext): StageStory {
	const { rows, clean, repaired } = figures;
	const rejected = rows - clean;
	const score = clean / rows;
	return {
		steps: [
			...[1, 2, 3, 4, 5].map(part => [
				print(
					`[${part}/6] ${Math.round((rows * part) / 5)}/${rows} rows checked, ${Math.round((clean * part) / 5)} usable`,
				),
			]),
			[
				metrics({ quality_score: score, rows_clean: clean, rows_repaired: repaired, rows_rejected: rejected }),
				print(`[6/6] written to ${folder}/silver.csv`),
			],
		],
		end: [
			print(`rejected, delivered twice: ${Math.round(rejected * 0.46)}`),
			print(`rejected, no amount: ${Math.round(rejected * 0.24)}`),
			print(`quality score ${fixed(score)}: ${repaired} rows repaired, ${rejected} rejected (데이터 정제 완료)`),
		],
		returned: `{'rows_clean': ${clean}, 'quality_score': ${score}}`,
	};
}

function silverToGold({ print, metrics, folder, figures }: StoryContext): StageStory {
	const { clean, customers, revenue, left } = figures;
	return {
		steps: [
			[print(`[1/3] ${clean} orders read`)],
			[print(`[2/3] ${customers} customers, ₩${number(revenue)} revenue`)],
			[metrics({ customers, revenue, left_share: left / customers }), print(`[3/3] written to ${folder}/gold.csv`)],
		],
		end: [
			print(`tier gold (from ₩500,000): ${Math.round(customers * 0.11)}`),
			print(`tier silver (from ₩200,000): ${Math.round(customers * 0.34)}`),
			print(`${left} of ${customers} customers left (비즈니스 규칙 적용 완료)`),
		],
		returned: `{'customers': ${customers}, 'left': ${left}}`,
	};
}

function featureEngineering({ print, metrics, folder, figures }: StoryContext): StageStory {
	const { customers } = figures;
	const [train, validation] = [Math.round(customers * 0.7), Math.round(customers * 0.1)];
	const test = customers - train - validation;
	return {
		steps: [
			[print(`[1/3] ${customers} customers read`)],
			[
				print(
					'[2/3] 8 features: log_orders, log_recent_orders, log_revenue, first_order_days_ago, last_order_days_ago, silence_in_gaps, app_share, returned_share',
				),
			],
			[
				metrics({ features: 8, rows_train: train, rows_validation: validation, rows_test: test }),
				print(`[3/3] written to ${folder}/features.json`),
			],
		],
		end: [print(`${train} training rows, ${test} test rows (특성 생성 완료)`)],
		returned: `{'features': 8, 'rows_train': ${train}, 'rows_validation': ${validation}, 'rows_test': ${test}}`,
	};
}

function modelTraining({ print, metrics, figures, random }: StoryContext): StageStory {
	const { epochs } = figures;
	const curve = Array.from({ length: epochs }, (_, index) => {
		const decay = Math.exp(-index / 4.2);
		return {
			loss: figures.lossFloor + 0.36 * decay + random.between(0, 0.004),
			val_loss: figures.lossFloor + 0.028 + 0.31 * decay + random.between(-0.005, 0.006),
			val_accuracy: figures.accuracy - 0.006 - 0.12 * decay + random.between(-0.003, 0.003),
		};
	});
	const last = curve.at(-1);
	return {
		steps: curve.map((point, index) => [
			metrics(point, index + 1),
			print(
				`[${index + 1}/${epochs}] loss=${fixed(point.loss)} val_loss=${fixed(point.val_loss)} val_accuracy=${fixed(point.val_accuracy)}`,
			),
		]),
		end: [print(`trained for ${epochs} epochs, loss ${fixed(last?.loss ?? 0)} (모델 학습 완료)`)],
		returned: `{'loss': ${last?.loss}, 'val_loss': ${last?.val_loss}, 'val_accuracy': ${last?.val_accuracy}}`,
	};
}

function modelEvaluation({ print, metrics, figures }: StoryContext): StageStory {
	const { customers } = figures;
	const { accuracy, precision, recall, f1Score, baseline } = figures;
	return {
		steps: [
			[print(`[1/2] ${customers - Math.round(customers * 0.8)} customers in the test set`)],
			[
				metrics({ accuracy, precision, recall, f1_score: f1Score, baseline_accuracy: baseline }),
				print(
					`[2/2] accuracy=${fixed(accuracy)} precision=${fixed(precision)} recall=${fixed(recall)} f1_score=${fixed(f1Score)} baseline_accuracy=${fixed(baseline)}`,
				),
			],
		],
		end: [
			print(`accuracy ${fixed(accuracy)} (baseline ${fixed(baseline)}), f1_score ${fixed(f1Score)} (모델 평가 완료)`),
		],
		returned: `{'accuracy': ${accuracy}, 'f1_score': ${f1Score}}`,
	};
}

function modelRegistry({ print, metrics, figures }: StoryContext): StageStory {
	return {
		steps: [
			[print('[1/2] model of the training run read')],
			[{ kind: 'register' }, metrics({ accuracy: figures.accuracy, f1_score: figures.f1Score })],
		],
		end: [],
		returned: "{'model_name': 'lakehouse_model'}",
	};
}

/** Parameters that the stage logs before it starts. */
export function paramsOf(stage: Stage, figures: RunFigures): Record<string, string> {
	return {
		layer: stage.layer,
		transformation: stage.transformation,
		...(stage.layer === 'model' ? { model_type: 'logistic_regression' } : {}),
		...(stage.taskId === 'model_training'
			? { epochs: String(figures.epochs), learning_rate: '0.004', l2: '0.001' }
			: {}),
	};
}
