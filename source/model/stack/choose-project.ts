import type { Container } from '../engine/container.ts';
import { isAirflow, roleOf } from '../engine/role.ts';
import { type DiscoveryOptions, type ProjectOrigin, type Stack, serverNames } from './discovery.ts';
import { find, serverPages } from './known-pages.ts';

type Choice = Pick<Stack, 'project' | 'projectOrigin' | 'otherProjects' | 'folderProject'>;

/** What names or suggests a project. */
export type ProjectOptions = Partial<Pick<DiscoveryOptions, 'project' | 'currentFolders' | 'folderProject' | 'before'>>;

/**
 * The named project; else the one started from the current folder; else the one watched earlier in this run, even if it
 * was taken down; else the only one with Airflow or MLflow; else the best of those: see `worthOf`.
 */
export function chosenProject(containers: readonly Container[], options: ProjectOptions): Choice {
	const worths = [...worthsOf(containers)];
	const ranked = worths.toSorted((a, b) => byWorth(a[1], b[1]) || (a[0] < b[0] ? -1 : 1));
	const stacks = ranked.flatMap(([name, { services }]) => (services > 0 ? [name] : []));
	const choose = (project: string | null, projectOrigin: ProjectOrigin): Choice => ({
		project,
		projectOrigin,
		otherProjects: stacks.filter(name => name !== project),
	});
	if (options.project !== undefined) return choose(options.project, 'given');
	const folders = options.currentFolders ?? [];
	const own = options.folderProject ?? null;
	const isHere = ({ workingDirectory, configFiles }: Container) =>
		(workingDirectory !== null && folders.includes(workingDirectory)) ||
		(configFiles?.split(',').some(file => own?.files.includes(file.trim())) ?? false);
	const here = new Set(containers.flatMap(one => (one.project !== null && isHere(one) ? [one.project] : [])));
	const ofFolder = ranked.find(([name]) => here.has(name))?.[0] ?? ranked.find(([name]) => name === own?.name)?.[0];
	if (ofFolder !== undefined) return choose(ofFolder, 'folder');
	const [best] = stacks;
	const earlier = options.before?.project ?? null;
	const elsewhere = (project: string, origin: ProjectOrigin): Choice => ({
		...choose(project, origin),
		...(own === null || own.name === project ? {} : { folderProject: own.name }),
	});
	if (earlier !== null && earlier !== best) return elsewhere(earlier, 'earlier');
	if (best === undefined) return choose(null, 'none');
	return elsewhere(best, stacks.length === 1 ? 'only' : 'best');
}

type Worth = { readonly running: number; readonly servers: number; readonly services: number };

/** Most worth first. */
function byWorth(a: Worth, b: Worth): number {
	return (
		Number(b.running > 0) - Number(a.running > 0) ||
		b.servers - a.servers ||
		b.services - a.services ||
		b.running - a.running
	);
}

function worthsOf(containers: readonly Container[]): Map<string, Worth> {
	const projects = Map.groupBy(containers, ({ project }) => project);
	return new Map([...projects].flatMap(([name, own]) => (name === null ? [] : [[name, worthOf(own)]])));
}

/**
 * What counts where several projects could be meant. One that runs comes before one that is stopped; then one with both
 * Airflow and MLflow, even if one of them is down: a fault must not lead to another project. Replicas count once: a
 * second worker makes no better stack. All are 0 without Airflow and MLflow.
 */
function worthOf(own: readonly Container[]): Worth {
	const found = serverNames.map(server => find(own, serverPages[server])).filter(one => one !== undefined);
	if (found.length === 0 && !own.some(isAirflow)) return { running: 0, servers: 0, services: 0 };
	const parts = own.filter(one => found.includes(one) || isAirflow(one) || roleOf(one) !== null);
	const count = (list: readonly Container[]) => new Set(list.map(({ service, name }) => service ?? name)).size;
	return {
		running: count(parts.filter(({ state }) => state === 'running')),
		servers: found.length,
		services: count(parts),
	};
}
