/** results.md: the page from the stored results. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Measured, type Results, valuesOf } from './results.ts';
import { median, percentile } from './statistics.ts';
import { number, table } from './table.ts';
import { added, verdicts } from './targets.ts';
import { why } from './why.ts';

/** How the values of a figure become one number; `added` is the difference to nobody's. */
type Figure = { key: string; label: string; by?: 'median' | 'p99' | 'worst' | 'added' };

const atRest: Figure[] = [
	{ key: 'cpu', label: 'CPU, % of a core' },
	{ key: 'pss', label: 'memory (PSS), MB' },
	{ key: 'bytes', label: 'bytes/s to the terminal' },
	{ key: 'frames', label: 'writes/s to the terminal' },
];
const engine: Figure = { key: 'engine', label: 'CPU added to dockerd and containerd, %', by: 'added' };
const servers: Figure[] = [
	{ key: 'webserver', label: 'CPU added to the Airflow webserver, %', by: 'added' },
	{ key: 'mlflow', label: 'CPU added to MLflow, %', by: 'added' },
];
const keys: Figure[] = [
	{ key: 'key', label: 'key → screen, ms' },
	{ key: 'key', label: 'key → screen, 99 of 100, ms', by: 'p99' },
];
const logs: Figure[] = [
	...atRest,
	...keys,
	{ key: 'behind', label: 'lines that the screen is behind' },
	{ key: 'growth', label: 'memory grown meanwhile, MB' },
];

const starts: Figure[] = [
	{ key: 'named', label: 'first frame that names them, ms' },
	{ key: 'first figures', label: 'CPU and memory of half of them, ms' },
	{ key: 'figures', label: 'CPU and memory of all on the screen, ms' },
];

type Section = { scenario: string; title: string; figures: readonly Figure[] };

const sections: readonly Section[] = [
	{ scenario: 'start', title: 'Start, 20 containers', figures: starts },
	{ scenario: 'start-busy', title: 'Start, 20 containers, beside 15 busy processes', figures: starts },
	...[20, 50, 200].map(containers => ({
		scenario: `rest-${containers}`,
		title: `At rest, ${containers} containers`,
		figures: [...atRest, engine, ...servers],
	})),
	{
		scenario: 'events',
		title: 'Event → screen, ms after the engine’s own time',
		figures: (['stop', 'start', 'unhealthy', 'healthy'] as const).flatMap(kind => [
			{ key: kind, label: kind },
			{ key: kind, label: `${kind}, worst`, by: 'worst' as const },
		]),
	},
	{ scenario: 'keys', title: 'Key → screen, at rest', figures: keys },
	{ scenario: 'keys-busy', title: 'Key → screen, beside 15 busy processes', figures: keys },
	{ scenario: 'logs-5000', title: 'A log of 5,000 lines a second', figures: logs },
	{ scenario: 'logs-50000', title: 'A log of 50,000 lines a second', figures: logs },
	{ scenario: 'slow', title: 'The log of 5,000 lines a second on a line of 10 kB/s', figures: logs },
	{
		scenario: 'line',
		title: 'A line of 10 kB/s with a round trip of 300 ms, on the embedded servers',
		figures: [
			{ key: 'named', label: 'first frame with services, ms' },
			{ key: 'figures', label: 'CPU and memory, ms' },
			...keys,
			...['start', 'keys', 'rest'].flatMap(part => [
				{ key: `${part} bytes`, label: `bytes, ${part}` },
				{ key: `${part} again`, label: `cells drawn though they showed the same, ${part}, %` },
			]),
		],
	},
	{ scenario: 'watched-idle', title: 'Airflow and MLflow watched, no run active', figures: [...servers, ...atRest] },
	{ scenario: 'watched-active', title: 'Airflow and MLflow watched, a run active', figures: [...servers, ...atRest] },
	{
		scenario: 'dag',
		title: 'A DAG of 500 tasks, a run active',
		figures: [{ key: 'named', label: 'first frame with it, ms' }, ...atRest, ...keys],
	},
	{
		scenario: 'soak',
		title: 'Soak',
		figures: [
			{ key: 'minutes', label: 'minutes' },
			{ key: 'early', label: 'memory (PSS) after a third of it, MB' },
			{ key: 'late', label: 'at the end, MB' },
			{ key: 'slope', label: 'slope, MB an hour' },
		],
	},
	...['5,000', '50,000'].map(lines => ({
		scenario: `soak-logs-${lines.replace(',', '')}`,
		title: `A log of ${lines} lines a second, for long`,
		figures: [
			{ key: 'minutes', label: 'minutes' },
			{ key: 'early', label: 'memory (PSS) after a minute, MB' },
			{ key: 'late', label: 'in the last half minute, MB' },
			{ key: 'most', label: 'the most of it, MB' },
		],
	})),
];

