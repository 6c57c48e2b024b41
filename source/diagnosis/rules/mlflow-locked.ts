import { shellWords } from '../../model/text/shell-words.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { sayer } from '../../words/message.ts';
import { isMlflowLocked } from '../airflow-facts.ts';
import type { DiagnosisFacts, Service } from '../facts.ts';
import { evidence, fix, type Rule } from '../finding.ts';
import { commonMessages } from '../messages/common.ts';
import { readLog } from '../services.ts';

const texts = {
	'locked.title': ['The MLflow database is locked', 'MLflow 데이터베이스가 잠겨 있습니다'],
	'locked.holders': ['Processes that hold the lock:', '잠금을 가진 프로세스:'],
	'locked.holder.cause': [
		'Another program in {service} holds the lock: {command} (process {pid})',
		'{service} 안의 다른 프로그램이 잠금을 가지고 있습니다: {command}(프로세스 {pid})',
	],
	'locked.own.cause': [
		'The MLflow server itself holds the lock: a long write',
		'MLflow 서버 자신의 요청이 잠금을 가지고 있습니다. 오래 걸리는 쓰기 작업입니다',
	],
	'locked.cause': [
		'Another program holds the lock on its SQLite file: a backup, a shell or a second server',
		'다른 프로그램이 SQLite 파일의 잠금을 가지고 있습니다. 백업, 셸, 두 번째 서버 등을 확인하세요',
	],
	'locked.reason': [
		'{service} logged "database is locked", and its API has failed since',
		'{service} 로그에 "database is locked"가 기록되었고 그 후로 API가 동작하지 않습니다',
	],
	'locked.held.reason': [
		'MLflow does not respond, and another process holds a write lock on its database file',
		'MLflow가 응답하지 않고, 다른 프로세스가 데이터베이스 파일의 쓰기 잠금을 가지고 있습니다',
	],
	'locked.impact': [
		'Tasks that log to MLflow fail or hang, and its UI hangs',
		'MLflow에 기록하는 작업이 실패하거나 멈추고 UI도 멈춥니다',
	],
	'locked.wait.fix': [
		'Wait for that program to finish, or stop it. Restarting MLflow does not help',
		'해당 프로그램이 끝나기를 기다리거나 중지하세요. MLflow를 재시작해도 해결되지 않습니다',
	],
	'locked.kill.fix': ['Stop process {pid}', '프로세스 {pid}을(를) 종료하세요'],
	'locked.find.fix': [
		'Find the program on the host that has the file open',
		'호스트에서 파일을 열고 있는 프로그램을 찾으세요',
	],
} as const;
const say = sayer({ ...commonMessages, ...texts });

/**
 * Another program holds the lock of MLflow's SQLite database. A restart of MLflow does not help: the new server waits for the
 * same lock, or ends at once because it cannot migrate.
 */
export const mlflowLocked: Rule = {
	name: 'mlflow database locked',
	texts,
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
