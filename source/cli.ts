#!/usr/bin/env node
import nodeModule from 'node:module';
import type { Config } from './config/schema.ts';

// Absent in Node 20, which is told below, in words, that it is too old.
nodeModule.enableCompileCache?.();

/** Exit codes: 0 well, 1 the program failed, 2 usage or configuration. */
const usageError = 2;

const help = `
Usage
  $ laketop [options]

One screen for a lakehouse and its MLOps stack: containers, pipeline, logs, models.
Without options it finds the stack by itself (Docker Compose labels, published ports).

Options
  --demo              Run on an embedded stack; nothing is needed
  --docker-host URL   Docker Engine: unix:///path, tcp://host:port, ssh://user@host
  --project NAME      Compose project of the MLOps stack
  --airflow-url URL   Airflow webserver (else discovered, else http://localhost:8082)
  --mlflow-url URL    MLflow server (else discovered, else http://localhost:5000)
  --dag ID            DAG to show first (ml_pipeline_end_to_end)
  --experiment NAME   MLflow experiment (lakehouse_ml_pipeline)
  --read-only         Take the keys away that change anything
  --symbols SET       Drawing characters: auto, unicode, narrow, ascii
  --theme NAME        Colours: auto, dark, light, colour-blind, mono
  --profile NAME      Profile of the config file: one of several stacks
  --config FILE       Config file (else ./laketop.yaml, ~/.config/laketop/laketop.yaml)
  --version, --help

Environment
  LAKETOP_AIRFLOW_USERNAME, LAKETOP_AIRFLOW_PASSWORD, LAKETOP_AIRFLOW_URL, LAKETOP_MLFLOW_URL,
  LAKETOP_DAG, LAKETOP_EXPERIMENT, LAKETOP_PROJECT, LAKETOP_READ_ONLY, LAKETOP_SYMBOLS, LAKETOP_THEME,
  LAKETOP_PROFILE, LAKETOP_CONFIG, MLFLOW_TRACKING_TOKEN,
  MLFLOW_TRACKING_URI, MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD, DOCKER_HOST, DOCKER_CONTEXT, NO_COLOR

Exit codes
  0 quit   1 failure inside laketop   2 wrong option or configuration, or no terminal
`;

const flags = {
	demo: { type: 'boolean', default: false },
	dockerHost: { type: 'string' },
	project: { type: 'string' },
	airflowUrl: { type: 'string' },
	mlflowUrl: { type: 'string' },
	dag: { type: 'string' },
	experiment: { type: 'string' },
	readOnly: { type: 'boolean' },
	symbols: { type: 'string' },
	theme: { type: 'string' },
	profile: { type: 'string' },
	config: { type: 'string' },
} as const;

/** What is wrong with the options as they were written; null when nothing is. */
function flagProblem(given: Readonly<Record<string, unknown>>, argv: readonly string[]): string | null {
	for (const [name, value] of Object.entries(given)) {
		const written = `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
		if (!Object.hasOwn(flags, name)) {
			return `there is no option ${argv.find(word => word.replace(/=.*$/, '') === written) ?? (name.length === 1 ? `-${name}` : written)}`;
		}
		if (value === '') return `the option ${written} wants a value`;
		if (Array.isArray(value)) return `the option ${written} was given more than once`;
	}
	return null;
}

async function main(): Promise<number> {
	const [major = 0] = process.versions.node.split('.').map(Number);
	if (major < 22)
		return complain(
			`Node ${process.versions.node} is too old`,
			'It needs Node 22 or newer; npm start and npm run demo bring their own',
		);
	const { default: meow } = await import('meow');
	const cli = meow(help, {
		importMeta: import.meta,
		pkg: { name: 'laketop', version: LAKETOP_VERSION },
		version: LAKETOP_VERSION,
		description: 'laketop',
		flags,
	});
	const complaint = flagProblem(cli.flags, process.argv.slice(2));
	if (complaint !== null) return complain(complaint, 'See laketop --help');
	const [unexpected] = cli.input;
	if (unexpected !== undefined) return complain(`there is no command ${unexpected}`, 'See laketop --help');
	const { ConfigError } = await import('./config/config-error.ts');
	let config: Config;
	try {
		const { loadConfig } = await import('./config/load.ts');
		// A demo stands for itself: neither config file nor addresses of a real stack belong to it.
		const { readOnly, symbols, theme } = cli.flags;
		const flags = cli.flags.demo ? { readOnly, symbols, theme } : cli.flags;
		const { LAKETOP_SYMBOLS, LAKETOP_THEME } = process.env;
		const environment = cli.flags.demo ? { LAKETOP_SYMBOLS, LAKETOP_THEME } : process.env;
		const loaded = await loadConfig(flags, environment, cli.flags.demo ? null : process.cwd());
		for (const warning of loaded.warnings) console.error(`laketop: ${warning}`);
		config = loaded.config;
	} catch (error) {
		if (error instanceof ConfigError) return complain(error.message, error.remedy);
		throw error;
	}
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		return complain('the monitor needs a terminal for input and output', 'Run it in a terminal, not through a pipe');
	}
	if (process.env.TERM === 'dumb') {
		return complain(
			'this terminal cannot move its cursor (TERM=dumb)',
			'Set TERM to what the terminal is, for example xterm-256color',
		);
	}
	const { runMonitor } = await import('./commands/monitor.ts');
	if (!cli.flags.demo) return runMonitor(config);
	const { startDemo } = await import('./demo/index.ts');
	const demo = await startDemo();
	try {
		const dockerHost = { kind: 'unix' as const, address: demo.dockerHost, origin: 'demo', tlsDirectory: null };
		return await runMonitor({ ...config, dockerHost, demo: true });
	} finally {
		await demo.close();
	}
}

function complain(what: string, remedy: string): number {
	console.error(`laketop: ${what}. ${remedy}.`);
	return usageError;
}

try {
	process.exit(await main());
} catch (error) {
	console.error(`laketop: ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
}
