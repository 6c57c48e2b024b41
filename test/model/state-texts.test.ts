import { expect, test } from 'vitest';
import { containerEndText, containerStateText, healthText, taskStateText } from '../../source/model/state-texts.ts';
import { render } from '../../source/words/message.ts';

test.each([
	[taskStateText('up_for_retry'), 'up_for_retry', '재시도 대기'],
	[taskStateText('brand{new}'), 'brand{new}', 'brand{new}'],
	[healthText('healthy'), 'healthy', '정상'],
	[healthText('unhealthy'), 'unhealthy', '비정상'],
	[healthText('degraded'), 'degraded', 'degraded'],
	[containerStateText({ state: 'paused' }), 'paused', '일시 중지됨'],
	[containerStateText({ state: 'running', health: 'unhealthy' }), 'running, unhealthy', '실행 중, 비정상'],
	[containerEndText({ state: 'exited', health: 'none', exitCode: 137 }), 'exited (137)', '종료됨(137)'],
	[containerEndText({ state: 'running', health: 'healthy', exitCode: 0 }), 'running, healthy', '실행 중, 정상'],
])('%# a state in both languages', (message, english, korean) => {
	expect(render(message, 'en')).toBe(english);
	expect(render(message, 'ko')).toBe(korean);
});
