import type { Clients } from '../../clients/clients.ts';
import { composeUser, pageService } from '../../clients/compose-user.ts';
import { execLines } from '../../clients/engine/docker-exec.ts';
import { stackUser } from '../../clients/engine/stack-user.ts';
import type { Container } from '../../model/engine/container.ts';
import { exitedWith } from '../../model/failures/exited-with.ts';
import { failureOf } from '../../model/failures/failure.ts';
import { type Secret, secretText } from '../../model/secrets/secret.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { airflowUserContainers } from '../../model/stack/airflow-user-containers.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import { airflowService } from '../../selectors/containers/airflow-services.ts';
import { engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { type Message, phrase, quoted, render } from '../../words/message.ts';
import { answerIsLost, failed } from '../plan/outcomes.ts';
import type { Facts, Outcome, Planned, Tools } from '../plan/plan.ts';
import { composeUnavailable, runCompose } from './run-compose.ts';

export type FirstUser = {
	readonly username: string;
	/** Sent to Airflow on standard input, so that it is in no command line, neither here nor in the container. */
	readonly password: Secret;
	readonly firstName?: string;
	readonly lastName?: string;
	readonly email?: string;
	readonly role?: string;
	/** Nobody has configured this login: the user that the stack's containers are to create has priority. */
	readonly isDefault?: boolean;
};

const migrate = ['db', 'migrate'];

/**
 * First-time initialisation: migrates Airflow's metadata database and creates its first user, in the webserver's
 * container if it runs, else in a temporary one. Harmless if it was done before. Throws ClientError if the engine does
 * not respond.
 */
export async function planInit(
	clients: Clients,
	{ state }: Facts,
	asked: FirstUser,
	signal: AbortSignal,
): Promise<Planned> {
	const user = asked.isDefault ? { ...asked, ...(await stackLogin(clients, state, signal)) } : asked;
	const { username, password, firstName = 'Admin', lastName = 'User', role = 'Admin' } = user;
	// Airflow requires an address, and it must be unique.
	const email = user.email ?? `${username}@example.com`;
	if (username === '' || password === '')
		return {
			refused: phrase([
				'The first user needs a name and a password: set LAKETOP_AIRFLOW_USERNAME and LAKETOP_AIRFLOW_PASSWORD',
				'첫 사용자의 이름과 비밀번호가 필요합니다. LAKETOP_AIRFLOW_USERNAME과 LAKETOP_AIRFLOW_PASSWORD를 설정하세요',
			]),
			kind: 'refused',
		};
	const { compose } = clients;
	const webserver = airflowService(state, compose.project().name, 'webserver')?.container;
	const running = webserver?.state === 'running' ? webserver : undefined;
	if (!running) {
		const unavailable = await composeUnavailable(compose);
		if (unavailable) return unavailable;
	}
	const service = webserver?.service ?? (await pageService(compose, signal)) ?? 'airflow-webserver';
	const create = [
		...['users', 'create', '--username', username, '--firstname', firstName, '--lastname', lastName],
		...['--role', role, '--email', email],
	];
	const shown = (words: readonly string[]) =>
		running
			? engineCommand(state, 'exec', '-it', running.name, 'airflow', ...words)
			: compose.command(['run', '--rm', '--entrypoint', 'airflow', service, ...words]);
	return {
		actionId: 'init',
		title: phrase(['initialise Airflow', 'Airflow 초기화']),
		effects: [
			phrase([
				'Migrates the metadata database to the schema of this Airflow version. Its data is kept.',
				'메타데이터 데이터베이스를 현재 Airflow 버전의 스키마로 마이그레이션합니다. 데이터는 유지됩니다.',
			]),
			phrase(
				[
					'Creates user {username} ({role}). An existing user of that name keeps its password.',
					'사용자 {username}({role})을(를) 생성합니다. 같은 이름의 사용자가 이미 있으면 비밀번호는 그대로입니다.',
				],
				{ username, role },
			),
			running
				? phrase(['Both run in container {name}.', '두 단계 모두 컨테이너 {name}에서 실행합니다.'], {
						name: running.name,
					})
				: phrase(
						[
							'Both run in one-off containers of service {service}. The database is started first.',
							'두 단계 모두 서비스 {service}의 일회성 컨테이너에서 실행합니다. 데이터베이스를 먼저 시작합니다.',
						],
						{ service },
					),
		],
		command: `${shown(migrate)}\n${shown(create)}`,
		project: compose.project().name ?? undefined,
		targets: [`service ${service}`, `Airflow user ${username}`],
		perform: tools => performInit(tools, { running, service, create, password }),
	};
}

/** The user that laketop logs in as once the stack runs; null: neither its containers nor its files name one. */
async function stackLogin({ compose, docker }: Clients, { containers }: Facts['state'], signal: AbortSignal) {
	const { name } = compose.project();
	const own = Object.values(containers).flatMap(({ container }) => (container.project === name ? [container] : []));
	const found = name === null ? undefined : (await stackUser(docker, airflowUserContainers(own)))?.login;
	const login = found ?? (await composeUser(compose, signal));
	// The question shows the name; it must not be able to forge it.
	return login && cleanText(login.username) === login.username ? login : null;
}

type Init = {
	/** The webserver's container; undefined: one-off containers of `service` run the commands. */
	readonly running: Container | undefined;
	readonly service: string;
	readonly create: readonly string[];
	readonly password: Secret;
};

async function performInit(tools: Tools, { running, service, create, password }: Init): Promise<Outcome> {
	const once = (words: readonly string[]) => ['run', '--rm', '-T', '--entrypoint', 'airflow', service, ...words];
	const steps = [
		{ words: migrate, typed: async () => '' },
		// Airflow prompts for it twice if it is not in the command line (airflow/cli/commands/user_command.py).
		{ words: create, typed: async () => `${await secretText(password)}\n`.repeat(2) },
	];
	let last = '';
	let hasNoUsers = false;
	for (const { words, typed } of steps) {
		const input = await typed();
		tools.progress(quoted(`airflow ${words.slice(0, 2).join(' ')}`));
		const heard = (line: Message) => {
			const text = withoutPrompts(render(line, 'en'));
			if (text === '') return;
			last = text;
			hasNoUsers ||= usersElsewhere.test(text);
			tools.progress(quoted(text));
		};
		const quiet: Tools = { ...tools, progress: heard };
		const outcome = running
			? await runInside(quiet, running, words, input)
			: await runCompose(quiet, once(words), input);
		// Airflow 3 with an auth manager other than FAB: there are no users to create.
		if (outcome && hasNoUsers && words === create) return { outcome: 'done', message: noUsers };
		if (outcome) return outcome;
	}
	return {
		outcome: 'done',
		message: phrase(['database migrated; {last}', '데이터베이스 마이그레이션 완료. {last}'], { last }),
	};
}

/** Output of Airflow 3's command line if no auth manager provides the command: an argparse error. */
const usersElsewhere = /invalid choice: '?users\b/;
const noUsers = phrase([
	'database migrated; this Airflow has no users command: its auth manager keeps users (the simple auth manager writes their passwords to the log of the API server)',
	'데이터베이스 마이그레이션 완료. 이 Airflow에는 users 명령이 없습니다. 사용자는 인증 관리자가 관리합니다(simple 인증 관리자는 비밀번호를 API 서버 로그에 기록함)',
]);

/** Removes the prompt for a password, which is written even without a terminal, and hashes in errors. */
function withoutPrompts(line: string): string {
	const text = line.replace(/^(?:(?:Password|Repeat for confirmation): ?)+/, '').trim();
	return /GetPassWarning|fallback_getpass|Password input may be echoed|site-packages\/.{0,300}Warning:/.test(text)
		? ''
		: maskText(text);
}

/** null if it succeeded. */
async function runInside(
	tools: Tools,
	container: Container,
	words: readonly string[],
	input: string,
): Promise<Outcome | null> {
	let last = '';
	// The database names the cause; the last line only says that the command failed.
	let detail = '';
	try {
		const request = { tty: false, columns: 80, rows: 24 };
		const session = await tools.clients.docker.exec(container.id, ['airflow', ...words], request, tools.signal);
		const onLine = (line: string) => {
			detail = /^DETAIL:\s+(.+)/.exec(line)?.[1] ?? detail;
			if (line.trim() !== '') last = line.trim();
			tools.progress(quoted(line));
		};
		const code = await execLines(session, input, onLine, tools.signal);
		if (code === 0) return null;
		const what = `airflow ${words.slice(0, 2).join(' ')}`;
		const why = [last, detail].filter(Boolean).join(': ');
		return {
			outcome: 'failed',
			message: exitedWith(what, code, why),
			failure: 'refused',
		};
	} catch (error) {
		if (tools.signal.aborted) throw error;
		const failure = failureOf(error);
		if (!answerIsLost(error)) return failed(failure);
		return {
			outcome: 'unknown',
			message: phrase(
				[
					'{why}; the command continues in the container and is safe to run again',
					'{why}. 명령은 컨테이너에서 계속 실행되며 다시 실행해도 안전합니다',
				],
				{ why: failure.message },
			),
			failure: 'unreachable',
		};
	}
}
