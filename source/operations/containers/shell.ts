import type { Clients } from '../../clients/clients.ts';
import type { Container } from '../../model/engine/container.ts';
import { type EngineAsked, engineCommand } from '../../selectors/printed-commands/printed-command.ts';
import { type Message, phrase, quoted } from '../../words/message.ts';
import type { ShellRequest } from '../plan/plan.ts';

/**
 * How long the question waits for the container's user, ms: as long as for other requests to the engine, because the
 * question has to say whether the shell is root's. Esc ends the wait.
 */
const inspectMs = 10_000;

/**
 * Asks to open a shell in a container: names the container, the user and the project.
 * @param known the user, if a check has read it; a container keeps its user
 */
export async function requestShell(
	{
		clients,
		state,
		signal,
	}: {
		readonly clients: Pick<Clients, 'docker'>;
		readonly state: EngineAsked;
		readonly signal: AbortSignal;
	},
	container: Container,
	known: string | null,
): Promise<{ readonly kind: 'shell'; readonly shell: ShellRequest }> {
	const limit = AbortSignal.any([signal, AbortSignal.timeout(inspectMs)]);
	const asked = async () => (await clients.docker.inspection(container.id, limit)).user;
	const user = known ?? (await asked().catch(() => null));
	return { kind: 'shell', shell: shellRequest(state, container, user) };
}

/** `user`: as `docker inspect` has it, empty for root; null: unknown. */
export function shellRequest(
	engine: EngineAsked,
	{ id, name, image, project }: Pick<Container, 'id' | 'name' | 'image' | 'project'>,
	user: string | null,
): ShellRequest {
	const named = { name, image, user: userInWords(user) };
	return {
		containerId: id,
		name,
		project,
		title: phrase(['open a shell in {name}', '{name}에서 셸 열기'], { name }),
		effects: [
			project === null
				? phrase(
						[
							'Opens a shell in container {name} ({image}), which belongs to no Compose project, as {user}.',
							'Compose 프로젝트에 속하지 않은 컨테이너 {name}({image})에서 {user}으로(로) 셸을 엽니다.',
						],
						named,
					)
				: phrase(
						[
							'Opens a shell in container {name} ({image}) of project {project} as {user}.',
							'{project} 프로젝트의 컨테이너 {name}({image})에서 {user}으로(로) 셸을 엽니다.',
						],
						{ ...named, project },
					),
			phrase([
				'Commands take effect at once. laketop records that the shell was opened, not what is typed.',
				'입력한 명령은 바로 실행됩니다. laketop은 셸을 열었다는 사실만 기록하고 입력 내용은 기록하지 않습니다.',
			]),
		],
		command: engineCommand(engine, 'exec', '-it', name, 'sh'),
	};
}

function userInWords(user: string | null): Message {
	if (user === null) return phrase(['the user of its image, possibly root', '이미지의 기본 사용자(root일 수 있음)']);
	const [name = ''] = user.split(':');
	if (name === '' || name === '0' || name === 'root') return quoted('root');
	return phrase(['user {name}', '사용자 {name}'], { name });
}
