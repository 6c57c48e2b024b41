import * as z from 'zod/mini';
import type { DockerHost } from './docker-host.ts';

const url = z
	.string()
	.check(
		z.refine(
			text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
			'write an address such as http://localhost:8082',
		),
	);

/** What a `laketop.yaml` may hold. Every field may be left out; a field of another name is an error, as it is a typing error. */
export const configFileSchema = z.strictObject({
	project: z.optional(z.string()),
	docker_host: z.optional(z.string()),
	airflow: z.optional(
		z.strictObject({
			url: z.optional(url),
			username: z.optional(z.string()),
			password: z.optional(z.string()),
		}),
	),
	mlflow: z.optional(
		z.strictObject({
			url: z.optional(url),
			username: z.optional(z.string()),
			password: z.optional(z.string()),
			token: z.optional(z.string()),
		}),
	),
	dag: z.optional(z.string()),
	experiment: z.optional(z.string()),
	/** Further web pages to look at, besides those that are discovered. */
	pages: z.optional(z.array(z.strictObject({ name: z.string(), url }))),
	read_only: z.optional(z.boolean()),
	/** Seconds between two looks at CPU and memory. */
	stats_interval: z.optional(z.number().check(z.minimum(1), z.maximum(60))),
	/** Which drawing characters: auto asks the terminal. */
	symbols: z.optional(z.enum(['auto', 'unicode', 'narrow', 'ascii'])),
});
export type ConfigFile = z.infer<typeof configFileSchema>;

export type SymbolChoice = 'auto' | 'unicode' | 'narrow' | 'ascii';

/** The configuration in force. */
export type Config = {
	readonly dockerHost: DockerHost;
	readonly discovery: {
		readonly project?: string | undefined;
		readonly airflowUrl?: string | undefined;
		readonly mlflowUrl?: string | undefined;
		readonly pages?: readonly { readonly name: string; readonly url: string }[] | undefined;
	};
	readonly airflow: { readonly username: string; readonly password: string };
	readonly mlflow: {
		readonly username?: string | undefined;
		readonly password?: string | undefined;
		readonly token?: string | undefined;
	};
	readonly dag: string;
	readonly experiment: string;
	readonly readOnly: boolean;
	readonly statsIntervalMs: number;
	readonly symbols: SymbolChoice;
	readonly demo: boolean;
};
