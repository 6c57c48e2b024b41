import { displayName, hasOwnTraffic, qualifiedName } from '../../../model/container.ts';
import { serviceLook } from '../../../model/service-state.ts';
import type { ContainerState, StackState } from '../../../model/state.ts';
import { age, duration, memory, percent, traffic } from '../../../presentation/format.ts';
import type { Glyphs } from '../../../presentation/glyphs.ts';
import { sparkline } from '../../../presentation/sparkline.ts';
import { fit, type Line, type Span, selectedLine, textWidth } from '../../../presentation/text.ts';
import { type ServiceGroup, serviceGroups } from '../../../selectors/service-groups.ts';
import { isGuessed, projectsFound } from '../../../selectors/stack.ts';
import { inSeconds } from '../../../words/amounts.ts';
import { type Language, type Text, textIn } from '../../../words/language.ts';
import { render } from '../../../words/message.ts';
import type { ServicesViewState } from '../../conversation.ts';
import { faceOf, sentence, staleNotice } from '../../face.ts';
import { firstVisible, type PaneView, type ViewContext } from '../view-context.ts';
import { serviceDetail } from './service-detail.ts';
import { selectedService, serviceSorts, serviceStates, shownGroups } from './service-rows.ts';

export function serviceRowCount(state: StackState, ownProject: string | null): number {
	const groups = serviceGroups(state, ownProject);
	const containers = groups.reduce((sum, group) => sum + group.services.length, 0);
	const headings = groups.filter((group, index) => index > 0 || group.isOneOff).length;
	return Math.max(2, 1 + containers + headings + (state.endpoints.length > 0 ? 1 : 0));
}

/** `6 up`, `4 up · 1 unhealthy · 1 down`. */
function servicesSummary(
	services: readonly ContainerState[],
	{ glyphs, say }: Pick<ViewContext, 'glyphs' | 'say'>,
): Line {
	const counts = { up: 0, changing: 0, unhealthy: 0, down: 0 };
	for (const service of services) counts[serviceLook(service).grade]++;
	const parts: Span[] = [{ text: say(['{n} up', '가동 {n}'], { n: counts.up }), tone: 'good' }];
	if (counts.changing)
		parts.push({ text: say(['{n} starting', '시작 중 {n}'], { n: counts.changing }), tone: 'active' });
	if (counts.unhealthy)
		parts.push({ text: say(['{n} unhealthy', '비정상 {n}'], { n: counts.unhealthy }), tone: 'bad', bold: true });
	if (counts.down) parts.push({ text: say(['{n} down', '중단 {n}'], { n: counts.down }), tone: 'bad', bold: true });
	return parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: ` ${glyphs.dot} ` }, part]));
}

export type ServicesViewInput = ViewContext & {
	readonly ownProject: string | null;
	/** Name of the selected container. */
	readonly selected: string | null;
	readonly shown: ServicesViewState;
	/** `service NAME`. */
	readonly marks: readonly string[];
};

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

