import { memory, percent, traffic } from '../../presentation/format.ts';
import { servicesInOrder, stackServices } from '../../selectors/service-groups.ts';
import { ownProject } from '../../selectors/stack.ts';
import type { CommandContext } from '../context.ts';
import { projectParts, rfc3339, servicePart } from '../facts.ts';
import { demandLive } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import type { ServicePart } from '../json/parts.ts';
import { isFinishedJob, servicesCalled } from '../service-names.ts';
import { show } from '../show.ts';
import type { TextTable } from '../table-cells.ts';
import { serviceCell, since } from '../text-parts.ts';

/** `laketop services` */
export function run(context: CommandContext): Promise<number> {
	const { given, config } = context;
	return show<Document<'services'>>(context, {
		watch: ['containers', 'stats'],
		needs: ['containers', 'details', 'use'],
		document: (state, now) => {
			demandLive(state, 'containers');
			const project = ownProject(state, config.discovery.project);
			const all = servicesInOrder(state, project);
			const services =
				given.words.length > 0
					? servicesCalled(state, project, given.words)
					: given.is('all') || project === null
						? all
						: stackServices(state, project);
			return {
				schema: 'laketop/services/1',
				at: rfc3339(now),
				...projectParts(state, config.discovery.project),
				services: services.map(servicePart),
			};
		},
		blocks: document => [servicesTable(document.services, document, true)],
		// A stack of which nothing is there is not up.
		exitCode: ({ services: all }) => {
			const services = given.words.length > 0 ? all : all.filter(one => !one.is_one_off);
			return services.length > 0 && services.every(one => one.verdict === 'up' || isFinishedJob(one)) ? 0 : 1;
		},
	});
}

/** Services as a table; with CPU, memory and network where their figures were waited for. */
export function servicesTable(
	services: readonly ServicePart[],
	{ at, project }: { readonly at: string; readonly project: string | null },
	hasUse: boolean,
): TextTable {
	const hasOthers = services.some(service => service.project !== project);
	const hasOneOffs = services.some(service => service.is_one_off);
	return {
		columns: [
			{ title: 'SERVICE', yields: 2 },
			{ title: 'STATE' },
			{ title: 'FOR', align: 'right' },
			...(hasUse
				? [
						{ title: 'CPU', align: 'right' as const },
						{ title: 'MEMORY', align: 'right' as const },
						{ title: 'NET IN', align: 'right' as const },
						{ title: 'NET OUT', align: 'right' as const },
					]
				: []),
			{ title: 'RESTARTS', align: 'right' },
			...(hasOneOffs ? [{ title: 'KIND', yields: 4 }] : []),
			...(hasOthers ? [{ title: 'PROJECT', yields: 3 }] : []),
			{ title: 'PORTS', yields: 1 },
		],
		rows: services.map(service => [
			{ text: service.name },
			serviceCell(service),
			{ text: since(service.since, at) },
			...(hasUse
				? [
						{ text: service.cpu_percent === null ? '' : percent(service.cpu_percent) },
						{ text: service.memory_bytes === null ? '' : memory(service.memory_bytes).replace(' ', '') },
						{ text: service.received_bytes === null ? '' : traffic(service.received_bytes) },
						{ text: service.sent_bytes === null ? '' : traffic(service.sent_bytes) },
					]
				: []),
			{
				text: service.restart_count === null ? '' : String(service.restart_count),
				tone: service.restart_count ? ('warning' as const) : undefined,
			},
			...(hasOneOffs ? [{ text: service.is_one_off ? 'one-off' : 'service' }] : []),
			...(hasOthers ? [{ text: service.project ?? '' }] : []),
			{ text: portsText(service), tone: 'muted' as const },
		]),
		empty: 'No container of this project is on this engine. laketop up starts the stack.',
	};
}

/** Published ports: `8082→8080`, one for both address families. */
function portsText({ ports }: ServicePart): string {
	const published = ports.flatMap(({ public_port, private_port, protocol }) =>
		public_port === null ? [] : [`${public_port}->${private_port}${protocol === 'tcp' ? '' : `/${protocol}`}`],
	);
	return [...new Set(published)].join(',');
}
