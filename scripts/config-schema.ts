/**
 * Documents that `npm run docs` makes from the schema and the table of options in source/config:
 * docs/laketop.schema.json, and the table of options in docs/configuration.md and configuration.ko.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { options, variableOf } from '../source/config/options.ts';
import { configFileSchema, profileMeanings } from '../source/config/schema.ts';
import { actions } from '../source/ui/actions/table.ts';
import { keyTitle } from '../source/ui/keys.ts';
import { type Language, type Text, textIn } from '../source/words/language.ts';
import { root } from './root.ts';

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

/** Words of the table that are not in the catalogue of options. */
const columns: readonly Text[] = [
	['option', '옵션'],
	['flag', '플래그'],
	['variable', '환경 변수'],
	['default', '기본값'],
	['meaning', '의미'],
];
const discovered: Text = ['discovered', '자동으로 찾음'];
const fileItself = {
	name: ['the file itself', '설정 파일 자체'],
	default: [
		'`./laketop.yaml`, else `~/.config/laketop/laketop.yaml`',
		'`./laketop.yaml`, 없으면 `~/.config/laketop/laketop.yaml`',
	],
	meaning: ['Config file.', '설정 파일.'],
} as const satisfies Readonly<Record<string, Text>>;

/** Every option with its variable, its flag, its default and its meaning. */
export function optionsTable(language: Language): string {
	const say = (text: Text) => textIn(text, language);
	const rows = options.map(option => {
		const variable = [variableOf(option), option.foreign?.name].filter(Boolean).map(name => `\`${name}\``);
		return [
			`\`${option.key}\``,
			option.flag ? `\`--${option.flag.name}\`` : '',
			variable.join(', '),
			option.default === undefined ? (option.discovered ? say(discovered) : '') : `\`${option.default}\``,
			say(option.meaning),
		];
	});
	const more = [
		['`profile`', '`--profile`', '`LAKETOP_PROFILE`', '', say(profileMeanings.profile)],
		['`profiles`', '', '', '', say(profileMeanings.profiles)],
		[say(fileItself.name), '`--config`', '`LAKETOP_CONFIG`', say(fileItself.default), say(fileItself.meaning)],
	];
	const table = [columns.map(say), columns.map(() => '---'), ...rows, ...more];
	return table.map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

const block = /(<!-- options: made by npm run docs -->\n)[\s\S]*?(<!-- \/options -->)/;

/** The page with its current table. */
export function pageText(language: Language): string {
	const file = join(root, 'docs', language === 'ko' ? 'configuration.ko.md' : 'configuration.md');
	const page = readFileSync(file, 'utf8');
	if (!block.test(page)) throw new Error(`${file} has no place for the table of options`);
	return page.replace(block, (_, begin: string, end: string) => `${begin}\n${optionsTable(language)}\n\n${end}`);
}
