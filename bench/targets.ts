/** The targets, and whether they are met. */
import { type Results, valuesOf } from './results.ts';
import { median, percentile } from './statistics.ts';
import { number } from './table.ts';

export type Verdict = { id: string; figure: string; target: string; measured: string; isMet: boolean | null };

/**
 * For peers that are not found: their figures with 20 containers on two noisy cores, measured before the program
 * existed.
 */
const notFound = { lazydocker: { named: 265, stop: 172, start: 77, health: 98 } };

/** What laketop adds: its figure less the one with nobody, which may be negative. */
export function added(results: Results, scenario: string, program: string, figure: string): number {
	const [with_, without] = [program, 'nobody'].map(who => median(valuesOf(results, scenario, who, figure)));
	return (with_ ?? Number.NaN) - (without ?? Number.NaN);
}

const holds = (value: number, limit: number) =>
	Number.isFinite(value) && Number.isFinite(limit) ? value <= limit : null;
const all = (...verdicts: (boolean | null)[]) =>
	verdicts.includes(false) ? false : verdicts.includes(null) ? null : true;

export function verdicts(results: Results): Verdict[] {
	const of = (scenario: string, program: string, figure: string) =>
		median(valuesOf(results, scenario, program, figure));
	const ours = (scenario: string, figure: string) => of(scenario, 'laketop', figure);
	const orElse = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise);
	const worst = (...figures: string[]) =>
		Math.max(...figures.flatMap(figure => valuesOf(results, 'events', 'laketop', figure)));

	const named = orElse(of('start', 'lazydocker', 'named'), notFound.lazydocker.named);
	const halfOfStats = 0.5 * of('start', 'docker stats', 'figures');
	const busyPeer = of('start-busy', 'lazydocker', 'named');
	const ctopCpu = of('rest-20', 'ctop', 'cpu');
	const engineOfCtop = 0.3 * added(results, 'rest-20', 'ctop', 'engine');
	const engine = added(results, 'rest-20', 'laketop', 'engine');
	const ctopBytes = of('rest-20', 'ctop', 'bytes');
	const kinds = ['stop', 'start', 'unhealthy', 'healthy'] as const;
	const eventTargets = kinds.map(kind => {
		const known = kind === 'stop' || kind === 'start' ? notFound.lazydocker[kind] : notFound.lazydocker.health;
		return orElse(of('events', 'lazydocker', kind), known);
	});
	const eventTimes = kinds.map(kind => ours('events', kind));
	const worstEvent = worst(...kinds);
	const p99 = (scenario: string) => percentile(valuesOf(results, scenario, 'laketop', 'key'), 0.99);
	const node = of('rest-20', 'bare Node', 'pss');
	const slopes = ours('soak', 'slope');
	const growth = ours('rest-200', 'cpu') / ours('rest-20', 'cpu');
	const webserver = {
		idle: added(results, 'watched-idle', 'laketop', 'webserver'),
		active: added(results, 'watched-active', 'laketop', 'webserver'),
	};

	return [
		{
			id: 'named',
			figure: 'first frame naming all containers',
			target: `≤ ${number(named)} ms (lazydocker)`,
			measured: `${number(ours('start', 'named'))} ms`,
			isMet: holds(ours('start', 'named'), named),
		},
		{
			id: 'named busy',
			figure: 'the same beside 15 busy processes',
			target: `≤ ${number(busyPeer)} ms (lazydocker)`,
			measured: `${number(ours('start-busy', 'named'))} ms`,
			isMet: holds(ours('start-busy', 'named'), busyPeer),
		},
		{
			id: 'figures',
			figure: 'first CPU and memory figures',
			target: `≤ ${number(halfOfStats)} ms (0.5 × docker stats)`,
			measured: `${number(ours('start', 'figures'))} ms`,
			isMet: holds(ours('start', 'figures'), halfOfStats),
		},
		{
			id: 'cpu',
			figure: 'CPU at rest, full overview live',
			target: `≤ ${number(ctopCpu)} % (ctop)`,
			measured: `${number(ours('rest-20', 'cpu'))} %`,
			isMet: holds(ours('rest-20', 'cpu'), ctopCpu),
		},
		{
			id: 'cpu active',
			figure: 'CPU with a DAG run active',
			target: `≤ ${number(3 * ctopCpu)} % (3 × ctop at rest)`,
			measured: `${number(ours('watched-active', 'cpu'))} %`,
			isMet: holds(ours('watched-active', 'cpu'), 3 * ctopCpu),
		},
		{
			id: 'engine',
			figure: 'CPU added to dockerd and containerd',
			target: `≤ ${number(engineOfCtop)} % (0.3 × ctop)`,
			measured: `${number(engine)} %`,
			isMet: holds(engine, engineOfCtop),
		},
		{
			id: 'bytes',
			figure: 'bytes to the terminal at rest',
			target: `≤ ${number(ctopBytes)} B/s (ctop)`,
			measured: `${number(ours('rest-20', 'bytes'))} B/s`,
			isMet: holds(ours('rest-20', 'bytes'), ctopBytes),
		},
		{
			id: 'events',
			figure: 'stop, start, unhealthy, healthy → screen',
			target: `median ≤ ${eventTargets.map(number).join(', ')} ms (lazydocker), worst ≤ 250 ms`,
			measured: `${eventTimes.map(number).join(', ')} ms; worst ${number(worstEvent)} ms`,
			isMet: all(
				...eventTimes.map((time, index) => holds(time, eventTargets[index] ?? Number.NaN)),
				holds(worstEvent, 250),
			),
		},
		{
			id: 'key',
			figure: 'key → screen',
			target: 'p99 ≤ 20 ms at rest and under 5,000 lines/s',
			measured: `${number(p99('keys'))} ms; ${number(p99('logs-5000'))} ms`,
			isMet: all(holds(p99('keys'), 20), holds(p99('logs-5000'), 20)),
		},
		{
			id: 'pss',
			figure: 'memory (PSS)',
			target: `≤ ${number(1.8 * node)} MB (1.8 × bare Node)`,
			measured: `${number(ours('rest-20', 'pss'))} MB`,
			isMet: holds(ours('rest-20', 'pss'), 1.8 * node),
		},
		{
			id: 'slope',
			figure: 'memory over time',
			target: 'slope zero over an hour (≤ 1 MB an hour)',
			measured: `${number(slopes)} MB an hour, over ${number(ours('soak', 'minutes'))} minutes`,
			isMet: all(holds(slopes, 1), ours('soak', 'minutes') >= 60 ? true : null),
		},
		{
			id: 'growth',
			figure: 'CPU, 20 → 200 containers',
			target: 'grows by less than 3 ×',
			measured: `${number(growth)} ×`,
			isMet: holds(growth, 3),
		},
		{
			id: 'webserver',
			figure: 'CPU of the Airflow webserver for watching, idle / run active',
			target: '≤ 1 % / ≤ 5 %',
			measured: `${number(webserver.idle)} % / ${number(webserver.active)} %`,
			isMet: all(holds(webserver.idle, 1), holds(webserver.active, 5)),
		},
	];
}
