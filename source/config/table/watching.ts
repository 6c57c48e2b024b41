import * as z from 'zod/mini';
import { guideExperiment } from '../../model/mlflow/experiment.ts';
import { about, address, id, number, text } from '../fields.ts';
import { option } from '../option.ts';

/** What of the stack is watched, and how. */
export const watchingOptions = {
	dag: option(id, {
		default: 'ml_pipeline_end_to_end',
		flag: {
			name: 'dag',
			value: { name: 'ID', kind: 'dag' },
			help: [
				'DAG shown first and used by default (default: ml_pipeline_end_to_end, otherwise the DAG with the newest run)',
				'처음 보여 주고 기본으로 쓰는 DAG(기본값: ml_pipeline_end_to_end, 없으면 가장 최근에 실행된 DAG)',
			],
		},
		isOfStack: true,
	}),
	experiment: option(id, {
		default: guideExperiment,
		flag: {
			name: 'experiment',
			value: { name: 'NAME', kind: 'experiment' },
			help: [
				`MLflow experiment (default: ${guideExperiment}, otherwise the one with the newest run)`,
				`MLflow 실험(기본값: ${guideExperiment}, 없으면 가장 최근에 실행된 실험)`,
			],
		},
		namesStack: true,
		isOfStack: true,
	}),
	pages: option(
		z.array(
			z.strictObject({
				name: text.check(about({ description: 'Name on the screen.' })),
				url: address.check(about({ description: 'Address of the page.' })),
			}),
		),
		{
			examples: [[{ name: 'Grafana', url: 'http://localhost:3000' }]],
			isOfStack: true,
		},
	),
	read_only: option(z.boolean(), {
		default: false,
		flag: {
			name: 'read-only',
			help: ['Disable every action that modifies something', '변경하는 동작을 모두 비활성화'],
		},
	}),
	stats_interval: option(number(1, 60), {
		default: 2,
		variableHelp: [
			'Interval of CPU and memory samples in seconds (default: 2)',
			'CPU와 메모리 측정 간격(초, 기본값: 2)',
		],
	}),
};
