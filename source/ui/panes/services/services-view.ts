import type { StackState } from '../../../model/state.ts';
import { type Line, type Span, selectedLine } from '../../../presentation/text.ts';
import { serviceGroups } from '../../../selectors/containers/service-groups.ts';
import { containersOf, unitsOf } from '../../../selectors/containers/service-units.ts';
import { projectsFound } from '../../../selectors/servers/stack.ts';
import type { Text } from '../../../words/language.ts';
import type { ViewState } from '../../conversation.ts';
import { faceOf, sentence, staleNotice, waitingForEngine } from '../../face.ts';
import { firstVisible, type PaneView } from '../view-context.ts';
import { endpointsRow } from './endpoints-row.ts';
import { replicasDetail } from './replicas-detail.ts';
import { ageText, type Column, columnsFor, type UnitRow } from './service-columns.ts';
import { serviceDetail } from './service-detail.ts';
import { allServices, type SelectableRow, type ServiceRow, selectedRow, shownRows } from './service-list.ts';
import type { ServicesViewInput } from './services-input.ts';
import { groupHeading, projectLine, servicesSummary, shownParts } from './services-title.ts';

export function serviceRowCount(
	state: StackState,
	ownProject: string | null,
	view: Pick<ViewState, 'selectedService' | 'services'>,
): number {
	const rows = shownRows(state, ownProject, view).length;
	return Math.max(2, 1 + rows + (state.endpoints.length > 0 ? 1 : 0));
}

export function servicesView(input: ServicesViewInput): PaneView {
	const { state, glyphs, width, height, ownProject, say } = input;
	const groups = serviceGroups(state, ownProject);
	const all = groups.flatMap(group => group.services);
	const own = groups.find(group => group.project === ownProject && !group.isOneOff)?.services;
	const counted = unitsOf(own ?? groups.flatMap(group => (group.isOneOff ? [] : group.services)));
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
	const view = { selectedService: input.selected, services: input.shown };
	const rows = shownRows(state, ownProject, view);
	const selected = selectedRow(state, view, ownProject);
	title.push(...shownParts(input));
	const columns = columnsFor(unitRows(state, ownProject, view), input);
	const heading: Line = [{ text: `  ${columns.map(column => column.heading).join(' ')}`, tone: 'muted' }];
	const list = rows.map(row => rowLine(row, columns, row.id !== null && row.id === selected?.id, input));
	const selectedIndex = Math.max(
		0,
		rows.findIndex(({ id }) => id !== null && id === selected?.id),
	);
	if (list.length === 0) list.push(...sentence(nothingShown(input), width));
	const pages = state.endpoints.length > 0 ? [endpointsRow(input)] : [];
	const detail = input.zoomed && selected ? detailOf(selected, input) : [];
	const listHeight = Math.max(
		1,
		height - notice.length - 1 - pages.length - Math.min(detail.length, Math.floor(height / 2)),
	);
	const first = firstVisible(list.length, selectedIndex, listHeight);
	const visible = list.slice(first, first + listHeight);
	const hidden = list.length - visible.length;
	const marked = input.marks.filter(mark => isServiceMark(mark, state, ownProject)).length;
	if (marked > 0)
		title.push([{ text: say(['{n} marked', '{n}개 선택 표시'], { n: marked }), tone: 'accent', bold: true }]);
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

const absentText = [
	'Project {project} has no containers on this engine.',
	'이 엔진에 프로젝트 {project}의 컨테이너가 없습니다.',
] as const satisfies Text;
const startCommand = 'docker compose -f docker-compose-mlops.yml up -d';

/** The shown ages; null if a server is unreachable, because the age of that changes every second. */
export function servicesTimes({ containers, endpoints, feeds }: StackState, now: number): string | null {
	if (feeds.containers.status === 'failed' || endpoints.some(({ check }) => check?.ok === false)) return null;
	return Object.values(containers)
		.map(container => ageText(container, now, 'en'))
		.join();
}

function rowLine(row: ServiceRow, columns: readonly Column[], isSelected: boolean, input: ServicesViewInput): Line {
	if (row.kind === 'heading') return groupHeading(row, input);
	const { focused, glyphs, marks } = input;
	const ids = row.kind === 'replica' ? [row.id, row.parent] : [row.id];
	const isMarked = ids.some(id => marks.includes(`service ${id}`));
	const marker = `${isSelected ? glyphs.selected : ' '}${isMarked ? '*' : ' '}`;
	const cells =
		row.kind === 'project'
			? projectLine(row, input)
			: columns.flatMap((column, index): Span[] => [{ text: index === 0 ? '' : ' ' }, column.cell(row)]);
	const line: Line = [{ text: marker, tone: 'accent' }, ...cells];
	return isSelected && focused ? selectedLine(line) : line;
}

/** The rows with figures, whatever is filtered: columns keep their widths while a filter is typed. */
function unitRows(
	state: StackState,
	ownProject: string | null,
	view: Pick<ViewState, 'selectedService' | 'services'>,
): UnitRow[] {
	const services = { ...allServices, unfolded: view.services.unfolded };
	const rows = [...shownRows(state, ownProject, { ...view, services }), ...shownRows(state, ownProject, view)];
	return rows.flatMap(row => (row.kind === 'service' || row.kind === 'replica' ? [row] : []));
}

function isServiceMark(mark: string, state: StackState, ownProject: string | null): boolean {
	const prefix = 'service ';
	return mark.startsWith(prefix) && containersOf(state, mark.slice(prefix.length), ownProject).length > 0;
}

function detailOf(row: SelectableRow, input: ServicesViewInput): Line[] {
	if (row.kind === 'project') return [];
	const [first, ...others] = row.unit.replicas;
	return others.length === 0 ? serviceDetail(first, input) : replicasDetail(row.unit, input);
}
