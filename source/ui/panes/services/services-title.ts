import { type ServiceGrade, serviceLook } from '../../../model/engine/health-symbol.ts';
import type { ContainerState } from '../../../model/state.ts';
import type { Line, Span } from '../../../presentation/text.ts';
import type { ServiceUnit } from '../../../selectors/containers/service-units.ts';
import { filterWords, sortWords } from '../arranged.ts';
import type { ViewContext } from '../view-context.ts';
import { arrangedServices, type ServiceRow, serviceStates } from './service-list.ts';
import type { ServicesViewInput } from './services-input.ts';

function countsOf(units: readonly ServiceUnit[]): Record<ServiceGrade, number> {
	const counts = { up: 0, changing: 0, unhealthy: 0, down: 0, done: 0 };
	for (const { worst } of units) counts[serviceLook(worst).grade]++;
	return counts;
}

/** `6 up`, `4 up · 1 unhealthy · 1 down`. */
export function servicesSummary(
	units: readonly ServiceUnit[],
	{ glyphs, say }: Pick<ViewContext, 'glyphs' | 'say'>,
): Line {
	const counts = countsOf(units);
	const parts: Span[] = [{ text: say(['{n} up', '가동 {n}'], { n: counts.up }), tone: 'good' }];
	if (counts.changing)
		parts.push({ text: say(['{n} starting', '시작 중 {n}'], { n: counts.changing }), tone: 'active' });
	if (counts.unhealthy)
		parts.push({ text: say(['{n} unhealthy', '비정상 {n}'], { n: counts.unhealthy }), tone: 'bad', bold: true });
	if (counts.done) parts.push({ text: say(['{n} done', '완료 {n}'], { n: counts.done }), tone: 'muted' });
	if (counts.down) parts.push({ text: say(['{n} down', '중단 {n}'], { n: counts.down }), tone: 'bad', bold: true });
	return parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: ` ${glyphs.dot} ` }, part]));
}

/** Filter, state and order, for the title. */
export function shownParts({ shown, glyphs, say }: ServicesViewInput): Line[] {
	const { filter, state, sort } = shown;
	const parts = [
		...filterWords(filter, { glyphs, say }),
		...(state === null
			? []
			: [say(['{state} only', '{state}만'], { state: say(serviceStates[state]?.word ?? [state, state]) })]),
		...sortWords(sort, arrangedServices, { glyphs, say }),
	];
	return parts.map(text => [{ text, tone: 'active' }]);
}

export function groupHeading(
	{ group, units, depth }: Extract<ServiceRow, { kind: 'heading' }>,
	input: ServicesViewInput,
): Line {
	const { glyphs, say, ownProject } = input;
	const project = group.project ?? say(['not managed by Compose', 'Compose로 관리하지 않음']);
	const oneOff =
		group.project === ownProject
			? say(['one-off containers', '일회성 컨테이너'])
			: say(['one-off containers of {project}', '{project}의 일회성 컨테이너'], { project });
	const line = `${'  '.repeat(depth)}${glyphs.line.horizontal}${glyphs.line.horizontal}`;
	return [
		{ text: `${line} ${glyphs.fold(group.isOneOff ? oneOff : project)}: `, tone: 'muted' },
		...(group.isOneOff ? oneOffSummary(group.services, input) : servicesSummary(units, input)),
	];
}

/** `project shop: 9 services, 8 running · 1 down` */
export function projectLine(
	{ project, units }: Extract<ServiceRow, { kind: 'project' }>,
	{ glyphs, say }: ServicesViewInput,
): Line {
	const counts = countsOf(units);
	const running = units.filter(({ replicas }) => replicas.some(({ container }) => container.state === 'running'));
	const text = say(
		['project {project}: {n} {n|service|services}, {running} up', '{project} 프로젝트: 서비스 {n}개, 가동 {running}개'],
		{ project: glyphs.fold(project), n: units.length, running: running.length },
	);
	const bad: Line = [
		...(counts.unhealthy > 0 ? [say(['{n} unhealthy', '비정상 {n}'], { n: counts.unhealthy })] : []),
		...(counts.down > 0 ? [say(['{n} down', '중단 {n}'], { n: counts.down })] : []),
	].flatMap(word => [{ text: ` ${glyphs.dot} ` }, { text: word, tone: 'bad' as const }]);
	return [{ text, tone: 'muted' }, ...bad];
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
