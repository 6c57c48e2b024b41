/** Everything of the screen that somebody can come to, and which walk goes there. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/root.ts';
import { spots } from '../../../source/ui/actions/bindings.ts';
import { actions } from '../../../source/ui/actions/table.ts';
import { pipelineViews } from '../../../source/ui/conversation.ts';
import { dialogs } from '../../../source/ui/dialogs/dialogs.ts';
import type { Place } from '../../../source/ui/place.ts';
import { textsIn } from '../../words/catalogue.ts';

/** Test files of this folder, without their ending. */
export type WalkFile = 'stacks' | 'dialogs' | 'outcomes' | 'outcomes3';

/** `title`: the Korean title of a menu, form, input, page or question, with any values. */
type Thing = { readonly name: string; readonly title?: RegExp };

export const placeNamed = (place: Place, zoomed: boolean): string =>
	`place ${place}${zoomed ? ', in full screen' : ''}`;

/** From the registries; titles from the source, because dialogs are made where they are asked for. */
export function everything(): readonly Thing[] {
	const names = [
		...spots.map(({ place, zoomed }) => placeNamed(place, zoomed)),
		...pipelineViews.map(view => `view ${view}`),
		...Object.keys(dialogs).map(kind => `dialog ${kind}`),
		...actions.map(({ id }) => `action ${id}`),
		...actions.filter(({ kind }) => kind === 'change').map(({ id }) => `question of ${id}`),
	];
	return [...names.map(name => ({ name })), ...titles()];
}

/** Where a title begins in the source, and where it ends: `title: say([…])`, `const acknowledgeTitle = […]`. */
const property = { begins: /\btitle: /g, ends: /,\n\s*(?:\w+[:,(]|\}|\.\.\.|\/)|;\n| \}/ };
const constant = { begins: /\b(?:\w+Title|titles?)(?:: \w+)? = /g, ends: /;\n/ };

function titles(): Thing[] {
	const sources = globSync('source/{ui,operations}/**/*.ts', { cwd: root }).map(file =>
		readFileSync(join(root, file), 'utf8'),
	);
	const texts = sources.flatMap(source =>
		[property, constant].flatMap(({ begins, ends }) =>
			[...source.matchAll(begins)].flatMap(({ 0: words, index }) => {
				const rest = source.slice(index + words.length);
				const end = rest.search(ends);
				return textsIn(end < 0 ? rest : rest.slice(0, end));
			}),
		),
	);
	return texts.map(({ english, korean }) => ({ name: `title "${english}"`, title: patternOf(korean) }));
}

/** A placeholder stands for anything; a particle behind it depends on that. */
function patternOf(korean: string): RegExp {
	const parts = korean.split(/\{[^}]*\}(?:\p{Script=Hangul}+\(\p{Script=Hangul}+\))?/u);
	return new RegExp(parts.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*?'));
}

/** What the walk of another file than `stacks` goes to. */
export const elsewhere: Readonly<Partial<Record<Exclude<WalkFile, 'stacks'>, readonly string[]>>> = {
	outcomes: ['action shell', 'dialog progress', 'question of shell', 'title "{what}: still running"'],
	outcomes3: [
		'title "Backfill {id} of {dagId}: {range}"',
		'title "cancel backfill {id} of {dag}"',
		'title "pause backfill {id} of {dag}"',
		'title "unpause backfill {id} of {dag}"',
		'title "unpause {names}"',
	],
	dialogs: [
		'question of edit-version',
		'question of note',
		'title "Choose a replica"',
		'title "Compare {n} MLflow runs"',
		'title "Keys {dot} Esc shows all"',
		'title "Keys {dot} Up/Down scroll, Esc shows all"',
		'title "Processes of {name} ({count})"',
		'title "Save the artifact to"',
		'title "move version {version} of {model} to stage {stage}"',
		'title "remove tag {key} of {model} version {version}"',
		'title "remove alias {alias} of {model}"',
		'title "set alias {alias} of {model} to version {version}"',
		'title "set tag {key} of {model} version {version}"',
		'title "{file} exists"',
	],
};

/** Why no walk goes there. */
export const unreached: Readonly<Record<string, string>> = {
	'action quit': 'leaves the program',
	'action suspend': 'gives the terminal away',
	'title "Switch to stack"': 'asked where there are profiles, or another stack',
	'title "{name} (guessed)"': 'where the address of a server is a guess',
	'title "Tasks in {name}, newest first"': 'where a container has run several tasks',
	'title "Tags that differ"': 'where versions that are compared have tags of people',
	'title "XCom of {task}"': 'where a task has returned several values',
	'title "{title}, the first ones"': 'of more artifacts than MLflow lists at once',
	'title "set pool {pool} to {slots} {slots|slot|slots}"': 'the fix of a pool that is full',
	'title "run {program} in a one-off container of {service}"': 'init where the scheduler is stopped',
};

/** null: no walk goes there. */
export function walkedIn(name: string): WalkFile | null {
	if (Object.hasOwn(unreached, name)) return null;
	for (const file of ['outcomes', 'outcomes3', 'dialogs'] as const) if (elsewhere[file]?.includes(name)) return file;
	return 'stacks';
}
