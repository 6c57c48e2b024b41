import type { Text } from '../../words/language.ts';
import { address, number, secret, text } from '../fields.ts';
import { group, option } from '../option.ts';
import { commandFor, fileWith, tokenCommandFor } from './secret-sources.ts';

// Options with the same text share a line of the help.
const mlflowLogin: Text = ['MLflow login, if required', 'MLflow 로그인(필요한 경우)'];

export const mlflowOptions = group(
	'Address and login of MLflow.',
	{
		url: option(address, {
			examples: ['http://localhost:5000'],
			flag: {
				name: 'mlflow-url',
				value: { name: 'URL', kind: 'address' },
				help: [
					'MLflow server (default: discovered from its published port)',
					'MLflow 서버(기본값: 게시된 포트에서 찾음)',
				],
			},
			// Other schemes (file:, databricks, sqlite:) are no server that laketop can watch.
			foreign: { name: 'MLFLOW_TRACKING_URI', takes: (value: string) => /^https?:\/\//.test(value) },
			discovered: true,
			namesStack: true,
			isPlace: true,
			isOfProject: true,
			risk: 'servers',
		}),
		username: option(text, {
			variableHelp: mlflowLogin,
			foreign: { name: 'MLFLOW_TRACKING_USERNAME' },
		}),
		password: option(secret, {
			variableHelp: mlflowLogin,
			foreign: { name: 'MLFLOW_TRACKING_PASSWORD' },
			secret: 'value',
			slot: 'mlflow.password',
		}),
		password_file: fileWith('mlflow.password'),
		password_command: commandFor('mlflow.password', 'pass show mlflow'),
		token: option(secret, {
			variableHelp: mlflowLogin,
			foreign: { name: 'MLFLOW_TRACKING_TOKEN' },
			secret: 'value',
			slot: 'mlflow.token',
		}),
		token_file: fileWith('mlflow.token'),
		token_command: tokenCommandFor('mlflow.token', 'pass show mlflow-token'),
		series_tag: option(text, {
			examples: ['model_family'],
			variableHelp: ['Tag that groups MLflow runs into one history', 'MLflow 실행을 하나의 추이로 묶는 태그'],
		}),
		champion_margin: option(number(0, 1), {
			default: 0.1,
			variableHelp: [
				'Share by which the newest model version may be worse than the champion (0.1)',
				'최신 모델 버전이 챔피언보다 나빠도 되는 비율(0.1)',
			],
		}),
	},
	{ isOfStack: true },
);
