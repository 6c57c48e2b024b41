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
	['Address and login of Airflow.', 'Airflow의 주소와 로그인.'],
	{
		url: option(address, {
			meaning: [
				'Airflow webserver. Default: discovered from its published port.',
				'Airflow 웹 서버. 기본값: 게시된 포트에서 찾음.',
			],
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
			meaning: [
				'User of Airflow. Default: the user that the environment of a container of the stack, or its Compose file, has Airflow create (_AIRFLOW_WWW_USER_USERNAME and _AIRFLOW_WWW_USER_PASSWORD), otherwise admin. That login is only sent to the published port of the same stack.',
				'Airflow 사용자. 기본값: 스택의 컨테이너 환경 변수나 Compose 파일에서 Airflow가 만들도록 지정한 사용자(_AIRFLOW_WWW_USER_USERNAME, _AIRFLOW_WWW_USER_PASSWORD), 없으면 admin. 이 로그인은 같은 스택에서 게시된 포트로만 보냅니다.',
			],
			default: 'admin',
			variableHelp: airflowLogin,
		}),
		password: option(secret, {
			meaning: [
				'Password of the Airflow user. A file or a command is safer.',
				'Airflow 사용자의 비밀번호. 파일이나 명령이 더 안전합니다.',
			],
			default: 'admin',
			variableHelp: airflowLogin,
			secret: 'value',
			slot: 'airflow.password',
		}),
		password_file: fileWith('airflow.password', ['the password', '비밀번호']),
		password_command: commandFor('airflow.password', 'pass show airflow'),
		token: option(secret, {
			meaning: [
				'Token used instead of user and password, as managed Airflow requires. A text NAME=VALUE is sent as a cookie. A file or a command is safer.',
				'사용자와 비밀번호 대신 쓰는 토큰으로, 관리형 Airflow에 필요합니다. NAME=VALUE 형식의 토큰은 쿠키로 보냅니다. 파일이나 명령이 더 안전합니다.',
			],
			variableHelp: airflowLogin,
			secret: 'value',
			slot: 'airflow.token',
		}),
		token_file: fileWith('airflow.token', ['the token', '토큰']),
		token_command: tokenCommandFor('airflow.token', 'gcloud auth print-access-token'),
		keep_session: option(z.boolean(), {
			meaning: [
				'Keep the login session for the next command, in a file that only you can read ($XDG_RUNTIME_DIR/laketop, otherwise ~/.local/state/laketop). Otherwise every command logs in. More than five logins within 40s lock out everyone at the same address.',
				'로그인 세션을 다음 명령을 위해 본인만 읽을 수 있는 파일($XDG_RUNTIME_DIR/laketop, 없으면 ~/.local/state/laketop)에 보관합니다. 끄면 명령마다 로그인합니다. 40초 안에 로그인이 5번을 넘으면 같은 주소의 모든 사용자가 잠깁니다.',
			],
			default: true,
			variableHelp: [
				'Keep the Airflow session for the next command (default: true)',
				'다음 명령을 위해 Airflow 세션 유지(기본값: true)',
			],
		}),
	},
	{ isOfStack: true },
);
