import { serviceLook } from '../../../model/service-state.ts';
import type { ContainerState } from '../../../model/state.ts';
import { duration, timeOfDay } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { type Line, type Span, wrapText } from '../../../presentation/text.ts';

/** Lines of one probe's output that are shown. */
const outputLines = 6;

/** What is behind a service's one word: health and its probes, end, restarts, image, ports, mounts. */
export function serviceDetail(service: ContainerState, now: number, glyphs: Glyphs, width: number): Line[] {
	const { container, detail } = service;
	const look = serviceLook(service);
	const rows: Line[] = [[{ text: '' }]];
	const row = (label: string, ...spans: Span[]) =>
		rows.push([
			{ text: ` ${label.padEnd(11)}`, tone: 'muted' },
			...spans.map(span => ({ ...span, text: glyphs.fold(span.text) })),
		]);
	const since =
		service.since === null ? '' : ` for ${duration(now - service.since)} (since ${timeOfDay(service.since, true)})`;
	rows.push([
		{ text: glyphs.fold(container.name), bold: true },
		{ text: `  ${glyphs.fold(look.word)}`, tone: look.tone, bold: true },
		{ text: since },
	]);
	if (!detail) {
		row('', { text: 'not inspected yet', tone: 'muted' });
		return rows;
	}
	if (container.state === 'running' || container.state === 'paused') {
		if (detail.health === 'none') row('health', { text: 'this container has no health check', tone: 'muted' });
		else {
			const streak = detail.failingStreak;
			row(
				'health',
				{ text: detail.health, tone: look.tone },
				{
					text: streak > 0 ? `, ${streak} ${streak === 1 ? 'probe' : 'probes'} in a row failed` : ', no failing streak',
				},
			);
			const last = detail.probes.at(-1);
			if (last) {
				row('last probe', {
					text: `${timeOfDay(last.endedAt, true)}, exit code ${last.exitCode}, took ${Math.max(0, Math.round(last.endedAt - last.startedAt))} ms`,
				});
				const output = wrapText(glyphs.fold(last.output.trim() || 'no output'), Math.max(10, width - 12));
				for (const line of output.slice(0, outputLines)) rows.push([{ text: `            ${line}` }]);
				if (output.length > outputLines) row('', { text: `${output.length - outputLines} lines more`, tone: 'muted' });
			}
		}
	} else {
		row('ended', {
			text: `exit code ${detail.exitCode}${detail.oomKilled ? ', killed for want of memory (OOM)' : ''}${detail.error ? `, ${detail.error}` : ''}`,
			tone: detail.exitCode === 0 ? undefined : 'bad',
		});
	}
	row('restarts', { text: `${detail.restartCount} by the engine (policy: ${detail.restartPolicy})` });
	const words = replicaWords(service);
	if (words !== '') row('service', { text: words });
	row('image', { text: container.image });
	row('id', { text: container.id.slice(0, 12) });
	const ports = container.ports
		.map(port =>
			port.publicPort === null ? String(port.privatePort) : `${port.address}:${port.publicPort}->${port.privatePort}`,
		)
		.filter((text, index, all) => all.indexOf(text) === index);
	if (ports.length > 0) row('ports', { text: ports.join('  ') });
	for (const mount of container.mounts) {
		row(mount.type, { text: `${mount.source} -> ${mount.destination}` });
	}
	return rows;
}

/** Which of its service's containers it is; empty where it is the only one. */
function replicaWords({ container: { service, replica, isOneOff }, replicas }: ContainerState): string {
	if (isOneOff) return `${service}: one-off container (docker compose run)`;
	return replicas > 1 ? `${service}, replica ${replica ?? '?'} of ${replicas}` : '';
}
