import type { CommandRow } from '../../command-line/rows/command-row.ts';
import { json, toFile } from '../../command-line/rows/shared-options.ts';

export const artifactsRow: CommandRow = {
	name: 'artifacts',
	group: 'look',
	summary: [
		'List the artifacts of an MLflow run, show a text file or an image, or save any file',
		'MLflow 실행의 아티팩트 목록 보기, 텍스트 파일과 이미지 보기, 파일 저장',
	],
	arguments: [
		{
			name: 'RUN',
			kind: 'mlflow-run',
			required: true,
			help: ['MLflow run (ID or name)', 'MLflow 실행(ID 또는 이름)'],
		},
		{
			name: 'PATH',
			kind: 'text',
			help: [
				'Folder to list, text file to print, or image to show on a terminal (default: all artifacts)',
				'목록을 볼 폴더, 출력할 텍스트 파일, 터미널에 표시할 이미지(기본값: 모든 아티팩트)',
			],
		},
	],
	options: [...toFile, json],
	json: 'artifacts',
	examples: [
		{
			line: 'laketop artifacts model_training',
			does: [
				'List the artifacts of the newest MLflow run of this name',
				'이 이름의 가장 최근 MLflow 실행의 아티팩트 목록',
			],
		},
		{
			line: 'laketop artifacts model_training model/model.json --output model.json',
			does: ['Save one file', '파일 하나 저장'],
		},
		{
			line: 'laketop artifacts model_training plots/confusion_matrix.png',
			does: ['Show an image on the terminal', '터미널에 이미지 보기'],
		},
	],
	load: () => import('./artifacts.ts'),
};
