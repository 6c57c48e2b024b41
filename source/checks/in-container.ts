import type { DiagnosisFacts, RoleName, Service } from '../diagnosis/facts.ts';
import type { Role } from '../model/engine/role.ts';
import { ClientError, failureOf } from '../model/failures/failure.ts';
import { maskText } from '../model/secrets/secrets.ts';
import { type Message, phrase } from '../words/message.ts';
import type { CheckDeps } from './check.ts';

/** Shared by checks that run a command in a container. */

export const second = 1000;
export const minute = 60 * second;
/** Exit codes of Linux and shells: not executable, not found. */
const noSuchProgram = new Set([126, 127]);

export function running(deps: CheckDeps, role: RoleName): Service | undefined {
	const service = deps.facts().of(role);
	return service?.it.container.state === 'running' ? service : undefined;
}

export async function command(
	{ docker }: CheckDeps,
	{ it }: Service,
	argv: readonly string[],
	signal: AbortSignal,
	limitMs = 10 * second,
) {
	const end = await docker.runIn(it.container.id, argv, { limitMs }, signal);
	if (noSuchProgram.has(end.exitCode)) throw notInContainer(argv[0] ?? '', it.container.name);
	return { ...end, lines: end.lines.map(maskText) };
}

export function notInContainer(program: string, container: string): ClientError {
	return new ClientError(
		'not-found',
		phrase(['{program} is not installed in container {container}', '컨테이너 {container}에 {program}이(가) 없습니다'], {
			program,
			container,
		}),
	);
}

/**
 * As `command`; null and the failure if it timed out twice in a row. A single timeout may only mean that the host is
 * busy.
 */
export async function commandOrHang(
	...[deps, service, argv, signal, limitMs]: Required<Parameters<typeof command>>
): Promise<{ readonly end: Awaited<ReturnType<typeof command>> } | { readonly end: null; readonly problem: Message }> {
	for (let look = 1; ; look++) {
		try {
			return { end: await command(deps, service, argv, signal, limitMs) };
		} catch (error) {
			const failure = failureOf(error);
			if (failure.code !== 'command-unfinished') throw error;
			if (look === 2) return { end: null, problem: failure.message };
		}
	}
}

/** Whether a task has been queued for longer than a worker needs to take it. */
export function isTaskWaiting(facts: DiagnosisFacts, ms: number): boolean {
	const now = facts.now + facts.clockAheadMs;
	return (
		facts.isAirflowLive &&
		facts.tasks().some(({ state, queuedAt }) => state === 'queued' && now - (queuedAt ?? now) > ms)
	);
}

export function isUnhealthy(deps: CheckDeps, role: Role): boolean {
	return deps.facts().of(role)?.it.container.health === 'unhealthy';
}
