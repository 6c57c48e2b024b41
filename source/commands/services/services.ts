import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import { projectParts } from '../../command-line/facts/servers.ts';
import { servicePart } from '../../command-line/facts/services.ts';
import type { Document } from '../../command-line/json/documents.ts';
import type { ServicePart } from '../../command-line/json/services.ts';
import { servicesCalled } from '../../command-line/names/service-names.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { serviceCell, since } from '../../command-line/output/text-parts.ts';
import { show } from '../../command-line/show/show.ts';
import { memory, percent, traffic } from '../../presentation/format.ts';
import { servicesInOrder, stackServices } from '../../selectors/containers/service-groups.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { serviceRows } from './rows.ts';

/** `laketop services` */
export function run(context: CommandContext): Promise<number> {
	const { given, config } = context;
	return show<Document<'services'>>(context, {
		watch: ['containers', 'stats'],
		requires: ['containers', 'details', 'use'],
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
		blocks: (document, style) => [
			servicesTable(given.is('containers') ? document.services : serviceRows(document.services), document, style, true),
		],
		// A stack without containers is not up.
		exitCode: ({ services: all }) => {
			const services = given.words.length > 0 ? all : all.filter(one => !one.is_one_off);
			return services.length > 0 && services.every(({ verdict }) => verdict === 'up' || verdict === 'done') ? 0 : 1;
		},
	});
}

/** @param hasUse whether statistics of CPU, memory and network were fetched */
export function servicesTable(
	services: readonly ServicePart[],
	{ at, project }: { readonly at: string; readonly project: string | null },
	style: Style,
	hasUse: boolean,
): TextTable {
	const { say } = style;
	const hasOthers = services.some(service => service.project !== project);
	const hasOneOffs = services.some(service => service.is_one_off);
	return {
		columns: [
			{ title: say(['SERVICE', '서비스']), yields: 2 },
			{ title: say(['STATE', '상태']) },
			{ title: say(['AGE', '경과']), align: 'right' },
			...(hasUse
				? [
						{ title: 'CPU', align: 'right' as const },
						{ title: say(['MEMORY', '메모리']), align: 'right' as const },
						{ title: say(['NET IN', '수신']), align: 'right' as const },
						{ title: say(['NET OUT', '송신']), align: 'right' as const },
					]
				: []),
			{ title: say(['RESTARTS', '재시작']), align: 'right' },
			...(hasOneOffs ? [{ title: say(['KIND', '종류']), yields: 4 }] : []),
			...(hasOthers ? [{ title: say(['PROJECT', '프로젝트']), yields: 3 }] : []),
			{ title: say(['PORTS', '포트']), yields: 1 },
		],
		rows: services.map(service => [
			{ text: service.name },
			serviceCell(service, style),
			{ text: since(service.since, at, style) },
			...(hasUse
				? [
						{ text: service.cpu_percent === null ? '' : percent(service.cpu_percent) },
						{ text: service.memory_bytes === null ? '' : memory(service.memory_bytes) },
						{ text: service.received_bytes === null ? '' : traffic(service.received_bytes) },
						{ text: service.sent_bytes === null ? '' : traffic(service.sent_bytes) },
					]
				: []),
			{
				text: service.restart_count === null ? '' : String(service.restart_count),
				tone: service.restart_count ? ('warning' as const) : undefined,
			},
			...(hasOneOffs ? [{ text: say(service.is_one_off ? ['one-off', '일회성'] : ['service', '서비스']) }] : []),
			...(hasOthers ? [{ text: service.project ?? '' }] : []),
			{ text: portsText(service), tone: 'muted' as const },
		]),
		empty: say([
			'No containers of this project on this engine. Run laketop up to start the stack.',
			'이 엔진에 이 프로젝트의 컨테이너가 없습니다. laketop up으로 스택을 시작하세요.',
		]),
	};
}

/** Published ports: `8082→8080`, one for both address families. */
function portsText({ ports }: ServicePart): string {
	const published = ports.flatMap(({ public_port, private_port, protocol }) =>
		public_port === null ? [] : [`${public_port}->${private_port}${protocol === 'tcp' ? '' : `/${protocol}`}`],
	);
	return [...new Set(published)].join(',');
}
