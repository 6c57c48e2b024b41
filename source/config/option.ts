import * as z from 'zod/mini';
import type { Text } from '../words/language.ts';
import { about } from './fields.ts';

/** The kind of a flag's value, for checking and completion. */
export type FlagValueKind = 'text' | 'file' | 'choice' | 'address' | 'dag' | 'project' | 'experiment' | 'profile';

/** A flag of the command line. Secrets have none, because every user of the host can see a command line. */
export type OptionFlag = {
	/** Without the dashes: `docker-host`. */
	readonly name: string;
	/** Absent for a switch, which `--no-NAME` negates; the choices of an enum come from its schema. */
	readonly value?: { readonly name: string; readonly kind: FlagValueKind };
	readonly help: Text;
};

/** The facts of an option; its schema, flag, variable and documentation are made from them. */
export type OptionFacts = {
	/** For the tables in docs/, and in English for editors. */
	readonly meaning: Text;
	readonly examples?: readonly unknown[];
	readonly default?: string | number | boolean;
	readonly flag?: OptionFlag;
	/** Absent: `LAKETOP_` and the name of the option. */
	readonly variable?: string;
	/** Meaning of the variable; options with the same text share a line of the help. Absent: same as the flag. */
	readonly variableHelp?: Text;
	/** A variable of another program; everything else overrides it. */
	readonly foreign?: { readonly name: string; readonly takes?: (value: string) => boolean };
	/** Never shown, except the first word of a command. */
	readonly secret?: 'value' | 'command';
	/** Of the options of one slot only the strongest counts: a secret is given in one of three ways. */
	readonly slot?: string;
	/** Discovered from the stack if absent. */
	readonly discovered?: true;
	/** Selects the stack: commands that laketop prints repeat its flag. */
	readonly namesStack?: true;
	/** Belongs to one project: a printed command for another project omits its flag. */
	readonly isOfProject?: true;
	/** Locates the stack: the demo, which brings its own, ignores the flag with a warning. */
	readonly isPlace?: true;
	/** Describes the user's stack: it does not apply to the demo. */
	readonly isOfStack?: boolean;
	/** What an untrusted file could do with it, see `trust.ts`. `servers`: choose who gets credentials. */
	readonly risk?: 'engine' | 'servers' | 'webhook' | 'command' | 'file';
};

type Row = OptionFacts & { readonly schema: z.ZodMiniType };
type Group = { readonly meaning: Text; readonly isOfStack?: boolean; readonly rows: Readonly<Record<string, Row>> };
export type Table = Readonly<Record<string, Row | Group>>;

/** A row of the table. */
export function option<Schema extends z.ZodMiniType, const Facts extends OptionFacts>(
	schema: Schema,
	facts: Facts,
): { readonly schema: Schema } & Facts {
	// The default password is not an example to follow.
	const shown = facts.secret === undefined ? facts : { examples: facts.examples };
	return { ...facts, schema: schema.check(about(facts.meaning[0], shown)) };
}

/** A group of the table: its rows are `GROUP.NAME`. */
export function group<const Rows extends Readonly<Record<string, Row>>>(
	meaning: Text,
	rows: Rows,
	more: { readonly isOfStack?: boolean } = {},
): { readonly meaning: Text; readonly rows: Rows } {
	return { meaning, rows, ...more };
}

/** An option with its place in the file. */
export type Option = Row & {
	/** Dotted name in the file: `airflow.url`. */
	readonly key: string;
	readonly path: readonly string[];
	/** Lists and maps can only be in a file. */
	readonly kind: 'text' | 'boolean' | 'number' | 'list' | 'map';
	/** The values of an enum. */
	readonly choices: readonly string[] | null;
};

/** All options, in the order of the table. */
export function optionsOf(table: Table): Option[] {
	return Object.entries(table).flatMap(([name, entry]) =>
		'rows' in entry
			? Object.entries(entry.rows).map(([inner, row]) =>
					made([name, inner], { ...(entry.isOfStack ? { isOfStack: true } : {}), ...row }),
				)
			: [made([name], entry)],
	);
}

function made(path: readonly string[], row: Row): Option {
	const { schema } = row;
	const kind =
		schema instanceof z.ZodMiniBoolean
			? 'boolean'
			: schema instanceof z.ZodMiniNumber
				? 'number'
				: schema instanceof z.ZodMiniArray
					? 'list'
					: schema instanceof z.ZodMiniObject || schema instanceof z.ZodMiniRecord
						? 'map'
						: 'text';
	const choices = schema instanceof z.ZodMiniEnum ? Object.values(schema.def.entries).map(String) : null;
	return { ...row, key: path.join('.'), path, kind, choices };
}

/** The schemas of a table's rows, as the shape of an object with optional fields. */
export type ShapeOf<Of> = {
	-readonly [Name in keyof Of]: Of[Name] extends { rows: infer Rows }
		? z.ZodMiniOptional<z.ZodMiniObject<ShapeOf<Rows>, z.core.$strict>>
		: Of[Name] extends { schema: infer Schema extends z.ZodMiniType }
			? z.ZodMiniOptional<Schema>
			: never;
};

export function shapeOf<const Of extends Table>(table: Of): ShapeOf<Of> {
	const shape = Object.entries(table).map(([name, entry]) => [
		name,
		z.optional('rows' in entry ? z.strictObject(shapeOf(entry.rows)).check(about(entry.meaning[0])) : entry.schema),
	]);
	return Object.fromEntries(shape) as ShapeOf<Of>;
}

/** Dotted keys of a table. */
export type KeyOf<Of> = {
	[Name in keyof Of & string]: Of[Name] extends { rows: infer Rows } ? `${Name}.${keyof Rows & string}` : Name;
}[keyof Of & string];

export type RowAt<Of, Key> = Key extends keyof Of
	? Of[Key]
	: Key extends `${infer Name}.${infer Inner}`
		? Name extends keyof Of
			? Of[Name] extends { rows: infer Rows }
				? Inner extends keyof Rows
					? Rows[Inner]
					: never
				: never
			: never
		: never;

type ValueOf<Of> = Of extends { schema: infer Schema extends z.ZodMiniType }
	? Of extends { default: unknown }
		? z.output<Schema>
		: z.output<Schema> | undefined
	: never;

/** Values by key, including defaults. */
export type ValuesOf<Of> = { readonly [Key in KeyOf<Of>]: ValueOf<RowAt<Of, Key>> };

/** Keys without secrets and the places of secrets. */
export type OpenKeyOf<Of> = {
	[Key in KeyOf<Of>]: RowAt<Of, Key> extends { secret: string } | { slot: string } ? never : Key;
}[KeyOf<Of>];

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
	? `${First}${Capitalize<Camel<Rest>>}`
	: Name;
type FlagAt<Row> = Row extends { flag: { name: infer Name extends string } } ? Camel<Name> : never;

/** Values of flags by their names in camel case: `dockerHost`. */
export type FlagsOf<Of> = {
	readonly [Key in KeyOf<Of> as FlagAt<RowAt<Of, Key>>]?:
		| (RowAt<Of, Key> extends { flag: { value: unknown } } ? string : boolean)
		| undefined;
};

/** `docker-host` → `dockerHost` */
export function camel(name: string): string {
	return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
