import { explainConfig } from '../config/explain.ts';
import type { CommandContext } from './context.ts';
import { rfc3339 } from './facts.ts';
import type { Document } from './json/documents.ts';
import { printOnce } from './show.ts';

/** `laketop config` */
export function run(context: CommandContext): Promise<number> {
	const document: Document<'config'> = {
		schema: 'laketop/config/1',
		at: rfc3339(context.io.clock.now()),
		values: explainConfig(context.loaded),
	};
	return printOnce(context, document, ({ values }) => [
		{
			columns: [{ title: 'OPTION' }, { title: 'VALUE', yields: 2 }, { title: 'FROM', yields: 1 }],
			rows: values.map(({ key, value, source }) => [
				{ text: key },
				{ text: value },
				{ text: source, tone: source === 'default' ? 'muted' : undefined },
			]),
			empty: '',
		},
	]);
}
