import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import { resolveDockerHost } from './docker-host.ts';
import { type Config, type ConfigFile, configFileSchema, type SymbolChoice } from './schema.ts';

/** What the command line can set; secrets are not among it, as a command line is seen by every user of the host. */
export type Flags = {
	readonly config?: string | undefined;
	readonly dockerHost?: string | undefined;
	readonly project?: string | undefined;
	readonly airflowUrl?: string | undefined;
	readonly mlflowUrl?: string | undefined;
	readonly dag?: string | undefined;
	readonly experiment?: string | undefined;
	readonly readOnly?: boolean | undefined;
	readonly symbols?: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

export type LoadedConfig = {
	readonly config: Config;
	/** The file that was read, or null. */
	readonly file: string | null;
	/** What the user should know, one line each. */
	readonly warnings: readonly string[];
};

/** The guide's defaults. */
const guide = {
	username: 'admin',
	password: 'admin',
	dag: 'ml_pipeline_end_to_end',
	experiment: 'lakehouse_ml_pipeline',
};

/**
 * The configuration in force: flags over environment over file over discovery and the guide's defaults.
 * Throws ConfigError for what cannot be understood.
 */
export async function loadConfig(
	flags: Flags,
	environment: Environment,
	workingDirectory: string,
): Promise<LoadedConfig> {
	const path = findFile(flags, environment, workingDirectory);
	const file = path === null ? {} : await readConfigFile(path);
	const env = (name: string) => environment[`LAKETOP_${name}`] || undefined;
	const airflowUrl = flags.airflowUrl ?? env('AIRFLOW_URL') ?? file.airflow?.url;
	const mlflowUrl = flags.mlflowUrl ?? env('MLFLOW_URL') ?? file.mlflow?.url ?? trackingUri(environment);
	const config: Config = {
		dockerHost: resolveDockerHost(flags.dockerHost ?? env('DOCKER_HOST') ?? file.docker_host, environment),
		discovery: {
			project: flags.project ?? env('PROJECT') ?? file.project,
			airflowUrl: airflowUrl === undefined ? undefined : checkedUrl(airflowUrl, 'Airflow', '--airflow-url'),
			mlflowUrl: mlflowUrl === undefined ? undefined : checkedUrl(mlflowUrl, 'MLflow', '--mlflow-url'),
			pages: file.pages,
		},
		airflow: {
			username: env('AIRFLOW_USERNAME') ?? file.airflow?.username ?? guide.username,
			password: env('AIRFLOW_PASSWORD') ?? file.airflow?.password ?? guide.password,
		},
		mlflow: {
			username: env('MLFLOW_USERNAME') ?? environment.MLFLOW_TRACKING_USERNAME ?? file.mlflow?.username,
			password: env('MLFLOW_PASSWORD') ?? environment.MLFLOW_TRACKING_PASSWORD ?? file.mlflow?.password,
			token: env('MLFLOW_TOKEN') ?? environment.MLFLOW_TRACKING_TOKEN ?? file.mlflow?.token,
		},
		dag: flags.dag ?? env('DAG') ?? file.dag ?? guide.dag,
		experiment: flags.experiment ?? env('EXPERIMENT') ?? file.experiment ?? guide.experiment,
		readOnly: flags.readOnly ?? truth(env('READ_ONLY'), 'LAKETOP_READ_ONLY') ?? file.read_only ?? false,
		statsIntervalMs: (file.stats_interval ?? 2) * 1000,
		symbols: symbolChoice(flags.symbols ?? env('SYMBOLS') ?? file.symbols ?? 'auto'),
		demo: false,
	};
	return { config, file: path, warnings: path === null ? [] : permissionWarnings(path, file) };
}

function findFile(flags: Flags, environment: Environment, workingDirectory: string): string | null {
	const named = flags.config ?? environment.LAKETOP_CONFIG;
	if (named) {
		const path = resolve(workingDirectory, named);
		if (!existsSync(path)) throw new ConfigError(`${path}: there is no such config file`, 'Check --config');
		return path;
	}
	const folder = environment.XDG_CONFIG_HOME || join(homedir(), '.config');
	const usual = [join(workingDirectory, 'laketop.yaml'), join(folder, 'laketop', 'laketop.yaml')];
	return usual.find(path => existsSync(path)) ?? null;
}

async function readConfigFile(path: string): Promise<ConfigFile> {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		throw new ConfigError(
			`${path}: cannot be read (${error instanceof Error ? error.message : error})`,
			'Check its permissions',
		);
	}
	const { isMap, isScalar, LineCounter, parseDocument } = await import('yaml');
	/** Where the key stands in its map: offset in the text; the map's own where there is no such key. */
	const keyStart = (map: unknown, key: PropertyKey | undefined): number | undefined => {
		if (!isMap(map)) return undefined;
		for (const { key: node } of map.items) {
			if (isScalar(node) && node.value === key) return node.range?.[0];
		}
		return map.range?.[0];
	};
	const lineCounter = new LineCounter();
	const document = parseDocument(text, { lineCounter, prettyErrors: false });
	const syntax = document.errors[0];
	if (syntax) {
		const { line, col } = lineCounter.linePos(syntax.pos[0]);
		throw new ConfigError(`${path}:${line}:${col}: ${syntax.message}`, 'Mend the line; the readme shows an example');
	}
	const parsed = configFileSchema.safeParse(document.toJS() ?? {});
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
	const where = issue?.path ?? [];
	const keys = [...where, ...(unknown === undefined ? [] : [unknown])];
	const parent = document.getIn(unknown === undefined ? where.slice(0, -1) : where, true);
	const start = keyStart(parent ?? document.contents, keys.at(-1));
	const line = start === undefined ? '' : `:${lineCounter.linePos(start).line}`;
	const what = unknown === undefined ? issue?.message : 'there is no such option';
	throw new ConfigError(
		`${path}${line}: ${keys.join('.') || 'the whole file'}: ${what}`,
		'The readme lists the options',
	);
}