/** The filter, the state and the order, for the title. */
function shownParts({ shown, glyphs, say }: ServicesViewInput): Line[] {
	const { filter, state, sort } = shown;
	const column = sort === null ? undefined : serviceSorts.find(({ id }) => id === sort.replace(/^-/, ''));
	const parts: string[] = [];
	if (filter !== '') parts.push(say(['filter "{words}"', '필터 "{words}"'], { words: glyphs.fold(filter) }));
	if (state !== null)
		parts.push(say(['{state} only', '{state}만'], { state: say(serviceStates[state]?.word ?? [state, state]) }));
	if (column !== undefined && sort !== 'name') {
		const descends = (column.descends === true) !== (sort?.startsWith('-') === true);
		const mark = descends ? glyphs.sort.descending : glyphs.sort.ascending;
		parts.push(say(['by {column} {mark}', '{column}순 {mark}'], { column: say(column.heading), mark }));
	}
	return parts.map(text => [{ text, tone: 'active' }]);
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

function groupHeading(group: ServiceGroup, input: ServicesViewInput): Line {
	const { glyphs, say, ownProject } = input;
	const project = group.project ?? say(['not managed by Compose', 'Compose로 관리하지 않음']);
	const oneOff =
		group.project === ownProject
			? say(['one-off containers', '일회성 컨테이너'])
			: say(['one-off containers of {project}', '{project}의 일회성 컨테이너'], { project });
	return [
		{ text: `${glyphs.line.horizontal}${glyphs.line.horizontal} ${group.isOneOff ? oneOff : project} `, tone: 'muted' },
		...(group.isOneOff ? oneOffSummary(group.services, input) : servicesSummary(group.services, input)),
	];
}

/** `1 running · 2 exited`: a one-off container is not expected to stay up. */
function oneOffSummary(containers: readonly ContainerState[], { glyphs, say }: ServicesViewInput): Line {
	const running = containers.filter(({ container }) => container.state === 'running').length;
	const exited = containers.length - running;
	const parts = [
		running > 0 ? say(['{n} running', '실행 중 {n}'], { n: running }) : '',
		exited > 0 ? say(['{n} exited', '종료됨 {n}'], { n: exited }) : '',
	].filter(Boolean);
	return [{ text: parts.join(` ${glyphs.dot} `), tone: 'muted' }];
}

/** Names by container id, with the project where another row would read the same. */
function namesOfRows(all: readonly ContainerState[], ownProject: string | null): ReadonlyMap<string, string> {
	const counts = new Map<string, number>();
	for (const service of all) counts.set(displayName(service), (counts.get(displayName(service)) ?? 0) + 1);
	return new Map(
		all.map(service => {
			const name = displayName(service);
			return [service.container.id, (counts.get(name) ?? 0) > 1 ? qualifiedName(service, ownProject) : name];
		}),
	);
}

type Column = {
	readonly heading: string;
	readonly cell: (service: ContainerState) => Span;
};

type ColumnPlan = {
	readonly heading: string;
	readonly width: number;
	readonly align: 'left' | 'right';
	/** Where not all columns fit, those with the lowest numbers are kept. */
	readonly priority: number;
	readonly span: (service: ContainerState, width: number) => Span;
};

/** Cells from which ports and images are shown: below, the chart of the CPU time needs them. */
const wideFrom = 160;

/** Published ports on the host, as `docker ps` maps them: `8082:8080`. */
function portsSpan({ container }: ContainerState): Span {
	const mapped = container.ports.flatMap(({ publicPort, privatePort }) =>
		publicPort === null || publicPort === undefined ? [] : [`${publicPort}:${privatePort}`],
	);
	return { text: [...new Set(mapped)].join(' ') };
}

/** The columns that fit; names and charts share the remaining cells. */
function columnsFor(
	services: readonly ContainerState[],
	names: ReadonlyMap<string, string>,
	{ width, now, glyphs, language, say }: ServicesViewInput,
): Column[] {
	const nameSpan = ({ container }: ContainerState): Span => ({ text: names.get(container.id) ?? container.name });
	const longest = Math.max(...services.map(service => textWidth(glyphs.fold(nameSpan(service).text))), 7);
	const chartSpan = (service: ContainerState, cells: number) => historySpan(service, cells, glyphs);
	const isKorean = language === 'ko';
	const plans: ColumnPlan[] = [
		{
			heading: say(['SERVICE', '서비스']),
			width: Math.min(longest, 28),
			align: 'left',
			priority: 0,
			span: nameSpan,
		},
		{
			heading: say(['STATE', '상태']),
			// The longest: `✖ exited 137`, `‖ 일시 중지됨`.
			width: isKorean ? 13 : 12,
			align: 'left',
			priority: 0,
			span: service => stateSpan(service, glyphs, language),
		},
		{
			heading: say(['AGE', '경과']),
			// The longest: `23h 59m`, `23시간 59분`.
			width: isKorean ? 11 : 7,
			align: 'right',
			priority: 2,
			span: service => ({ text: ageText(service, now, language) }),
		},
		{ heading: 'CPU', width: 7, align: 'right', priority: 1, span: cpuSpan },
		{
			heading: '',
			width: 12,
			align: 'left',
			priority: 3.5,
			span: chartSpan,
		},
		{ heading: say(['MEMORY', '메모리']), width: 8, align: 'right', priority: 1.5, span: memorySpan },
		{ heading: '%', width: 6, align: 'right', priority: 4, span: memoryPercentSpan },
		{
			heading: `${say(['NET', '통신'])} ${glyphs.down} ${glyphs.up}`,
			width: 13,
			align: 'right',
			priority: 5,
			span: networkSpan,
		},
		{ heading: say(['RESTARTS', '재시작']), width: 8, align: 'right', priority: 3, span: restartsSpan },
		...(width < wideFrom
			? []
			: [
					{
						heading: say(['PORTS', '포트']),
						width: 17,
						align: 'left' as const,
						priority: 6,
						span: portsSpan,
					},
					{
						heading: say(['IMAGE', '이미지']),
						width: 36,
						align: 'left' as const,
						priority: 7,
						span: ({ container }: ContainerState): Span => ({ text: container.image, tone: 'muted' }),
					},
				]),
	];
	const room = width - 2;
	const widthOf = (list: readonly ColumnPlan[]) => list.reduce((sum, plan) => sum + plan.width, 0) + list.length - 1;
	// By priority, each that still fits; then in their order.
	let chosen: ColumnPlan[] = [];
	for (const plan of plans.toSorted((a, b) => a.priority - b.priority)) {
		if (plan.priority === 0 || widthOf([...chosen, plan]) <= room) chosen = [...chosen, plan];
	}
	const kept = plans.filter(plan => chosen.includes(plan));
	const hasChart = kept.some(plan => plan.span === chartSpan);
	let spare = Math.max(0, room - widthOf(kept));
	return kept.map(plan => {
		// The chart gets spare cells before the name, up to the length of the history.
		const extra =
			plan.span === nameSpan
				? hasChart
					? Math.min(4, spare)
					: spare
				: plan.span === chartSpan
					? Math.min(24, spare)
					: 0;
		spare -= extra;
		const cells = Math.max(plan.width + extra, textWidth(plan.heading));
		return {
			heading: fit(plan.heading, cells, glyphs.ellipsis, plan.align),
			cell: service => {
				const span = plan.span(service, cells);
				return { ...span, text: fit(glyphs.fold(span.text), cells, glyphs.ellipsis, plan.align) };
			},
		};
	});
}

function stateSpan(service: ContainerState, glyphs: Glyphs, language: Language): Span {
	const look = serviceLook(service);
	return {
		text: `${glyphs.state[look.symbol]} ${textIn(look.word, language)}`,
		tone: look.tone,
		bold: look.tone === 'bad',
	};
}

function ageText(service: ContainerState, now: number, language: Language): string {
	return service.since === null ? '' : age(now - service.since, language);
}

/** The ages that are shown; null where something is unreachable, as for how long is shown to the second. */
export function servicesTimes({ containers, endpoints, feeds }: StackState, now: number): string | null {
	if (feeds.containers.status === 'failed' || endpoints.some(({ check }) => check?.ok === false)) return null;
	return Object.values(containers)
		.map(service => ageText(service, now, 'en'))
		.join();
}

function cpuSpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || !use || use.cpuPercent === null) return { text: '-', tone: 'muted' };
	return { text: percent(use.cpuPercent), tone: use.cpuPercent >= 80 ? 'active' : undefined };
}

