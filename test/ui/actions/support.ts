import { AirflowV1Client } from '../../../source/clients/airflow/v1/airflow-v1.ts';
import type { Clients } from '../../../source/clients/clients.ts';
import { DockerClient } from '../../../source/clients/engine/docker.ts';
import { type DemoStack, startDemo } from '../../../source/demo/index.ts';
import { ClientError } from '../../../source/model/failures/failure.ts';
import type { Observation } from '../../../source/model/observation.ts';
import { reduce } from '../../../source/model/reduce.ts';
import type { FailureKind } from '../../../source/model/source.ts';
import { discoverStack } from '../../../source/model/stack/discover-stack.ts';
import { type ContainerState, initialState, runKey, type StackState } from '../../../source/model/state.ts';
import type { Clock } from '../../../source/model/time/clock.ts';
import { isRefusal, type Outcome, type Plan, type Planned } from '../../../source/operations/plan/plan.ts';
import { runPlan } from '../../../source/operations/plan/run-plan.ts';
import { quoted } from '../../../source/words/message.ts';
import { type English, english } from '../../english.ts';

export const dagId = 'ml_pipeline_end_to_end';

/** The embedded stack, clients for it, and the facts that plans are made from. */
export type Bench = {
	readonly demo: DemoStack;
	readonly clients: Clients;
	readonly airflow: AirflowV1Client;
	/** The state as in a monitor: all DAGs, the pipeline's runs and their tasks, all containers. */
	facts(): Promise<{ state: StackState; now: number }>;
	/** Only the containers. */
	containerFacts(): Promise<{ state: StackState; now: number }>;
	container(name: string): Promise<ContainerState>;
	/** Runs a plan as screen and commands do; a refusal fails the test. */
	perform(planned: Planned, clients?: Clients): Promise<English<Outcome> & { readonly progress: readonly string[] }>;
	close(): Promise<void>;
};

export async function startBench(password = 'admin'): Promise<Bench> {
	let ahead = 0;
	const now = () => Date.now() + ahead;
	const demo = await startDemo({ autonomous: false, now });
	/** Its pauses take no time here: the stack's time moves on instead. */
	const clock: Clock = {
		now,
		async sleep(ms) {
			ahead += ms;
			demo.scenario.tick();
			await demo.scenario.settled();
		},
	};
	const airflow = new AirflowV1Client(demo.airflowUrl, { username: 'admin', password });
	const dockerHost = { kind: 'unix' as const, address: demo.dockerHost, origin: 'test', tlsDirectory: null };
	const docker = new DockerClient(dockerHost);
	const clients: Clients = { docker, ssh: null, compose: demo.compose, airflow, mlflow: null };
	/** A monitor's facts after it has listed the containers and discovered the stack. */
	const listed = async (): Promise<StackState> => {
		const found = await docker.containers();
		const stack = discoverStack(found, { publishedHost: 'localhost', engine: 'listed', before: null });
		const facts: Observation[] = [
			{ type: 'containers listed', containers: found, at: now() },
			{ type: 'stack discovered', ...stack, at: now() },
		];
		return facts.reduce(reduce, initialState);
	};
	return {
		demo,
		clients,
		airflow,
		async facts() {
			const runs = await airflow.dagRuns(dagId, 5);
			const tasks = await Promise.all(
				runs.map(async ({ dagRunId }) => [runKey(dagId, dagRunId), await airflow.taskInstances(dagId, dagRunId)]),
			);
			const state: StackState = {
				...(await listed()),
				sources: { airflow: { version: '2.8.0', address: airflow.address, connectedAt: 0 } },
				dags: await airflow.dags(),
				dagRuns: { [dagId]: runs },
				taskInstances: Object.fromEntries(tasks),
			};
			return { state, now: now() };
		},
		containerFacts: async () => ({ state: await listed(), now: now() }),
		async container(name) {
			const found = Object.values((await listed()).containers).find(({ container }) => container.name === name);
			if (!found) throw new Error(`no container ${name}`);
			return found;
		},
		perform: (planned, others = clients) => perform(planOf(planned), others, clock),
		async close() {
			await airflow.close();
			await demo.close();
		},
	};
}

export function planOf(planned: Planned): Plan {
	if (isRefusal(planned)) throw new Error(`refused: ${english(planned.refused)}`);
	return planned;
}

async function perform(plan: Plan, clients: Clients, clock: Clock) {
	const progress: string[] = [];
	const outcome = await runPlan(plan, {
		monitor: {
			clients,
			clock,
			observe: () => undefined,
			refresh: () => undefined,
		},
		signal: new AbortController().signal,
		audit: () => null,
		user: 'test',
		by: 'command',
		project: null,
		progress: line => progress.push(english(line)),
	});
	return { ...english(outcome), progress };
}

/** A client with a method that loses its response: after the work was done, or before it was started. */
export function losing<Client extends object>(
	client: Client,
	method: keyof Client & string,
	{ after, kind = 'lost' }: { after: boolean; kind?: FailureKind },
): Client & { readonly calls: number } {
	let calls = 0;
	return new Proxy(client, {
		get(target, name) {
			if (name === 'calls') return calls;
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== 'function') return value;
			if (name !== method) return value.bind(target);
			return async (...given: unknown[]) => {
				calls++;
				if (after) await value.apply(target, given);
				throw new ClientError(kind, quoted('Airflow: the connection was closed'));
			};
		},
	}) as Client & { readonly calls: number };
}

/** A client with a method after each call of which something else happens before its response arrives. */
export function followed<Client extends object>(
	client: Client,
	method: keyof Client & string,
	then: () => void,
): Client {
	return new Proxy(client, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== 'function') return value;
			if (name !== method) return value.bind(target);
			return async (...given: unknown[]) => {
				const answer: unknown = await value.apply(target, given);
				then();
				return answer;
			};
		},
	});
}