/** A file with a password that others may read deserves a word. */
function permissionWarnings(path: string, file: ConfigFile): string[] {
	const secret = file.airflow?.password ?? file.mlflow?.password ?? file.mlflow?.token;
	if (secret === undefined || process.platform === 'win32') return [];
	return (statSync(path).mode & 0o077) === 0
		? []
		: [`${path} holds a password and others may read it: chmod 600 ${path}`];
}

function trackingUri(environment: Environment): string | undefined {
	const uri = environment.MLFLOW_TRACKING_URI;
	// Other schemes (file:, databricks, sqlite:) are no server that could be watched.
	return uri && /^https?:\/\//.test(uri) ? uri : undefined;
}

function checkedUrl(text: string, title: string, flag: string): string {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url && /^https?:$/.test(url.protocol)) {
		if (!url.username && !url.password) return text.replace(/\/+$/, '');
		throw new ConfigError(
			`The address of ${title} holds a password`,
			`Set LAKETOP_${title.toUpperCase()}_USERNAME and _PASSWORD instead: an address is seen by everyone`,
		);
	}
	throw new ConfigError(`${title}: ${text} is no web address`, `Write it as http://host:port (${flag})`);
}

function truth(text: string | undefined, name: string): boolean | undefined {
	if (text === undefined) return undefined;
	if (/^(1|true|yes|on)$/i.test(text)) return true;
	if (/^(0|false|no|off)$/i.test(text)) return false;
	throw new ConfigError(`${name}=${text}: neither yes nor no`, 'Write 1 or 0');
}

function symbolChoice(text: string): SymbolChoice {
	if (text === 'auto' || text === 'unicode' || text === 'narrow' || text === 'ascii') return text;
	throw new ConfigError(`--symbols ${text}: there are no such symbols`, 'Choose auto, unicode, narrow or ascii');
}
