import * as z from 'zod/mini';
import type { DockerHost } from '../model/engine/engine-address.ts';
import type { Secret } from '../model/secrets/secret.ts';
import type { Colour, SymbolChoice, ThemeChoice, ToneName } from '../model/settings/looks.ts';
import type { NotifyConfig } from '../model/settings/notify-settings.ts';
import type { FolderProject } from '../model/stack/folder-project.ts';
import type { StackOption } from '../model/state.ts';
import type { Text } from '../words/language.ts';
import { about, text } from './fields.ts';
import { shapeOf } from './option.ts';
import type { OpenValues } from './options.ts';
import type { LanguageChoice } from './table/screen.ts';
import { table } from './table.ts';

/** Fields of the top level and of each profile. */
const fields = shapeOf(table);
const profileSchema = z.strictObject(fields);

/** Of the fields that are no options: as the meanings of the table. */
export const profileMeanings = {
	profile: [
		'Default profile, used if neither --profile nor LAKETOP_PROFILE names one.',
		'--profile과 LAKETOP_PROFILE이 없을 때 사용하는 기본 프로필.',
	],
	profiles: [
		'Stacks by name. An option of a profile overrides the same option at the top level.',
		'이름을 붙인 스택들. 프로필의 옵션은 최상위의 같은 옵션보다 우선합니다.',
	],
} as const satisfies Readonly<Record<string, Text>>;

/**
 * The schema of `laketop.yaml`. Every field is optional; an unknown field is an error, because it is a typing error.
 */
export const configFileSchema = z.strictObject({
	...fields,
	profile: z.optional(text.check(about(profileMeanings.profile[0], { examples: ['prod'] }))),
	profiles: z.optional(
		z.record(text, z.nullable(profileSchema)).check(
			about(profileMeanings.profiles[0], {
				examples: [{ prod: { docker_host: 'ssh://ops@prod' }, staging: { docker_host: 'ssh://ops@staging' } }],
			}),
		),
	),
});
export type ConfigFile = z.infer<typeof configFileSchema>;
export type Profile = z.infer<typeof profileSchema>;

/** One line of `keys:`: the keys of an action, as written. */
export type KeyBinding = {
	readonly actionId: string;
	/** Empty: the action has no keys. */
	readonly keys: readonly string[];
	/** For messages: `/path/laketop.yaml:12: keys.restart`. */
	readonly where: string;
};

/**
 * - airflow login: the user that Airflow was set up with, else the default one
 * - dag: the default one where Airflow has it, else the DAG with the newest run
 * - experiment: the default one where MLflow has it, else the experiment with the newest run
 */
export type LeftToStack = 'airflow login' | 'dag' | 'experiment';

/** The effective configuration. */
export type Config = {
	/** Every option's given or default value; the fields below are derived from some. */
	readonly options: OpenValues;
	/** The options of the command line that select a stack. */
	readonly stackOptions?: readonly StackOption[] | undefined;
	readonly dockerHost: DockerHost;
	readonly discovery: {
		readonly project?: string | undefined;
		readonly airflowUrl?: string | undefined;
		readonly mlflowUrl?: string | undefined;
		readonly pages?: readonly { readonly name: string; readonly url: string }[] | undefined;
	};
	readonly airflow: {
		readonly username: string;
		readonly password: Secret;
		/** Used instead of user and password. */
		readonly token?: Secret | undefined;
		/** Where sessions are stored between commands; left out: nowhere. */
		readonly sessionFile?: string | undefined;
	};
	readonly mlflow: {
		readonly username?: string | undefined;
		readonly password?: Secret | undefined;
		readonly token?: Secret | undefined;
	};
	/** Absolute paths; undefined: see `composeProjectOf`. */
	readonly composeFiles?: readonly string[] | undefined;
	/** The Compose project of the current folder; null or left out: none, or unknown. */
	readonly folderProject?: FolderProject | null | undefined;
	/** What nobody configured and the stack decides; left out: nothing. */
	readonly leftToStack?: readonly LeftToStack[] | undefined;
	readonly dag: string;
	readonly experiment: string;
	readonly readOnly: boolean;
	readonly symbols: SymbolChoice;
	readonly theme: ThemeChoice;
	/** Language of findings and fixes. */
	readonly language: Exclude<LanguageChoice, 'auto'>;
	/** Tones whose colour differs from the theme's. */
	readonly colours: Readonly<Partial<Record<ToneName, Colour>>>;
	/** Actions whose keys differ from the table's; see `actions/keymap.ts`. */
	readonly keys: readonly KeyBinding[];
	/** How notifications are sent. */
	readonly notify: NotifyConfig;
	/** The effective profile; null without one. */
	readonly profile: string | null;
	/** Names of all profiles, in the order of the file. */
	readonly profiles: readonly string[];
	readonly demo: boolean;
};
