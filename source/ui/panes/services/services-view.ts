import type { ContainerState, StackState } from '../../../model/state.ts';
import { type Line, type Span, selectedLine } from '../../../presentation/text.ts';
import { serviceGroups } from '../../../selectors/service-groups.ts';
import { projectsFound } from '../../../selectors/stack.ts';
import type { Text } from '../../../words/language.ts';
import { faceOf, sentence, staleNotice } from '../../face.ts';
import { firstVisible, type PaneView } from '../view-context.ts';
import { endpointsRow } from './endpoints-row.ts';
import { ageText, type Column, columnsFor, namesOfRows } from './service-columns.ts';
import { serviceDetail } from './service-detail.ts';
import { selectedService, shownGroups } from './service-rows.ts';
import type { ServicesViewInput } from './services-input.ts';
import { groupHeading, servicesSummary, shownParts } from './services-title.ts';

export function serviceRowCount(state: StackState, ownProject: string | null): number {
	const groups = serviceGroups(state, ownProject);
	const containers = groups.reduce((sum, group) => sum + group.services.length, 0);
	const headings = groups.filter((group, index) => index > 0 || group.isOneOff).length;
	return Math.max(2, 1 + containers + headings + (state.endpoints.length > 0 ? 1 : 0));
}

export function servicesView(input: ServicesViewInput): PaneView {
	const { state, glyphs, width, height, ownProject, say } = input;
	const groups = serviceGroups(state, ownProject);
	const all = groups.flatMap(group => group.services);
	const own = groups.find(group => group.project === ownProject && !group.isOneOff)?.services;
	const counted = own ?? groups.flatMap(group => (group.isOneOff ? [] : group.services));
	const face = faceOf(state, 'containers', all.length > 0);
	const title: Line[] = [servicesSummary(counted, input)];
	if (face.kind === 'loading') return { title: [], rows: [[{ text: say(waitingForEngine), tone: 'muted' }]] };
	if (state.sources.docker?.withoutEvents)
		title.push([{ text: say(['no events, polling', '이벤트 없음, 폴링 중']), tone: 'warning' }]);
	const notice = face.kind === 'stale' ? staleNotice(face, input) : [];
	if (all.length === 0) {
		return {
			title:
				face.kind === 'stale'
					? [[{ text: say(['unreachable', '연결할 수 없음']), tone: 'bad' }]]
					: [[{ text: say(['none', '없음']) }]],
			rows:
				notice.length > 0
					? notice
					: [
							[{ text: say(['No containers on this engine.', '이 엔진에 컨테이너가 없습니다.']) }],
							[
								{
									text: say(['Start the stack: {command}', '스택 시작: {command}'], { command: startCommand }),
									tone: 'active',
								},
							],
						],
		};
	}
	if (ownProject !== null && !groups.some(group => group.project === ownProject)) {
		const found = projectsFound(state);
		const words = [
			say(absentText, { project: ownProject }),
			found.length === 0
				? ''
				: say(['Projects found: {found}.', '찾은 프로젝트: {found}.'], { found: found.join(', ') }),
		];
		notice.push(...sentence(glyphs.fold(words.filter(Boolean).join(' ')), width, 'active'));
	}
	const { shown } = input;
	const groupsShown = shownGroups(state, ownProject, shown);
	const selected = selectedService(state, { selectedService: input.selected, services: shown }, ownProject);
	title.push(...shownParts(input));
	const columns = columnsFor(all, namesOfRows(all, ownProject), input);
	const heading: Line = [{ text: `  ${columns.map(column => column.heading).join(' ')}`, tone: 'muted' }];
	const list: Line[] = [];
	let selectedRow = 0;
	for (const group of groupsShown) {
		if (group.project !== groups[0]?.project || group.isOneOff) list.push(groupHeading(group, input));
		for (const service of group.services) {
			const isSelected = service === selected;
			if (isSelected) selectedRow = list.length;
			list.push(serviceRow(service, columns, isSelected, input));
		}
	}
	if (list.length === 0) list.push(...sentence(nothingShown(input), width));
	const pages = state.endpoints.length > 0 ? [endpointsRow(input)] : [];
	const detail = input.zoomed && selected ? serviceDetail(selected, input) : [];
	const listHeight = Math.max(
		1,
		height - notice.length - 1 - pages.length - Math.min(detail.length, Math.floor(height / 2)),
	);
	const first = firstVisible(list.length, selectedRow, listHeight);
	const visible = list.slice(first, first + listHeight);
	const hidden = list.length - visible.length;
	const marked = all.filter(service => input.marks.includes(`service ${service.container.name}`)).length;
	if (marked > 0) title.push([{ text: say(['{n} marked', '{n}개 선택'], { n: marked }), tone: 'accent', bold: true }]);
	if (hidden > 0) title.push([{ text: say(['{n} more', '{n}개 더'], { n: hidden }), tone: 'muted' }]);
	return { title, rows: [...notice, heading, ...visible, ...pages, ...detail] };
}

function nothingShown({ keyOf, say }: ServicesViewInput): string {
	const values = { filter: keyOf('filter') ?? '/', back: keyOf('back') ?? 'Esc' };
	return say(
		[
			'No service matches: {filter} changes the filter, {back} clears it.',
			'일치하는 서비스가 없습니다: {filter} 필터 변경, {back} 해제.',
		],
		values,
	);
}

const waitingForEngine: Text = ['Waiting for the Docker Engine', 'Docker 엔진 응답 대기 중'];
const absentText = [
	'Project {project} has no containers on this engine.',
	'이 엔진에 프로젝트 {project}의 컨테이너가 없습니다.',
] as const satisfies Text;
const startCommand = 'docker compose -f docker-compose-mlops.yml up -d';

/** The shown ages; null if a server is unreachable, because the age of that changes every second. */
export function servicesTimes({ containers, endpoints, feeds }: StackState, now: number): string | null {
	if (feeds.containers.status === 'failed' || endpoints.some(({ check }) => check?.ok === false)) return null;
	return Object.values(containers)
		.map(service => ageText(service, now, 'en'))
		.join();
}

function serviceRow(
	service: ContainerState,
	columns: readonly Column[],
	isSelected: boolean,
	{ focused, glyphs, marks }: ServicesViewInput,
): Line {
	const isMarked = marks.includes(`service ${service.container.name}`);
	const marker = `${isSelected ? glyphs.selected : ' '}${isMarked ? '*' : ' '}`;
	const cells = columns.flatMap((column, index): Span[] => [{ text: index === 0 ? '' : ' ' }, column.cell(service)]);
	const line: Line = [{ text: marker, tone: 'accent' }, ...cells];
	return isSelected && focused ? selectedLine(line) : line;
}
