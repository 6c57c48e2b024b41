import { defaults, openValues } from '../source/config/options.ts';
import type { Config } from '../source/config/schema.ts';
import type { DemoStack } from '../source/demo/index.ts';

/** A configuration that watches only a demo. */
export function demoConfig(demo: Pick<DemoStack, 'dockerHost'>): Config {
	return {
		dockerHost: { kind: 'unix', address: demo.dockerHost, origin: 'test', tlsDirectory: null },
		discovery: {},
		airflow: { username: 'admin', password: 'admin' },
		mlflow: {},
		dag: 'ml_pipeline_end_to_end',
		experiment: 'lakehouse_ml_pipeline',
		readOnly: false,
		options: { ...openValues(defaults), stats_interval: 1 },
		symbols: 'unicode',
		theme: 'auto',
		language: 'en',
		colours: {},
		keys: [],
		profile: null,
		profiles: [],
		notify: {
			bell: false,
			desktop: 'off',
			command: null,
			webhook: null,
			severity: 'critical',
			everyMs: 60_000,
			quiet: null,
		},
		demo: true,
	};
}
