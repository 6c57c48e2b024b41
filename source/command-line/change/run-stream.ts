import type { Monitor } from '../../app/monitor.ts';
import { isAirflow3 } from '../../selectors/printed-commands/airflow-command.ts';

/** Pause between two states of the stream, s: a script waits for minutes, and the end is reported at once anyway. */
const everySeconds = 5;

/**
 * The states of a DAG run as Airflow 3 reports them in one request that lasts until the run ends. It replaces polling where
 * nobody watches; with Airflow 2, and after any failure, it is not live, and the run is polled.
 */
export class RunStream {
	readonly #end = new AbortController();
	#isLive = false;
	#hasNews = false;

	constructor(monitor: Pick<Monitor, 'clients' | 'store'>, dagId: string, dagRunId: string, signal: AbortSignal) {
		if (isAirflow3(monitor.store.current())) {
			void this.#read(monitor, dagId, dagRunId, AbortSignal.any([signal, this.#end.signal]));
		}
	}

	/** Whether the server will report the end. */
	get isLive(): boolean {
		return this.#isLive;
	}

	/** Whether it has reported a state since the last call: time to look at the tasks, or at the end. */
	takeNews(): boolean {
		const had = this.#hasNews;
		this.#hasNews = false;
		return had;
	}

	close(): void {
		this.#end.abort();
	}

	async #read({ clients }: Pick<Monitor, 'clients'>, dagId: string, dagRunId: string, signal: AbortSignal) {
		try {
			const requests = await clients.airflow?.airflow3('wait', signal);
			if (!requests) return;
			for await (const _ of requests.watchRun(dagId, dagRunId, everySeconds, signal)) {
				this.#isLive = true;
				this.#hasNews = true;
			}
		} catch {
			// The run is polled instead.
		} finally {
			this.#isLive = false;
		}
	}
}
