/** `docs/keys.md`, from the action table; see docs.ts. */
import type { Action } from '../source/ui/actions/action.ts';
import { exceptionsOf } from '../source/ui/actions/bindings.ts';
import { actions } from '../source/ui/actions/table.ts';
import { groupTitles } from '../source/ui/dialogs/help.ts';
import { keyTitle } from '../source/ui/keys.ts';
import { placesInWords } from '../source/ui/places.ts';
import { textIn } from '../source/words/language.ts';

function row(action: Action): string {
	const keys = action.keys.map(key => `\`${keyTitle(key)}\``).join(' ') || 'palette';
	const exceptions = exceptionsOf(actions, action).map(
		({ keys, places }) =>
			`${keys === null ? '' : `${keys.map(key => `\`${keyTitle(key)}\``).join(' ')} `}not in ${placesInWords(places, 'en')}`,
	);
	const where = [action.places ? placesInWords(action.places, 'en') : 'everywhere', ...exceptions].join('; ');
	return `| ${keys} | \`${action.id}\` | ${where} | ${textIn(action.help, 'en')} |`;
}

export function keysPage(): string {
	const parts = Object.entries(groupTitles).map(([group, [title]]) => {
		const rows = actions.filter(action => action.group === group).map(row);
		const note =
			group === 'change' ? '\nEach of these asks first and names what it will do. `--read-only` disables them.\n' : '';
		return `## ${title}\n${note}\n| key | id | where | does |\n|---|---|---|---|\n${rows.join('\n')}\n`;
	});
	return `# Keys\n\nMade from the action table (\`source/ui/actions/table.ts\`) by \`npm run docs\`. The id is what [configuration](configuration.md) calls the action in its keymap.\n\n${parts.join('\n')}`;
}
