import { fix, type Rule } from '../finding.ts';
import { say } from '../messages/message.ts';

/** The Docker Engine does not answer, or denies access. */
export const engineUnreachable: Rule = {
	name: 'engine unreachable',
	find: ({ state, now }) => {
		const feed = state.feeds.containers;
		// A dropped stream is back with the next retry.
		if (feed.status !== 'failed' || (feed.failure.kind === 'lost' && now - feed.since < 5000)) return [];
		const { kind, message } = feed.failure;
		const isUnreachable = kind === 'unreachable';
		const { engine } = state;
		return [
			{
				subject: 'docker',
				severity: 'bad',
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
				fixes:
					kind === 'permission'
						? [fix(say('engine.join'), { kind: 'type', command: 'sudo usermod -aG docker "$USER"' })]
						: engine !== null && !engine.isDefault
							? [fix(say('engine.check', { address: engine.address, origin: engine.origin }), { kind: 'advice' })]
							: [fix(say('engine.start'), { kind: 'type', command: 'sudo systemctl start docker' })],
				breaks: ['engine'],
			},
		];
	},
};
