import * as z from 'zod/mini';
import type { Text } from '../../words/language.ts';
import { address, secret, text } from '../fields.ts';
import { group, option } from '../option.ts';
import { commandFor, fileWith, tokenCommandFor } from './secret-sources.ts';

// Options with the same text share a line of the help.
const airflowLogin: Text = [
	'Airflow login (default: the one the stack was set up with, otherwise admin/admin)',
	'Airflow 로그인(기본값: 스택을 처음 설정할 때 만든 사용자, 없으면 admin/admin)',
];

export const airflowOptions = group(
	'Address and login of Airflow.',
	{
		url: option(address, {
			examples: ['http://localhost:8082'],
			flag: {
				name: 'airflow-url',
				value: { name: 'URL', kind: 'address' },
				help: [
					'Airflow webserver (default: discovered from its published port)',
					'Airflow 웹 서버(기본값: 게시된 포트에서 찾음)',
				],
			},
			discovered: true,
			namesStack: true,
			isPlace: true,
			isOfProject: true,
			risk: 'servers',
		}),
		username: option(text, {
			default: 'admin',
			variableHelp: airflowLogin,
		}),
		password: option(secret, {
			default: 'admin',
			variableHelp: airflowLogin,
			secret: 'value',
			slot: 'airflow.password',
		}),
		password_file: fileWith('airflow.password'),
		password_command: commandFor('airflow.password', 'pass show airflow'),
		token: option(secret, {
			variableHelp: airflowLogin,
			secret: 'value',
			slot: 'airflow.token',
		}),
		token_file: fileWith('airflow.token'),
		token_command: tokenCommandFor('airflow.token', 'gcloud auth print-access-token'),
		keep_session: option(z.boolean(), {
			default: true,
			variableHelp: [
				'Keep the Airflow session for the next command (default: true)',
				'다음 명령을 위해 Airflow 세션 유지(기본값: true)',
			],
		}),
	},
	{ isOfStack: true },
);
