import { type AuditEntry, userName } from '../../operations/plan/audit.ts';
import type { Plan, ShellRequest } from '../../operations/plan/plan.ts';
import { isRunning, runPlan } from '../../operations/plan/run-plan.ts';
import { ownProject } from '../../selectors/servers/stack.ts';
import { asHeading, render } from '../../words/message.ts';
import { writer } from '../../words/write.ts';
import type { ControllerOptions } from './options.ts';
import type { Stage } from './stage.ts';

const readOnly = ['{title}: laketop runs read-only', '{title}: laketop이 읽기 전용으로 실행 중입니다'] as const;

/** Shorter actions need no progress box. */
const progressAfterMs = 500;

/** Runs confirmed plans and records them. */
export class Performing {
	readonly #options: ControllerOptions;
	readonly #stage: Stage;
	readonly #signal: AbortSignal;

	constructor(options: ControllerOptions, stage: Stage, signal: AbortSignal) {
		this.#options = options;
		this.#stage = stage;
		this.#signal = signal;
	}

	perform(plan: Plan): void {
		const stage = this.#stage;
		const { monitor, audit } = this.#options;
		const { clock, config, store } = monitor;
		const say = writer(config.language);
		const title = asHeading(plan.title);
		if (config.readOnly) return stage.hint(say(readOnly, { title }));
		// A second press while the action runs does nothing.
		if (isRunning(plan, store.current().actions))
			return stage.hint(say(['{title} is already running', '{title}: 이미 진행 중입니다'], { title }));
		// A frozen screen would hide the outcome.
		if (stage.view.frozen) stage.show({ view: { ...stage.view, frozen: false } });
		let isShown = false;
		void runPlan(plan, {
			monitor,
			signal: this.#signal,
			audit,
			user: userName(),
			by: 'screen',
			project: this.#project(),
			// Progress is shown unless the user does something else by then.
			progress: (_line, id) => {
				if (isShown || plan.runsInParallel) return;
				isShown = true;
				void clock.sleep(progressAfterMs, this.#signal).then(() => {
					const action = store.current().actions.find(one => one.id === id);
					if (action?.outcome !== 'running' || stage.dialog !== null || stage.view.frozen) return;
					stage.show({ dialog: { kind: 'progress', action: id, title: render(title, config.language) } });
				});
			},
		});
	}

	/** A shell may change anything: opening it is recorded, its input is not. */
	async openShell({ containerId, name }: ShellRequest): Promise<void> {
		const { monitor, audit, terminal } = this.#options;
		const say = writer(monitor.config.language);
		if (monitor.config.readOnly) return this.#stage.hint(say(readOnly, { title: say(['Shell', '셸']) }));
		const record = (event: AuditEntry['event'], message: string) =>
			audit({
				at: new Date(monitor.clock.now()).toISOString(),
				user: userName(),
				by: 'screen',
				project: this.#project(),
				action: 'shell',
				targets: [`container ${name}`],
				event,
				message,
			});
		const problem = record('started', '');
		if (problem !== null)
			return this.#stage.hint(
				say(
					[
						'Shell not opened: it cannot be recorded ({problem})',
						'셸을 열지 않았습니다: 감사 로그에 기록할 수 없습니다 ({problem})',
					],
					{ problem },
				),
			);
		const words = await terminal.shell(containerId, name);
		record(words === null ? 'done' : 'failed', words === null ? 'ended' : render(words, 'en'));
		if (words !== null) this.#stage.hint(render(words, monitor.config.language));
	}

	#project(): string | null {
		const { store, config } = this.#options.monitor;
		return ownProject(store.current(), config.discovery.project);
	}
}
