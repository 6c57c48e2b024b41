import * as z from 'zod/mini';
import { about } from './fields.ts';

/** What a flag's value is, for checking and completion. */
export type FlagValueKind = 'text' | 'file' | 'choice' | 'address' | 'dag' | 'project' | 'profile';

/** A flag of the command line. Secrets have none, as a command line is seen by every user of the host. */
export type OptionFlag = {
	/** As it is written, without the dashes: `docker-host`. */
	readonly name: string;
	/** Left out for a switch, which `--no-NAME` takes back; of an enum the choices are those of the schema. */
	readonly value?: { readonly name: string; readonly kind: FlagValueKind };
	/** For the help. */
	readonly help: string;
};

/** All there is to say of an option; the rest is made from it. */
export type OptionFacts = {
	/** For the reference and for editors. */
	readonly meaning: string;
	readonly examples?: readonly unknown[];
	/** In force where nothing else is said. */
	readonly default?: string | number | boolean;
	readonly flag?: OptionFlag;
	/** Its variable, where that is not `LAKETOP_` and its name. */
	readonly variable?: string;
	/** The variable in a few words for the help; those of the same words share a line. Left out: as the flag. */
	readonly variableHelp?: string;
	/** A variable of another program, which is believed where nothing else is said. */
	readonly foreign?: { readonly name: string; readonly takes?: (value: string) => boolean };
	/** Never shown; of a command its first word is. */
	readonly secret?: 'value' | 'command';
	/** Of the options of one slot one counts, the strongest: a secret is given in one of three ways. */
	readonly slot?: string;
	/** Left out, it is found by looking at the stack. */
	readonly discovered?: true;
	/** Names the stack that is watched: commands that laketop prints repeat its flag. */
	readonly namesStack?: true;
	/** Names a part of the project: a printed command that means another project leaves its flag out. */
	readonly isOfProject?: true;
	/** Says where the stack is: a demo, which brings its own, ignores the flag and says so. */
	readonly isPlace?: true;
	/** Of a stack of one's own: a demo, which is another, does not have it. */
	readonly isOfStack?: boolean;
	/** What a file that is not trusted could do with it, see `trust.ts`. `servers`: choose who gets credentials. */
	readonly risk?: 'engine' | 'servers' | 'webhook' | 'command' | 'file';
};

type Row = OptionFacts & { readonly schema: z.ZodMiniType };
type Group = { readonly meaning: string; readonly isOfStack?: boolean; readonly rows: Readonly<Record<string, Row>> };
export type Table = Readonly<Record<string, Row | Group>>;

/** A row of the table. */
export function option<Schema extends z.ZodMiniType, const Facts extends OptionFacts>(
	schema: Schema,
	facts: Facts,
): { readonly schema: Schema } & Facts {
	// That of a password is no example to follow.
	const shown = facts.secret === undefined ? facts : { examples: facts.examples };
	return { ...facts, schema: schema.check(about(facts.meaning, shown)) };
}

/** A group of the table: its rows are `GROUP.NAME`. */
export function group<const Rows extends Readonly<Record<string, Row>>>(
	meaning: string,
	rows: Rows,
	more: { readonly isOfStack?: boolean } = {},
): { readonly meaning: string; readonly rows: Rows } {
	return { meaning, rows, ...more };
}

/** An option with its place in the file. */
export type Option = Row & {
	/** Its name in the file, dotted: `airflow.url`. */
	readonly key: string;
	readonly path: readonly string[];
	/** How it is written as text; lists and maps can only be in a file. */
	readonly kind: 'text' | 'boolean' | 'number' | 'list' | 'map';
	/** The values that there are, where they are few. */
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

/** The schemas of a table's rows, as the shape of an object of which everything may be left out. */
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
		z.optional('rows' in entry ? z.strictObject(shapeOf(entry.rows)).check(about(entry.meaning)) : entry.schema),
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

/** Values by key, defaults among them. */
export type ValuesOf<Of> = { readonly [Key in KeyOf<Of>]: ValueOf<RowAt<Of, Key>> };

/** The keys of what may be known to everybody in the program: no secrets, and not where they are. */
export type OpenKeyOf<Of> = {
	[Key in KeyOf<Of>]: RowAt<Of, Key> extends { secret: string } | { slot: string } ? never : Key;
}[KeyOf<Of>];

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
	? `${First}${Capitalize<Camel<Rest>>}`
	: Name;
type FlagAt<Row> = Row extends { flag: { name: infer Name extends string } } ? Camel<Name> : never;

/** What the flags of a table are given as: `dockerHost`. */
export type FlagsOf<Of> = {
	readonly [Key in KeyOf<Of> as FlagAt<RowAt<Of, Key>>]?:
		| (RowAt<Of, Key> extends { flag: { value: unknown } } ? string : boolean)
		| undefined;
};

/** `docker-host` → `dockerHost` */
export function camel(name: string): string {
	return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
