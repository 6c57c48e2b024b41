import * as z from 'zod/mini';
import type { ContainerEvent } from '../../model/engine/container.ts';
import { epochTime, optionalText, outsideText } from '../../model/text/outside-text.ts';
import { ownValue } from '../../model/text/own-value.ts';
import { label, labels } from './compose-labels.ts';

/** An event of the engine's stream; null if it is not about a container. API 1.52 drops the old `status` and `id`. */
export const eventAnswer = z.pipe(
	z.object({
		Type: optionalText,
		Action: optionalText,
		Actor: z.nullish(z.object({ ID: optionalText, Attributes: labels })),
		time: epochTime(1000),
		timeNano: epochTime(1e-6),
	}),
	z.transform((event): ContainerEvent | null => {
		const attributes = event.Actor?.Attributes;
		const happenedAt = event.timeNano || (event.time ?? 0);
		// Podman's network events have the container as their actor, and the pod of a container among its attributes.
		const attachedId = attributes?.container ?? (attributes?.podId === undefined ? undefined : event.Actor?.ID);
		const attached = event.Type === 'network' ? attachedId : undefined;
		if (attached && (event.Action === 'connect' || event.Action === 'disconnect')) {
			// Converted to an event of the container, whose network has changed.
			const action = `network ${event.Action}`;
			return { id: attached, name: '', action, project: null, service: null, exitCode: null, happenedAt };
		}
		if (event.Type !== 'container' || !event.Action || !event.Actor?.ID) return null;
		const code = attributes?.exitCode ?? attributes?.containerExitCode;
		return {
			id: event.Actor.ID,
			name: attributes?.name ?? '',
			action: actionOf(event.Action, attributes?.health_status),
			project: label(attributes, 'project'),
			service: label(attributes, 'service'),
			exitCode: code !== undefined && /^-?\d+$/.test(code) ? Number(code) : null,
			happenedAt,
		};
	}),
);

/** Podman's names of events, and Docker's. Source: containers/podman, libpod/events/config.go. */
const podmanActions: Readonly<Record<string, string>> = { died: 'die', remove: 'destroy' };

/**
 * As in Docker; newer Podmans have the health in an attribute, Docker in the action. Podman 4.3 has it in a field of its
 * own, but as it was before the probe: that is not read, and the action stays without a health.
 */
function actionOf(action: string, health: string | undefined): string {
	if (action === 'health_status' && health) return `health_status: ${outsideText.safeParse(health).data ?? ''}`;
	return ownValue(podmanActions, action) ?? action;
}
