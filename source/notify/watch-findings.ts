import type { NotifyConfig } from '../model/settings/notify-settings.ts';
import type { StackState } from '../model/state.ts';
import type { Clock } from '../model/time/clock.ts';
import { verdictOf } from '../selectors/findings/verdict.ts';
import type { Language } from '../words/language.ts';
import { type Message, render } from '../words/message.ts';
import { deliver } from './deliver.ts';
import { Notices } from './notices.ts';

export type FindingsWatch = {
	readonly monitor: {
		readonly clock: Clock;
		readonly store: {
			current(): StackState;
			onChange(listener: (state: StackState) => void): () => void;
		};
	};
	readonly notify: NotifyConfig;
	readonly language: Language;
	readonly host: string;
	/** The watched Compose project, if known. */
	readonly project: () => string | null;
	/** Sends a sequence to the terminal. */
	readonly write: (sequence: string) => void;
	/** Reports what could not be delivered. */
	readonly complain: (problem: Message) => void;
};

/** Notifies of findings by the configured means as they appear; returns a function that stops it. */
export function watchFindings(watch: FindingsWatch): () => void {
	const { monitor, notify, language } = watch;
	const { store, clock } = monitor;
	const notices = new Notices(notify);
	const stopped = new AbortController();
	let waitsUntil: number | null = null;
	const look = () => {
		if (stopped.signal.aborted) return;
		const state = store.current();
		if (state.diagnosedAt === null) return;
		const now = clock.now();
		const expires = state.acknowledgements.flatMap(({ until }) => (until !== null && until > now ? [until] : []));
		const due = notices.due(verdictOf(state, now).findings, now);
		const { report } = due;
		// A finding whose acknowledgement expires is reported again.
		const againAt = [due.againAt, ...expires].reduce<number | null>(
			(first, at) => (at === null ? first : Math.min(first ?? at, at)),
			null,
		);
		if (report.length > 0) {
			void deliver(
				notify,
				{
					project: watch.project(),
					host: watch.host,
					at: new Date(clock.now()).toISOString(),
					findings: report.map(({ id, severity, title, cause }) => ({
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
	let last: StackState | null = null;
	const stop = store.onChange(state => {
		const isSame = state.findings === last?.findings && state.acknowledgements === last.acknowledgements;
		if (state.diagnosedAt === null || isSame) return;
		last = state;
		look();
	});
	return () => {
		stopped.abort();
		stop();
	};
}
