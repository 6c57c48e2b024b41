import type { Text } from '../../words/language.ts';
import { address, number, secret, text } from '../fields.ts';
import { group, option } from '../option.ts';
import { commandFor, fileWith, tokenCommandFor } from './secret-sources.ts';

// Options with the same text share a line of the help.
const mlflowLogin: Text = ['MLflow login, if required', 'MLflow 로그인(필요한 경우)'];

export const mlflowOptions = group(
	['Address and login of MLflow.', 'MLflow의 주소와 로그인.'],
	{
		url: option(address, {
			meaning: [
				'MLflow server. Default: discovered from its published port.',
				'MLflow 서버. 기본값: 게시된 포트에서 찾음.',
			],
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
			meaning: ['User of MLflow, if it requires a login.', 'MLflow 사용자(로그인이 필요한 경우).'],
			variableHelp: mlflowLogin,
			foreign: { name: 'MLFLOW_TRACKING_USERNAME' },
		}),
		password: option(secret, {
			meaning: [
				'Password of the MLflow user. A file or a command is safer.',
				'MLflow 사용자의 비밀번호. 파일이나 명령이 더 안전합니다.',
			],
			variableHelp: mlflowLogin,
			foreign: { name: 'MLFLOW_TRACKING_PASSWORD' },
			secret: 'value',
			slot: 'mlflow.password',
		}),
		password_file: fileWith('mlflow.password', ['the password', '비밀번호']),
		password_command: commandFor('mlflow.password', 'pass show mlflow'),
		token: option(secret, {
			meaning: [
				'Token used instead of user and password. A file or a command is safer.',
				'사용자와 비밀번호 대신 쓰는 토큰. 파일이나 명령이 더 안전합니다.',
			],
			variableHelp: mlflowLogin,
			foreign: { name: 'MLFLOW_TRACKING_TOKEN' },
			secret: 'value',
			slot: 'mlflow.token',
		}),
		token_file: fileWith('mlflow.token', ['the token', '토큰']),
		token_command: tokenCommandFor('mlflow.token', 'pass show mlflow-token'),
		series_tag: option(text, {
			meaning: [
				'Tag whose value groups MLflow runs into one history. Default: runs of the same name. Runs whose names occur once form one history.',
				'이 태그의 값이 같은 MLflow 실행을 하나의 추이로 묶습니다. 기본값: 이름이 같은 실행끼리. 이름이 한 번씩만 나오는 실행들은 모두 하나의 추이가 됩니다.',
			],
			examples: ['model_family'],
			variableHelp: ['Tag that groups MLflow runs into one history', 'MLflow 실행을 하나의 추이로 묶는 태그'],
		}),
		champion_margin: option(number(0, 1), {
			meaning: [
				'Share of a metric by which the newest version of a model may be worse than its champion, from 0 to 1. A finding reports more, unless the versions vary that much.',
				'모델의 최신 버전이 챔피언보다 나빠도 되는 메트릭의 비율, 0에서 1. 더 나쁘면 문제로 알립니다. 버전마다 원래 그만큼 다르면 알리지 않습니다.',
			],
			default: 0.1,
			variableHelp: [
				'Share by which the newest model version may be worse than the champion (0.1)',
				'최신 모델 버전이 챔피언보다 나빠도 되는 비율(0.1)',
			],
		}),
	},
	{ isOfStack: true },
);
