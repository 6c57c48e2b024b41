import type { Container } from '../engine/container.ts';
import { isAirflow, roleOf } from '../engine/role.ts';
import type { DiscoveryOptions, ProjectOrigin, Stack } from './discovery.ts';
import { serverPages } from './known-pages.ts';

type Choice = Pick<Stack, 'project' | 'projectOrigin' | 'otherProjects' | 'folderProject'>;

/** What names or suggests a project. */
export type ProjectOptions = Partial<Pick<DiscoveryOptions, 'project' | 'currentFolders' | 'folderProject' | 'before'>>;

/**
 * The named project; else the one started from the current folder; else the one watched earlier in this run, even if it
 * was taken down; else the only one with Airflow or MLflow; else the one with most services of an MLOps stack.
 */
export function chosenProject(containers: readonly Container[], options: ProjectOptions): Choice {
	const scores = scoresOf(containers);
	const ranked = [...scores].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	const stacks = ranked.flatMap(([name, points]) => (points > 0 ? [name] : []));
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

/** Number of services of an MLOps stack in each project; 0 if there are none. */
function scoresOf(containers: readonly Container[]): Map<string, number> {
	const scores = new Map<string, number>();
	for (const container of containers) {
		const { project, service, name } = container;
		if (project === null) continue;
		const points =
			(roleOf(container) === 'webserver' ? 8 : 0) +
			(isAirflow(container) ? 2 : 0) +
			(serverPages.mlflow.names.test(service ?? name) ? 4 : 0);
		scores.set(project, (scores.get(project) ?? 0) + points);
	}
	return scores;
}
