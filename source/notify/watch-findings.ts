import type { Language } from '../diagnosis/messages/message.ts';
import { render } from '../diagnosis/messages/render.ts';
import type { Monitor } from '../monitor.ts';
import { deliver } from './deliver.ts';
import { Notices } from './notices.ts';
import type { NotifyConfig } from './ways.ts';

export type FindingsWatch = {
	readonly monitor: Pick<Monitor, 'store' | 'clock'>;
	readonly notify: NotifyConfig;
	readonly language: Language;
	readonly host: string;
	/** The Compose project that is watched, as far as it is known. */
	readonly project: () => string | null;
	/** Sends a sequence to the terminal. */
	readonly write: (sequence: string) => void;
	/** Says what could not be delivered. */
	readonly complain: (problem: string) => void;
};

/** Tells of findings as they come, as the user wishes; returns how to stop. */
export function watchFindings(watch: FindingsWatch): () => void {
	const { monitor, notify, language } = watch;
	const { store, clock } = monitor;
	const notices = new Notices(notify);
	const stopped = new AbortController();
	let waitsUntil: number | null = null;
	const look = () => {
		if (stopped.signal.aborted) return;
		const { findings, diagnosedAt } = store.current();
		if (diagnosedAt === null) return;
		const { tell, againAt } = notices.due(findings, clock.now());
		if (tell.length > 0) {
			void deliver(
				notify,
				{
					project: watch.project(),
					host: watch.host,
					at: new Date(clock.now()).toISOString(),
					findings: tell.map(({ id, severity, title, cause }) => ({
						id,
						severity,
						title: render(title, language),
						cause: render(cause, language),
					})),
				},
				watch.write,
			).then(problems => problems.forEach(watch.complain));
		}
		if (againAt === null || waitsUntil === againAt) return;
		waitsUntil = againAt;
		void clock.sleep(Math.max(0, againAt - clock.now()), stopped.signal).then(() => {
			waitsUntil = null;
			look();
		});
	};
	let last: readonly unknown[] | null = null;
	const stop = store.onChange(state => {
		if (state.diagnosedAt === null || state.findings === last) return;
		last = state.findings;
		look();
	});
	return () => {
		stopped.abort();
		stop();
	};
}
