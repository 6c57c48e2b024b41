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
	'Notifications of new findings while the screen is open.',
	{
		bell: option(z.boolean(), {
			default: false,
			variableHelp: notifications,
		}),
		desktop: option(z.enum(desktopMethods), {
			default: 'off',
			variableHelp: notifications,
		}),
		command: option(secret, {
			examples: ['mail -s "$LAKETOP_NOTICE_TITLE" ops@example.com'],
			variableHelp: notifications,
			secret: 'command',
			risk: 'command',
		}),
		webhook: option(address, {
			examples: ['https://chat.example.com/hooks/mlops'],
			variableHelp: notifications,
			secret: 'value',
			risk: 'webhook',
		}),
		severity: option(z.enum(alarmingSeverities), {
			default: 'critical',
			variableHelp: notifications,
		}),
		every: option(number(0, 86_400), {
			default: 60,
			variableHelp: notifications,
		}),
		quiet: option(
			textThat(
				text => quietHours(text) !== null,
				['not a time span; write it as 22:00-07:00', '시간대가 아닙니다. 22:00-07:00 형식으로 쓰세요'],
			),
			{
				examples: ['22:00-07:00'],
				variableHelp: notifications,
			},
		),
	},
	{ isOfStack: true },
);
