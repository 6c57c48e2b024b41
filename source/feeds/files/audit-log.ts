import type { AirflowClient } from '../../clients/airflow/airflow.ts';
import { failureOf } from '../../model/failures/failure.ts';
import type { StackState } from '../../model/state.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';
import type { AirflowDeps } from '../airflow/pipeline.ts';
import type { FeedContext } from '../schedule.ts';

const intervalMs = 30_000;
/** Until Airflow's version is known. */
const firstMs = 1000;

/** Reads what people did in Airflow 3, for the timeline of the screen. */
export async function watchAuditLog(
	context: FeedContext,
	deps: Pick<AirflowDeps, 'state' | 'interest' | 'dagsWake'> & { readonly airflow: () => Airflow | null },
): Promise<void> {
	const { clock, signal } = context;
	const log = new AuditLog(context);
	while (!signal.aborted) {
		const client = deps.airflow();
		if (client) await log.read(client, deps.state(), signal);
		const isKnown = deps.state().sources.airflow !== undefined;
		const pauseMs = deps.interest.getState().focused ? intervalMs : 2 * intervalMs;
		// Who has changed something here wants to see it.
		await deps.dagsWake.sleep(clock, isKnown ? pauseMs : firstMs, signal);
	}
}

/** Events of one look: more in half a minute are no people. */
const eventsRead = 100;

type Airflow = Pick<AirflowClient, 'airflow3'>;

/** Reads what people did since the last look from the audit log of Airflow 3. */
export class AuditLog {
	readonly #observe: FeedContext['observe'];
	#client: Airflow | null = null;
	#last: { readonly id: number; readonly at: number } | null = null;
	#isRefused = false;

	constructor({ observe }: Pick<FeedContext, 'observe'>) {
		this.#observe = observe;
	}

	/** Never throws: a user who may not read the audit log sees everything else. */
	async read(client: Airflow, state: Pick<StackState, 'sources'>, signal: AbortSignal): Promise<void> {
		if (client !== this.#client) {
			this.#client = client;
			this.#last = null;
			this.#isRefused = false;
		}
		if (this.#isRefused || !isAirflow3(state)) return;
		try {
			const requests = await client.airflow3('events', signal);
			const found = await requests.events({ limit: eventsRead, after: this.#last?.at }, signal);
			const { id: known = 0 } = this.#last ?? {};
			// The server's times are in microseconds, so the last event is among them again.
			const events = found.filter(({ id }) => id > known);
			const [newest] = events;
			if (!newest || client !== this.#client) return;
			this.#last = newest;
			this.#observe({ type: 'airflow events fetched', events });
		} catch (error) {
			// Otherwise asked again at the next turn.
			this.#isRefused = failureOf(error).httpStatus === 403;
		}
	}
}
