import { shellWords } from '../../model/text/shell-words.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { isMlflowLocked } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { readLog } from '../services.ts';

/**
 * Another program holds the lock of MLflow's SQLite database. A restart of MLflow does not help: the new server waits for the
 * same lock, or ends at once because it cannot migrate.
 */
export const mlflowLocked: Rule = {
	name: 'mlflow database locked',
	find: facts => {
		const mlflow = facts.of('mlflow');
		const [sign] = facts.signs('mlflow database locked');
		if (!mlflow || !isMlflowLocked(facts)) return [];
		const holders = facts.check('mlflow lock')?.holders ?? [];
		const [other] = holders.filter(({ isServer }) => !isServer);
		const isOwn = !other && holders.length > 0;
		return [
			{
				subject: mlflow.container,
				severity: 'critical',
				since: sign?.firstAt ?? facts.page('mlflow')?.check?.since ?? null,
				title: say('locked.title'),
				evidence: [
					...(holders.length > 0
						? [
								evidence(
									say('locked.holders'),
									holders.map(({ pid, command }) => `${pid} ${command}`),
								),
							]
						: []),
					...(sign ? [evidence(say('evidence.sign', { service: mlflow.name, count: sign.count }), [sign.line])] : []),
				],
				cause: other
					? say('locked.holder.cause', { command: other.command, pid: other.pid, service: mlflow.name })
					: isOwn
						? say('locked.own.cause')
						: say('locked.cause'),
				reason: sign ? say('locked.reason', { service: mlflow.name }) : say('locked.held.reason'),
				impact: [say('locked.impact')],
				fixes: [
					fix(say('locked.wait.fix'), { kind: 'advice' }),
					...(other
						? [
								fix(say('locked.kill.fix', { pid: other.pid }), {
									kind: 'type' as const,
									command: engineCommand(facts.state, 'exec', mlflow.container, 'kill', String(other.pid)),
								}),
							]
						: hostCommand(facts, mlflow)),
					readLog(mlflow),
				],
				breaks: ['mlflow'],
				dependsOn: ['engine', 'disk'],
			},
		];
	},
};

/** How to find a program outside of the container that has the file open; none if the file is not on this host. */
function hostCommand(facts: DiagnosisFacts, { it }: Service) {
	const path = facts.check('mlflow lock')?.path ?? '';
	const mount = it.container.mounts.find(({ destination }) => path.startsWith(`${destination}/`));
	if (!mount?.source.startsWith('/')) return [];
	const file = `${mount.source}${path.slice(mount.destination.length)}`;
	return [fix(say('locked.find.fix'), { kind: 'type' as const, command: shellWords('sudo', 'fuser', '-v', file) })];
}
