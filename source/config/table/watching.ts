import * as z from 'zod/mini';
import { guideExperiment } from '../../model/mlflow/experiment.ts';
import { about, address, id, number, text } from '../fields.ts';
import { option } from '../option.ts';

/** What of the stack is watched, and how. */
export const watchingOptions = {
	dag: option(id, {
		meaning: [
			'DAG to show first, and the one for commands that name none. Default: ml_pipeline_end_to_end if Airflow has it, otherwise the DAG with the newest run. Commands that modify something never choose that one by themselves.',
			'처음 보여 주고, DAG를 지정하지 않은 명령이 사용하는 DAG. 기본값: Airflow에 ml_pipeline_end_to_end가 있으면 그것, 없으면 가장 최근에 실행된 DAG. 변경하는 명령은 가장 최근에 실행된 DAG를 스스로 고르지 않습니다.',
		],
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
		meaning: [
			`MLflow experiment to show. Default: ${guideExperiment} if MLflow has it, otherwise the experiment with the newest run.`,
			`보여 줄 MLflow 실험. 기본값: MLflow에 ${guideExperiment}이 있으면 그것, 없으면 가장 최근에 실행된 실험.`,
		],
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
				name: text.check(about('Name on the screen.')),
				url: address.check(about('Address of the page.')),
			}),
		),
		{
			meaning: [
				'Web pages to check in addition to the discovered ones.',
				'자동으로 찾은 페이지 외에 더 점검할 웹 페이지.',
			],
			examples: [[{ name: 'Grafana', url: 'http://localhost:3000' }]],
			isOfStack: true,
		},
	),
	read_only: option(z.boolean(), {
		meaning: ['Disable every key and command that modifies something.', '변경하는 키와 명령을 모두 비활성화합니다.'],
		default: false,
		flag: {
			name: 'read-only',
			help: ['Disable every action that modifies something', '변경하는 동작을 모두 비활성화'],
		},
	}),
	stats_interval: option(number(1, 60), {
		meaning: ['Interval of CPU and memory samples, in seconds, from 1 to 60.', 'CPU와 메모리 측정 간격(초), 1에서 60.'],
		default: 2,
		variableHelp: [
			'Interval of CPU and memory samples in seconds (default: 2)',
			'CPU와 메모리 측정 간격(초, 기본값: 2)',
		],
	}),
};
