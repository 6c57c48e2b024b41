/**
 * Documents that `npm run docs` makes from the schema and the table of options in source/config:
 * docs/laketop.schema.json, and the table of options in docs/configuration.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { options, variableOf } from '../source/config/options.ts';
import { configFileSchema } from '../source/config/schema.ts';
import { actions } from '../source/ui/actions/table.ts';
import { keyTitle } from '../source/ui/keys.ts';
import { root } from './root.ts';

const pageFile = join(root, 'docs/configuration.md');

/** The parts of a JSON Schema (draft 7) that are used here. */
type Schema = {
	$schema?: string;
	title?: string;
	$ref?: string;
	type?: string;
	description?: string;
	default?: unknown;
	properties?: Record<string, Schema>;
	additionalProperties?: Schema | false;
	anyOf?: Schema[];
	definitions?: Record<string, Schema>;
};

const schemaShape: z.ZodMiniType<Schema> = z.looseObject({
	properties: z.optional(
		z.record(
			z.string(),
			z.lazy(() => schemaShape),
		),
	),
	anyOf: z.optional(z.array(z.lazy(() => schemaShape))),
	additionalProperties: z.optional(z.union([z.literal(false), z.lazy(() => schemaShape)])),
});

/** Groups that the top level and the profiles share: defined once. */
const shared = ['airflow', 'mlflow', 'pages', 'colours', 'keys'];

/** Draft 7, which editors support best; action ids are listed, so that editors complete them. */
export function configSchema(): Schema {
	const made = schemaShape.parse(z.toJSONSchema(configFileSchema, { target: 'draft-7', io: 'input' }));
	const { $schema, properties = {}, ...rest } = made;
	const { profiles, profile, ...fields } = properties;
	const definitions: Record<string, Schema> = {};
	for (const name of shared) definitions[name] = fields[name] ?? {};
	definitions.keys = keysSchema(definitions.keys ?? {});
	for (const name of shared) fields[name] = { $ref: `#/definitions/${name}` };
	definitions.profile = {
		type: 'object',
		properties: fields,
		additionalProperties: false,
		description: 'A stack: what differs from the top level.',
	};
	return {
		...($schema ? { $schema } : {}),
		title: 'laketop.yaml',
		...rest,
		properties: {
			...fields,
			...(profile ? { profile } : {}),
			profiles: { ...profiles, additionalProperties: { anyOf: [{ $ref: '#/definitions/profile' }, { type: 'null' }] } },
		},
		definitions,
	};
}

function keysSchema({ additionalProperties, ...rest }: Schema): Schema {
	const value = additionalProperties || {};
	return {
		...rest,
		properties: Object.fromEntries(
			actions.map(({ id, help: [help], keys }) => [
				id,
				{ ...value, description: `${help}. Key: ${keys.map(keyTitle).join(', ') || 'none, by the palette'}.` },
			]),
		),
		additionalProperties: false,
	};
}

export function schemaText(): string {
	return `${JSON.stringify(configSchema(), null, '\t')}\n`;
}

/** Every option with its variable, its flag, its default and its meaning. */
export function optionsTable(): string {
	const schema = configSchema();
	const rows = options.map(option => {
		const variable = [variableOf(option), option.foreign?.name].filter(Boolean).map(name => `\`${name}\``);
		return [
			`\`${option.key}\``,
			option.flag ? `\`--${option.flag.name}\`` : '',
			variable.join(', '),
			option.default === undefined ? (option.discovered ? 'discovered' : '') : `\`${option.default}\``,
			option.meaning,
		];
	});
	const more = [
		['`profile`', '`--profile`', '`LAKETOP_PROFILE`', '', descriptionOf(schema, ['profile'])],
		['`profiles`', '', '', '', descriptionOf(schema, ['profiles'])],
		[
			'the file itself',
			'`--config`',
			'`LAKETOP_CONFIG`',
			'`./laketop.yaml`, else `~/.config/laketop/laketop.yaml`',
			'Config file.',
		],
	];
	const table = [
		['option', 'flag', 'variable', 'default', 'meaning'],
		['---', '---', '---', '---', '---'],
		...rows,
		...more,
	];
	return table.map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function descriptionOf(schema: Schema, path: readonly string[]): string {
	let at: Schema | undefined = schema;
	for (const key of path) {
		at = at?.properties?.[key];
		const name: string | undefined = at?.$ref?.replace('#/definitions/', '');
		if (name) at = schema.definitions?.[name];
	}
	if (!at?.description) throw new Error(`${path.join('.')} has no description in source/config/schema.ts`);
	return at.description;
}

const block = /(<!-- options: made by npm run docs -->\n)[\s\S]*?(<!-- \/options -->)/;

/** The page with its current table. */
export function pageText(): string {
	const page = readFileSync(pageFile, 'utf8');
	if (!block.test(page)) throw new Error(`${pageFile} has no place for the table of options`);
	return page.replace(block, (_, begin: string, end: string) => `${begin}\n${optionsTable()}\n\n${end}`);
}