function historySpan({ use }: ContainerState, cells: number, glyphs: Glyphs): Span {
	const history = use?.cpuHistory ?? [];
	// One scale for all rows, so that they can be compared: full height is a core. The square root keeps small use visible.
	const roots = history.map(value => Math.sqrt(value / 100));
	return { text: sparkline(roots, cells, glyphs.bars, 0, Math.max(1, ...roots.slice(-cells))), tone: 'odd' };
}

function memorySpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || !use) return { text: '-', tone: 'muted' };
	return { text: memory(use.last.memoryBytes) };
}

function memoryPercentSpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || use?.memoryPercent == null) return { text: '' };
	return { text: percent(use.memoryPercent), tone: use.memoryPercent >= 90 ? 'bad' : undefined };
}

function networkSpan({ use, container }: ContainerState): Span {
	if (container.state !== 'running' || !use || !hasOwnTraffic(container)) return { text: '' };
	return { text: `${traffic(use.last.receivedBytes)} / ${traffic(use.last.sentBytes)}` };
}

function restartsSpan({ detail }: ContainerState): Span {
	if (!detail) return { text: '' };
	return { text: String(detail.restartCount), tone: detail.restartCount > 0 ? 'warning' : 'muted' };
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

/** The web pages in one row; failing ones first, as the row may be cut. */
function endpointsRow({ state, glyphs, now, language, say }: ServicesViewInput): Line {
	const spans: Span[] = [{ text: `  ${say(['pages', '웹 페이지'])}: `, tone: 'muted' }];
	const worstFirst = state.endpoints.toSorted((a, b) => Number(a.check?.ok ?? true) - Number(b.check?.ok ?? true));
	for (const [index, { id, title: name, check }] of worstFirst.entries()) {
		const title = isGuessed(state, id) ? say(['{name} (guessed)', '{name} (추정)'], { name }) : name;
		if (index > 0) spans.push({ text: '  ' });
		if (!check) spans.push({ text: `${glyphs.fold(title)} ${glyphs.ellipsis}`, tone: 'muted' });
		else if (check.ok) {
			spans.push({ text: glyphs.state.success, tone: 'good' });
			spans.push({ text: ` ${glyphs.fold(title)} ${roundedMs(check.answerMs ?? 0, language)}` });
		} else {
			const words =
				check.httpStatus === null || check.problem === null
					? say(['no answer', '응답 없음'])
					: render(check.problem, language);
			spans.push({
				text: `${glyphs.state.failed} ${glyphs.fold(title)} ${words} ${duration(now - check.since, language)}`,
				tone: 'bad',
			});
		}
	}
	return spans;
}

/** Answer times jitter by a few ms: steps of 10 ms avoid a drawing for noise. */
function roundedMs(ms: number, language: Language): string {
	if (ms < 10) return '<10 ms';
	return ms < 1000 ? `${Math.round(ms / 10) * 10} ms` : inSeconds(ms, 1, language);
}
