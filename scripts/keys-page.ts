/** `docs/keys.md`, from the action table; see docs.ts. */
import type { Action } from '../source/ui/actions/action.ts';
import { exceptionsOf } from '../source/ui/actions/bindings.ts';
import { actions } from '../source/ui/actions/table.ts';
import { generalVerbs, isVerb, paneVerbs, type Verb } from '../source/ui/actions/verbs.ts';
import { groupTitles } from '../source/ui/dialogs/help.ts';
import { keyTitle } from '../source/ui/keys.ts';
import { places, placesInShort, placesInWords } from '../source/ui/places.ts';
import { textIn } from '../source/words/language.ts';
import { dialogKeys } from './dialog-keys.ts';

/** A bar would end the cell of the table. */
const inTicks = (key: string) => `\`${keyTitle(key).replace('|', '\\|')}\``;

function row(action: Action): string {
	const keys = action.keys.map(inTicks).join(' ') || 'palette';
	const exceptions = exceptionsOf(actions, action).map(
		({ keys, places }) =>
			`${keys === null ? '' : `${keys.map(inTicks).join(' ')} `}not in ${placesInWords(places, 'en')}`,
	);
	const where = [action.places ? placesInWords(action.places, 'en') : 'everywhere', ...exceptions].join('; ');
	return `| ${keys} | \`${action.id}\` | ${where} | ${textIn(action.help, 'en')} |`;
}

/** A verb with its keys and its places; its actions have the same keys, or fewer. */
function verbRow(verb: Verb): string {
	const own = actions.filter(action => action.verb === verb);
	const keys = [...new Set(own.flatMap(action => action.keys))].map(inTicks);
	const names = own.map(({ id }) => `\`${id}\``);
	const bound = new Set(own.flatMap(({ places: ids = [] }) => ids));
	const isGlobal = own.some(({ places: ids }) => ids === undefined);
	const where = isGlobal
		? 'everywhere'
		: placesInShort(
				places.map(({ id }) => id).filter(id => bound.has(id)),
				'en',
			);
	const [meaning] = verbTexts[verb];
	return `| ${keys.join(' ') || 'palette'} | ${meaning} | ${where} | ${names.join(' ')} |`;
}

const verbTexts = { ...generalVerbs, ...paneVerbs };

function verbTable(verbs: readonly Verb[]): string {
	return `| key | means | where | ids |\n|---|---|---|---|\n${verbs.map(verbRow).join('\n')}\n`;
}

const letters = `## Letters

A key means the same in every place. The general verbs have one key each, wherever they make sense:

${verbTable(Object.keys(generalVerbs).filter(isVerb))}
The other letters belong to some panes and lists. A letter recurs only with the same meaning:

${verbTable(Object.keys(paneVerbs).filter(isVerb))}`;

export function keysPage(): string {
	const parts = Object.entries(groupTitles).map(([group, [title]]) => {
		const rows = actions.filter(action => action.group === group).map(row);
		const note =
			group === 'change' ? '\nEach of these asks first and names what it will do. `--read-only` disables them.\n' : '';
		return `## ${title}\n${note}\n| key | id | where | does |\n|---|---|---|---|\n${rows.join('\n')}\n`;
	});
	return `# Keys\n\nMade from the action table (\`source/ui/actions/table.ts\`) by \`npm run docs\`. The id is what [configuration](configuration.md) calls the action in its keymap.\n\n${letters}\n${parts.join('\n')}\n${dialogKeys(inTicks)}`;
}
