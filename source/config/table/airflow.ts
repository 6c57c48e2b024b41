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
			meaning: 'Airflow webserver. Default: discovered from its published port.',
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
			meaning:
				'User of Airflow. Default: the user that the environment of a container of the stack, or its Compose file, has Airflow create (_AIRFLOW_WWW_USER_USERNAME and _AIRFLOW_WWW_USER_PASSWORD), otherwise admin. That login is only sent to the published port of the same stack.',
			default: 'admin',
			variableHelp: airflowLogin,
		}),
		password: option(secret, {
			meaning: 'Password of the Airflow user. A file or a command is safer.',
			default: 'admin',
			variableHelp: airflowLogin,
			secret: 'value',
			slot: 'airflow.password',
		}),
		password_file: fileWith('the password', 'airflow.password'),
		password_command: commandFor('the password', 'airflow.password', 'pass show airflow'),
		token: option(secret, {
			meaning:
				'Token used instead of user and password, as managed Airflow requires. A text NAME=VALUE is sent as a cookie. A file or a command is safer.',
			variableHelp: airflowLogin,
			secret: 'value',
			slot: 'airflow.token',
		}),
		token_file: fileWith('the token', 'airflow.token'),
		token_command: tokenCommandFor('airflow.token', 'gcloud auth print-access-token'),
		keep_session: option(z.boolean(), {
			meaning:
				'Keep the login session for the next command, in a file that only you can read ($XDG_RUNTIME_DIR/laketop, otherwise ~/.local/state/laketop). Otherwise every command logs in. More than five logins within 40s lock out everyone at the same address.',
			default: true,
			variableHelp: [
				'Keep the Airflow session for the next command (default: true)',
				'다음 명령을 위해 Airflow 세션 유지(기본값: true)',
			],
		}),
	},
	{ isOfStack: true },
);
