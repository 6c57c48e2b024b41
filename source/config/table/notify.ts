import * as z from 'zod/mini';
import { alarmingSeverities } from '../../model/finding.ts';
import { desktopMethods } from '../../model/settings/notify-settings.ts';
import { quietHours } from '../../model/settings/quiet-hours.ts';
import type { Text } from '../../words/language.ts';
import { address, number, secret, textThat } from '../fields.ts';
import { group, option } from '../option.ts';

// Options with the same text share a line of the help.
const notifications: Text = [
	'Notifications of new findings while the screen is open',
	'화면이 열려 있는 동안 새 문제에 대한 알림',
];

export const notifyOptions = group(
	[`${notifications[0]}.`, `${notifications[1]}.`],
	{
		bell: option(z.boolean(), {
			meaning: ['Ring the terminal bell.', '터미널 벨을 울립니다.'],
			default: false,
			variableHelp: notifications,
		}),
		desktop: option(z.enum(desktopMethods), {
			meaning: [
				'Desktop notification by the terminal, also over ssh: osc9 (iTerm2, Windows Terminal, kitty) or osc777 (urxvt, VTE, foot, Ghostty).',
				'터미널이 보내는 데스크톱 알림이며 ssh에서도 동작합니다: osc9(iTerm2, Windows Terminal, kitty) 또는 osc777(urxvt, VTE, foot, Ghostty).',
			],
			default: 'off',
			variableHelp: notifications,
		}),
		command: option(secret, {
			meaning: [
				'Shell command to run. Its environment has LAKETOP_NOTICE_TITLE and LAKETOP_NOTICE; its standard input is the notification as JSON. It runs only from a trusted config file (see Trust in docs/configuration.md).',
				'실행할 셸 명령. 환경 변수 LAKETOP_NOTICE_TITLE과 LAKETOP_NOTICE를 받고, 표준 입력으로 알림을 JSON으로 받습니다. 신뢰하는 설정 파일에서만 실행됩니다(docs/configuration.ko.md의 ‘신뢰’ 참고).',
			],
			examples: ['mail -s "$LAKETOP_NOTICE_TITLE" ops@example.com'],
			variableHelp: notifications,
			secret: 'command',
			risk: 'command',
		}),
		webhook: option(address, {
			meaning: [
				'Address that receives the notification as JSON by POST. Chat servers show its field `text`.',
				'알림을 JSON으로 POST할 주소. 채팅 서버는 필드 `text`를 보여 줍니다.',
			],
			examples: ['https://chat.example.com/hooks/mlops'],
			variableHelp: notifications,
			secret: 'value',
			risk: 'webhook',
		}),
		severity: option(z.enum(alarmingSeverities), {
			meaning: [
				'Lowest severity that sends a notification: warning or critical.',
				'알림을 보낼 가장 낮은 심각도: warning 또는 critical.',
			],
			default: 'critical',
			variableHelp: notifications,
		}),
		every: option(number(0, 86_400), {
			meaning: ['Minimum interval between two notifications, in seconds.', '알림 사이의 최소 간격(초).'],
			default: 60,
			variableHelp: notifications,
		}),
		quiet: option(
			textThat(
				text => quietHours(text) !== null,
				['not a time span; write it as 22:00-07:00', '시간대가 아닙니다. 22:00-07:00 형식으로 쓰세요'],
			),
			{
				meaning: [
					'Quiet hours in local time, without notifications. Findings that still exist at their end are notified then.',
					'알림을 보내지 않는 시간대(현지 시각). 이 시간이 끝났을 때 남아 있는 문제는 그때 알립니다.',
				],
				examples: ['22:00-07:00'],
				variableHelp: notifications,
			},
		),
	},
	{ isOfStack: true },
);
