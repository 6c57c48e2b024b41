import type { StackState } from '../../source/model/state.ts';
import { discovered, healthy, stateOf } from '../diagnosis/stack.ts';

/** A healthy stack whose servers are reached through ssh. `port`: where Airflow is published on the engine's host. */
export function behindSsh(given: {
	readonly engine: string;
	readonly port: number;
	readonly version: string;
}): StackState {
	const { engine, port, version } = given;
	const url = `http://${new URL(engine).hostname}:${port}`;
	const state = stateOf(...healthy, discovered({ airflow: url, mlflow: url }));
	if (state.stack === null) throw new Error('the stack was not discovered');
	const { servers } = state.stack;
	const airflow = { ...servers.airflow, throughSsh: { host: '127.0.0.1', port } };
	return {
		...state,
		engine: { address: engine, origin: '--docker-host', isDefault: false },
		stack: { ...state.stack, servers: { ...servers, airflow } },
		sources: { ...state.sources, airflow: { version, address: url, connectedAt: 0 } },
	};
}
