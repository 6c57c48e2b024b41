import type { Monitor } from '../../app/monitor.ts';
import { foreignChange } from '../../selectors/servers/stack.ts';
import { type Message, phrase } from '../../words/message.ts';
import { UsageError } from '../arguments/given.ts';
import type { CommandContext } from '../context/context.ts';
import { CommandFailure } from '../exit/failures.ts';
import { canAsk } from './ask.ts';

/**
 * Throws in read-only mode, or if confirmation is required and there is no terminal, before any request. A dry run is
 * always allowed.
 */
export function demandPermission({ command, config, given, io }: CommandContext): void {
	if (given.is('dry-run')) return;
	if (config.readOnly) {
		throw new CommandFailure({ kind: 'refused', ...readOnlyRefusal(command.name) });
	}
	if (!given.is('yes') && !canAsk(io)) {
		throw new UsageError(
			phrase(
				[
					'{command} needs confirmation, but stdin is not a terminal',
					'{command}에는 확인이 필요하지만 표준 입력이 터미널이 아닙니다',
				],
				{ command: command.name },
			),
			phrase([
				'Pass --yes to confirm or --dry-run to preview',
				'확인하려면 --yes를, 미리 보려면 --dry-run을 지정하세요',
			]),
		);
	}
}

/** The failure of a command that changes something in read-only mode. */
export function readOnlyRefusal(command: string): { readonly message: Message; readonly fix: Message } {
	return {
		message: phrase(
			['{command} is disabled in read-only mode', '읽기 전용 모드에서는 {command}을(를) 쓸 수 없습니다'],
			{
				command,
			},
		),
		fix: phrase(['Run laketop config to see where it is set', 'laketop config로 어디에서 설정했는지 확인하세요']),
	};
}

/**
 * Throws if several projects are possible and none was named: laketop picks the best one, which may change at any time,
 * and a command acts without showing its choice first. A dry run shows it.
 */
export function demandOneProject({ given }: CommandContext, monitor: Monitor): void {
	const { stack } = monitor.store.current();
	if (stack?.projectOrigin !== 'best' || given.is('dry-run')) return;
	const names = [stack.project, ...stack.otherProjects].join(', ');
	throw new CommandFailure({
		kind: 'refused',
		message: phrase(
			[
				'Several projects run Airflow or MLflow: {names}',
				'여러 프로젝트가 Airflow나 MLflow를 실행하고 있습니다: {names}',
			],
			{ names },
		),
		fix: phrase(
			[
				'Pass --project {project}, or set project in the configuration',
				'--project {project}을(를) 지정하거나 설정에서 project를 지정하세요',
			],
			{ project: stack.project ?? '' },
		),
	});
}

/** Throws if that project, or Airflow of the shown one, belongs to another folder: see `foreignChange`. */
export function demandOwnStack({ store }: Pick<Monitor, 'store'>, project: string | null | undefined): void {
	const failure = foreignChange(store.current(), project);
	if (failure !== null) throw new CommandFailure(failure);
}
