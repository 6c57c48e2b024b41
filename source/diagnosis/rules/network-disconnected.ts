import { sayer } from '../../words/message.ts';
import { fix, type Rule } from '../finding.ts';
import { about, brokenBy, impactOf, restart } from '../services.ts';

const texts = {
	'network.title': [
		'{service} is disconnected from the stack network',
		'{service}이(가) 스택의 네트워크에서 분리되었습니다',
	],
	'network.cause': ['It is no longer connected to {network}', '더 이상 {network} 네트워크에 연결되어 있지 않습니다'],
	'network.reason': [
		'All other services are connected to {network}; {service} is connected to {own}',
		'스택의 다른 서비스는 모두 {network}에 연결되어 있지만 {service}의 네트워크는 {own}입니다',
	],
	'network.fix': ['Connect {service} to {network} again', '{service}을(를) {network}에 다시 연결하세요'],
} as const;
const say = sayer(texts);

/**
 * A running container that is no longer on the network that all others of the stack share. Containers without a network
 * namespace of their own (host, none, another container's) are on no network by design, and cannot be connected to one.
 */
export const networkDisconnected: Rule = {
	name: 'network disconnected',
	texts,
	find: facts => {
		const known = facts.services.flatMap(service => {
			const setup = facts.check('setup', service.it.container.id)?.setup;
			const isUp = ['running', 'paused', 'restarting'].includes(service.it.container.state);
			const hasNetworks = service.it.container.network === 'own';
			return setup && isUp && hasNetworks ? [{ service, networks: setup.networks }] : [];
		});
		const names = new Set(known.flatMap(({ networks }) => networks.map(({ name }) => name)));
		return [...names].flatMap(network => {
			const off = known.filter(({ networks }) => !networks.some(({ name }) => name === network));
			// If several are disconnected, it is intended.
			if (known.length < 3 || off.length !== 1) return [];
			return off.map(({ service, networks }) => ({
				...about(service),
				severity: 'critical' as const,
				since: null,
				title: say('network.title', { service: service.name }),
				evidence: [],
				cause: say('network.cause', { network }),
				reason: say('network.reason', {
					network,
					service: service.name,
					own: networks.map(({ name }) => name).join(', ') || '-',
				}),
				impact: impactOf(service),
				fixes: [
					fix(say('network.fix', { service: service.name, network }), {
						kind: 'connect',
						network,
						container: service.container,
						alias: service.service,
					}),
					restart(service),
				],
				breaks: [`network ${service.container}` as const, ...brokenBy(service)],
				dependsOn: ['engine' as const],
			}));
		});
	},
};
