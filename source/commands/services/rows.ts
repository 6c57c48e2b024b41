import type { ServicePart } from '../../command-line/json/services.ts';
import { serviceGrades } from '../../model/engine/health-symbol.ts';

/** Containers as rows of the table: a service of several replicas is one row, `airflow-worker 1/2`. */
export function serviceRows(parts: readonly ServicePart[]): ServicePart[] {
	const groups = Map.groupBy(parts, part => {
		const { project, service, is_one_off: isOneOff, name } = part;
		// Replicas are named by number, the only container of a service is not.
		const isReplica =
			service !== null && !isOneOff && /^\d+$/.test(name.slice(service.length + 1)) && name.startsWith(`${service}-`);
		return isReplica ? JSON.stringify([project, service]) : part;
	});
	return [...groups.values()].flatMap(([first, ...others]) => {
		if (!first) return [];
		return others.length === 0 ? [first] : [together([first, ...others])];
	});
}

/** State of the worst, sums of the figures. */
function together(parts: readonly [ServicePart, ...ServicePart[]]): ServicePart {
	const rank = ({ verdict }: ServicePart) => serviceGrades.indexOf(verdict);
	const worst = parts.reduce((found, part) => (rank(part) < rank(found) ? part : found));
	const up = parts.filter(({ verdict }) => verdict === 'up' || verdict === 'done').length;
	const times = parts.flatMap(part => (rank(part) === rank(worst) && part.since !== null ? [part.since] : []));
	const sum = (figure: (part: ServicePart) => number | null) => {
		const known = parts.flatMap(part => figure(part) ?? []);
		return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
	};
	return {
		...worst,
		name: `${worst.service} ${up}/${parts.length}`,
		// RFC 3339 in UTC sorts by time.
		since: times.toSorted()[0] ?? null,
		restart_count: sum(part => part.restart_count),
		cpu_percent: sum(part => part.cpu_percent),
		memory_bytes: sum(part => part.memory_bytes),
		received_bytes: sum(part => part.received_bytes),
		sent_bytes: sum(part => part.sent_bytes),
		ports: parts.flatMap(({ ports }) => ports),
	};
}
