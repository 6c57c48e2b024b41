import { isPodmanSocket } from '../../model/engine/engine-address.ts';
import type { Fix } from '../../model/finding.ts';
import type { FailureKind } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import { sayer } from '../../words/message.ts';
import { fix, type Rule } from '../finding.ts';

const texts = {
	'engine.title': ['The Docker Engine is unreachable', 'Docker 엔진에 연결할 수 없습니다'],
	'engine.down.cause': ['It is not running, or its address is wrong', '실행 중이 아니거나 지정된 주소에 없습니다'],
	'engine.permission.cause': [
		'This user has no permission to use the Docker socket',
		'현재 사용자에게 Docker 소켓을 사용할 권한이 없습니다',
	],
	'engine.other.cause': ['{message}', '{message}'],
	'engine.reason': ['{message}', '{message}'],
	'engine.impact': [
		'Containers cannot be shown or changed. Whether they are running is unknown',
		'컨테이너를 조회하거나 변경할 수 없습니다. 실행 여부도 알 수 없습니다',
	],
	'engine.start': ['Start the Docker Engine', 'Docker 엔진을 시작하세요'],
	'engine.check': [
		'Check the Docker Engine address {address} (set by {origin})',
		'Docker 엔진 주소 {address}을(를) 확인하세요({origin}에서 지정됨)',
	],
	'engine.podman': [
		"Start Podman's API, which laketop uses like Docker's",
		'laketop이 Docker API처럼 사용하는 Podman API를 시작하세요',
	],
	'engine.podman root': [
		'Run laketop as root, or use rootless Podman: only root may use the socket of rootful Podman',
		'laketop을 root로 실행하거나 rootless Podman을 사용하세요. rootful Podman의 소켓은 root만 사용할 수 있습니다',
	],
	'engine.join': [
		'Add your user to the group that owns the socket, then log in again',
		'소켓을 소유한 그룹에 사용자를 추가한 뒤 다시 로그인하세요',
	],
} as const;
const say = sayer(texts);

/** The Docker Engine does not answer, or denies access. */
export const engineUnreachable: Rule = {
	name: 'engine unreachable',
	texts,
	find: ({ state, now }) => {
		if (!state.hasEngine) return [];
		const feed = state.feeds.containers;
		// A dropped stream is back with the next retry.
		if (feed.status !== 'failed' || (feed.failure.kind === 'lost' && now - feed.since < 5000)) return [];
		const { kind, message } = feed.failure;
		const isUnreachable = kind === 'unreachable';
		return [
			{
				subject: 'docker',
				severity: 'critical',
				since: feed.since,
				title: say('engine.title'),
				evidence: [],
				cause:
					kind === 'permission'
						? say('engine.permission.cause')
						: isUnreachable
							? say('engine.down.cause')
							: say('engine.other.cause', { message }),
				reason: say('engine.reason', { message }),
				impact: [say('engine.impact')],
				fixes: [fixOf(kind, state.engine)],
				breaks: ['engine'],
			},
		];
	},
};

function fixOf(kind: FailureKind, engine: StackState['engine']): Fix {
	const podmanSocket = engine !== null && isPodmanSocket(engine) ? engine.address : null;
	if (kind === 'permission') {
		return podmanSocket === null
			? fix(say('engine.join'), { kind: 'type', command: 'sudo usermod -aG docker "$USER"' })
			: fix(say('engine.podman root'), { kind: 'advice' });
	}
	if (podmanSocket?.startsWith('unix:')) {
		// Without systemd: `podman system service --time=0 unix://…`.
		const isOwn = podmanSocket.includes('/user/');
		const command = isOwn ? 'systemctl --user start podman.socket' : 'sudo systemctl start podman.socket';
		return fix(say('engine.podman'), { kind: 'type', command });
	}
	return engine !== null && !engine.isDefault
		? fix(say('engine.check', { address: engine.address, origin: engine.origin }), { kind: 'advice' })
		: fix(say('engine.start'), { kind: 'type', command: 'sudo systemctl start docker' });
}