function figureOf(results: Results, scenario: string, program: string, { key, by = 'median' }: Figure): number {
	const values = valuesOf(results, scenario, program, key);
	if (by === 'added') return program === 'nobody' ? median(values) : added(results, scenario, program, key);
	if (values.length === 0) return Number.NaN;
	return by === 'median' ? median(values) : by === 'p99' ? percentile(values, 0.99) : Math.max(...values);
}

/** The figure; for a peer also the ratio of laketop's to it; if values are missing, how often. */
function cell(results: Results, { scenario }: Section, program: string, figure: Figure): string {
	const tried = results[scenario]?.figures[program]?.[figure.key] ?? [];
	const never = tried.filter(value => value === null).length;
	if (tried.length === 0) return '–';
	if (never === tried.length) return 'never';
	const value = figureOf(results, scenario, program, figure);
	const ours = figureOf(results, scenario, 'laketop', figure);
	const isPeer = !['laketop', 'nobody', 'bare Node'].includes(program);
	// Two differences within noise have no meaningful ratio.
	const isMeaningful = figure.by !== 'added' || value >= 0.5;
	const ratio = isPeer && isMeaningful && value > 0 && ours >= 0 ? ` (${number(ours / value)})` : '';
	return `${number(value)}${ratio}${never > 0 ? `, ${never} of ${tried.length} never` : ''}`;
}

function sectionText(results: Results, section: Section, { figures, date, runs, load, commit }: Measured): string {
	const programs = Object.keys(figures).toSorted((a, b) => Number(b === 'laketop') - Number(a === 'laketop'));
	const rows = section.figures.map(figure => [
		figure.label,
		...programs.map(program => cell(results, section, program, figure)),
	]);
	const times = runs === 1 ? '1 run' : `${runs} runs each, interleaved`;
	return [
		`## ${section.title}`,
		`${date} UTC, ${times}, laketop at ${commit}, load ${load.toFixed(1)} at the beginning.`,
		table(['', ...programs], rows),
	].join('\n\n');
}

const mark = (isMet: boolean | null) => (isMet === null ? 'not measured in full' : isMet ? 'met' : '**not met**');

/** The whole page. Pure. */
export function reportText(results: Results, reasons: Readonly<Record<string, string>>): string {
	const scenarios = Object.values(results);
	const versions = Object.fromEntries(scenarios.flatMap(measured => Object.entries(measured.versions)));
	const programs = Object.entries(versions).filter(([, version]) => version !== '');
	const where = [...new Set(scenarios.map(({ machine, engine: docker }) => `${machine}, ${docker}`))];
	const targets = verdicts(results);
	const missed = targets.filter(({ isMet, id }) => isMet === false && reasons[id] !== undefined);
	return [
		'# Results',
		`Made by \`npm run bench\`; [readme.md](readme.md) says what each figure means. Medians; in brackets laketop’s figure divided by the peer’s; of what is added, under nobody what is spent anyway. Screen of 120×40, the real stack.`,
		[
			`- machine: ${where.join('; ')}`,
			`- programs: ${programs.map(([name, version]) => `${name} ${version}`).join(', ')}`,
		].join('\n'),
		'## Targets',
		table(
			['figure', 'target', 'measured', ''],
			targets.map(({ figure, target, measured, isMet }) => [figure, target, measured, mark(isMet)]),
		),
		...missed.map(({ id, figure }) => `**${figure}**: ${reasons[id]}`),
		...sections.flatMap(section => {
			const measured = results[section.scenario];
			return measured === undefined ? [] : sectionText(results, section, measured);
		}),
	].join('\n\n');
}

export function writeReport(results: Results): void {
	writeFileSync(join(import.meta.dirname, 'results.md'), `${reportText(results, why)}\n`);
}
