import type { Evidence } from '../model/finding.ts';
import type { DiagnosisFacts } from './facts.ts';
import { evidence } from './finding.ts';
import { say } from './messages/message.ts';

/** Share of all processors from which the host counts as busy. */
const busyShare = 0.9;

/** CPU used by all running containers, and CPU of the host, in percent of one core. */
function hostCpu({ state }: DiagnosisFacts): { readonly used: number; readonly limit: number } {
	const uses = Object.values(state.containers).flatMap(({ container, use }) =>
		container.state === 'running' && use?.cpuPercent != null ? [use] : [],
	);
	return {
		used: uses.reduce((sum, { cpuPercent }) => sum + (cpuPercent ?? 0), 0),
		limit: 100 * Math.max(0, ...uses.map(({ last }) => last.onlineCpus)),
	};
}

export function isHostBusy(facts: DiagnosisFacts): boolean {
	const { used, limit } = hostCpu(facts);
	return limit > 0 && used >= limit * busyShare;
}

/** Evidence that containers keep the host busy; none if they do not. */
export function cpuEvidence(facts: DiagnosisFacts): Evidence[] {
	if (!isHostBusy(facts)) return [];
	const { used, limit } = hostCpu(facts);
	return [evidence(say('host cpu.evidence', { used: Math.round(used), limit }))];
}
