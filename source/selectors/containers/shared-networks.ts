import type { Container } from '../../model/engine/container.ts';

/** A container that runs in the network namespace of another one, and loses its network with it. */
export type Guest = { readonly guest: Container; readonly host: Container };

/**
 * The running containers that share the network of one of these (`network_mode: service:X` or `container:X`). When the
 * other one stops or restarts, their namespace is gone until they are restarted too. Containers that are changed later
 * in the same turn are left out.
 * @param changed in the order in which they are changed
 * @param isOrdered Compose changes them, each after its dependencies
 */
export function guestsOf(
	changed: readonly Container[],
	all: readonly Container[],
	{ isOrdered }: { readonly isOrdered: boolean },
): Guest[] {
	return all.flatMap((guest): Guest[] => {
		const of = guest.sharesNetworkOf;
		if (of === undefined || (guest.state !== 'running' && guest.state !== 'paused')) return [];
		// The engine reports the id; older engines what was written, a name or the beginning of the id.
		const index = changed.findIndex(({ id, name }) => name === of || (of.length >= 12 && id.startsWith(of)));
		const host = changed[index];
		if (host === undefined || host.id === guest.id) return [];
		const own = changed.findIndex(({ id }) => id === guest.id);
		return own !== -1 && (isOrdered || own > index) ? [] : [{ guest, host }];
	});
}
