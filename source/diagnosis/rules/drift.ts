import type { Rule } from '../finding.ts';
import { say } from '../messages/message.ts';
import { up } from '../services.ts';

/** A container that was made from another image, or from another text of the Compose file, than what is there now. */
export const drift: Rule = {
	name: 'drift',
	find: facts => {
		const file = facts.check('compose file');
		if (!file) return [];
		return facts.services.flatMap(service => {
			const { container } = service.it;
			const setup = facts.check('setup', container.id)?.setup;
			if (!setup) return [];
			const hash = file.hashes[service.service];
			const image = file.images[container.image];
			const isConfig = hash !== undefined && setup.configHash !== null && setup.configHash !== hash;
			const isImage = typeof image === 'string' && setup.imageId !== '' && image !== setup.imageId;
			if (!isConfig && !isImage) return [];
			return [
				{
					subject: service.container,
					severity: 'warning',
					since: null,
					title: say('drift.title', { service: service.name }),
					evidence: [],
					cause: isConfig ? say('drift.config.cause') : say('drift.image.cause', { image: container.image }),
					reason: isConfig
						? say('drift.config.reason')
						: say('drift.image.reason', { running: shortId(setup.imageId), now: shortId(image ?? '') }),
					hurts: [say('drift.hurts')],
					remedies: [up(service)],
				},
			];
		});
	},
};

function shortId(id: string): string {
	return id.replace(/^sha256:/, '').slice(0, 12);
}
