import { filled, joined, type Message, phrase } from '../words/message.ts';
import { taskStateLook } from './airflow/task-state.ts';
import { serviceLook } from './engine/health-symbol.ts';

/** States as parts of messages: in English the server's own word, in Korean the word of the screen. */

const said = (state: string, korean: string): Message => filled(['{state}', '{korean}'], { state, korean });

/** The state of a task or DAG run. */
export function taskStateText(state: string): Message {
	return said(state, taskStateLook(state).word[1]);
}

/** The state of a container, and its health where it has a health check: `running, healthy`. */
export function containerStateText({ state, health = 'none' }: { state: string; health?: string }): Message {
	const ofState = said(
		state,
		serviceLook({ container: { state, health: 'none' }, detail: null, isJob: false }).word[1],
	);
	if (health === 'none') return ofState;
	const [, korean] = serviceLook({ container: { state: 'running', health }, detail: null, isJob: false }).word;
	return joined([ofState, said(health, korean)], ', ');
}

/** What a health page says of a part of its server: `healthy`, `unhealthy`, or a newer word. */
export function healthText(status: string): Message {
	const known = status === 'healthy' || status === 'unhealthy';
	if (!known) return said(status, status);
	return said(
		status,
		serviceLook({ container: { state: 'running', health: status }, detail: null, isJob: false }).word[1],
	);
}

/** The same of an inspected container, which may have exited with a code: `exited (137)`. */
export function containerEndText({
	state,
	health,
	exitCode,
}: {
	state: string;
	health: string;
	exitCode: number;
}): Message {
	if (state === 'exited') return phrase(['exited ({code})', '종료됨({code})'], { code: exitCode });
	return containerStateText({ state, health });
}
