import type { Text } from '../../words/language.ts';
import type { StateLook } from '../airflow/task-state.ts';
import type { Container, ContainerDetail } from './container.ts';

/** Worst first, the order of a summary. */
export const serviceGrades = ['down', 'unhealthy', 'changing', 'up', 'done'] as const;
export type ServiceGrade = (typeof serviceGrades)[number];

/** The facts behind the shown state of a container. */
type ShownService = {
	readonly container: Pick<Container, 'state' | 'health' | 'exitCode'>;
	readonly detail: Pick<ContainerDetail, 'exitCode'> | null;
	/** Runs once and exits. */
	readonly isJob: boolean;
};

/** A container's state and health as one word: the health if there is a health check, else the engine's state. */
export function serviceLook(service: ShownService): StateLook & { readonly grade: ServiceGrade } {
	const { state, health } = service.container;
	switch (state) {
		case 'running':
			switch (health) {
				case 'healthy':
					return { word: ['healthy', '정상'], symbol: 'success', tone: 'good', grade: 'up' };
				case 'unhealthy':
					return { word: ['unhealthy', '비정상'], symbol: 'failed', tone: 'bad', grade: 'unhealthy' };
				case 'starting':
					return { word: ['starting', '시작 중'], symbol: 'running', tone: 'active', grade: 'changing' };
				case 'none':
					return { word: ['running', '실행 중'], symbol: 'success', tone: 'good', grade: 'up' };
				default:
					return { word: [health, health], symbol: 'unknown', tone: 'odd', grade: 'changing' };
			}
		case 'paused':
			return { word: ['paused', '일시 중지됨'], symbol: 'paused', tone: 'warning', grade: 'down' };
		case 'restarting':
			return { word: ['restarting', '재시작 중'], symbol: 'restarting', tone: 'warning', grade: 'down' };
		case 'created':
			return { word: ['created', '생성됨'], symbol: 'none', tone: 'waiting', grade: 'changing' };
		case 'removing':
			return { word: ['removing', '제거 중'], symbol: 'stopped', tone: 'warning', grade: 'changing' };
		case 'exited': {
			const code = service.detail?.exitCode ?? service.container.exitCode;
			if (service.isJob && code === 0)
				return { word: ['done', '완료'], symbol: 'success', tone: 'muted', grade: 'done' };
			const word: Text = code === undefined ? ['exited', '종료됨'] : [`exited ${code}`, `종료됨 ${code}`];
			// 0 and the signals of an ordered stop (143 = 128 + SIGTERM) are no failure of the program.
			const clean = code === 0 || code === 143;
			return { word, symbol: clean ? 'stopped' : 'failed', tone: clean ? 'warning' : 'bad', grade: 'down' };
		}
		case 'dead':
			return { word: ['dead', '제거 실패'], symbol: 'failed', tone: 'bad', grade: 'down' };
		default:
			return { word: [state, state], symbol: 'unknown', tone: 'odd', grade: 'changing' };
	}
}
