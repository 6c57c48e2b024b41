import { displayName, hasOwnTraffic } from '../../model/engine/container.ts';
import { serviceLook } from '../../model/engine/health-symbol.ts';
import type { ContainerState } from '../../model/state.ts';
import type { ServicePart } from '../json/services.ts';
import { optionalTime } from './figures.ts';

export function servicePart(service: ContainerState): ServicePart {
	const { container, detail, use } = service;
	const isOver = container.state !== 'running' && container.state !== 'paused';
	return {
		name: displayName(service),
		service: container.service,
		container: container.name,
		id: container.id,
		project: container.project,
		replica: container.replica,
		is_one_off: container.isOneOff,
		image: container.image,
		state: container.state,
		health: container.health,
		verdict: serviceLook(service).grade,
		since: optionalTime(service.since),
		exit_code: isOver && detail ? detail.exitCode : null,
		restart_count: detail?.restartCount ?? null,
		restart_policy: detail?.restartPolicy ?? null,
		failing_streak: detail?.failingStreak ?? null,
		cpu_percent: use?.cpuPercent ?? null,
		memory_bytes: use?.last.memoryBytes ?? null,
		memory_limit_bytes: use?.last.memoryLimitBytes ?? null,
		received_bytes: use && hasOwnTraffic(container) ? use.last.receivedBytes : null,
		sent_bytes: use && hasOwnTraffic(container) ? use.last.sentBytes : null,
		ports: container.ports.map(({ address, publicPort, privatePort, protocol }) => ({
			address,
			public_port: publicPort,
			private_port: privatePort,
			protocol,
		})),
	};
}
