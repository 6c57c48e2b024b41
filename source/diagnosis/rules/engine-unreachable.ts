import { isPodmanSocket } from '../../model/engine/engine-address.ts';
import type { Fix } from '../../model/finding.ts';
import type { FailureKind } from '../../model/source.ts';
import type { StackState } from '../../model/state.ts';
import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';

/** The Docker Engine does not answer, or denies access. */
export const engineUnreachable: Rule = {
	name: 'engine unreachable',
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
