import { type Message, phrase } from '../../words/message.ts';
import type { LogTarget } from './log-target.ts';

/** The status while no container of this name exists. */
export const absent = (name: string): Message =>
	phrase(['there is no {name} now', '지금은 {name}이(가) 없습니다'], { name });

/** Marks between the lines of a container's log. */
export const marks = {
	recreated: (name: string): Message =>
		phrase(
			[
				'{name} was recreated: the log of the new container follows',
				'{name} 컨테이너가 다시 생성됨: 새 컨테이너의 로그가 이어집니다',
			],
			{ name },
		),
	restarted: (name: string): Message => phrase(['{name} was restarted', '{name} 컨테이너가 재시작됨'], { name }),
	startedAgain: (name: string): Message =>
		phrase(['{name} was started again', '{name} 컨테이너가 다시 시작됨'], { name }),
	/** @param stamp of the last line that was read, RFC 3339 */
	linesMissing: (stamp: string): Message =>
		phrase(
			[
				'lines may be missing: the log no longer holds lines written after {at} UTC',
				'누락된 줄이 있을 수 있음: {at} UTC 이후에 기록된 줄이 로그에 더 이상 없습니다',
			],
			{ at: timeOfDay(stamp) },
		),
	reconnected: (gapMs: number, why: Message): Message =>
		phrase(
			[
				'no connection for {gapMs:duration} ({why}): the log continues where it stopped',
				'{gapMs:duration} 동안 연결 끊김({why}): 끊긴 곳부터 로그가 이어집니다',
			],
			{ gapMs, why },
		),
};

/** How the container ended. `target`: what the engine reports of it; undefined: it was removed. */
export function ended(name: string, target: LogTarget | undefined): Message {
	if (!target) return phrase(['{name} was removed', '{name} 컨테이너가 제거됨'], { name });
	const { state, exitCode } = target;
	const end =
		state === 'restarting'
			? phrase(['{name} exited and is being restarted', '{name} 컨테이너가 종료되어 재시작 중'], { name })
			: phrase(['{name} has stopped', '{name} 컨테이너가 중지됨'], { name });
	return exitCode === null
		? end
		: phrase(['{end} (exit code {exitCode})', '{end} (종료 코드 {exitCode})'], { end, exitCode });
}

function timeOfDay(stamp: string): string {
	const ms = Date.parse(stamp);
	return Number.isFinite(ms) ? new Date(ms).toISOString().slice(11, 19) : stamp;
}
