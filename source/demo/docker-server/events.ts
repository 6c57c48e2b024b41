import { exactJson } from '../server/json.ts';
import type { Call } from '../server/routes.ts';
import type { EngineEvent, EventSubscriber } from '../world/containers/engine-events.ts';
import { nanos } from '../world/time.ts';
import { after, type World } from '../world/world.ts';
import { type Filters, matchesAny, matchesLabels, readFilters } from './filters.ts';
import { readTimestamp } from './timestamp.ts';

const KNOWN = [
	'config',
	'container',
	'daemon',
	'event',
	'image',
	'label',
	'network',
	'node',
	'plugin',
	'scope',
	'secret',
	'service',
	'type',
	'volume',
];
/** If one of these is among the wanted events, all of them match by prefix (moby daemon/events/filter.go). */
const BY_PREFIX = ['health_status', 'exec_create', 'exec_start'];

export function matchesEvent(event: EngineEvent, filters: Filters): boolean {
	const wanted = filters.get('event');
	const byPrefix = wanted?.some(name => BY_PREFIX.includes(name)) ?? false;
	const { name = '', image = '' } = event.attributes;
	return (
		matchesAny(filters.get('type'), type => type === event.type) &&
		matchesAny(wanted, action => (byPrefix ? event.action.startsWith(action) : event.action === action)) &&
		matchesAny(
			filters.get('container'),
			text => event.type === 'container' && (event.id.startsWith(text) || name === text.replace(/^\//, '')),
		) &&
		matchesAny(filters.get('image'), text => image === text) &&
		matchesLabels(event.attributes, filters.get('label'))
	);
}

/** As in API 1.41, with the old `status`, `id` and `from` beside the new fields. */
export function eventText(event: EngineEvent): string {
	const legacy = event.type === 'container' ? { status: event.action, id: event.id, from: event.image } : {};
	const json = exactJson({
		...legacy,
		Type: event.type,
		Action: event.action,
		Actor: { ID: event.id, Attributes: Object.fromEntries(Object.entries(event.attributes).sort()) },
		scope: 'local',
		time: Number(event.time / 1_000_000_000n),
		timeNano: event.time,
	});
	return `${json}\n`;
}

/** `worded` turns an event into the engine's line; null if the engine has no such event. */
export function sendEvents(world: World, call: Call, worded: (event: EngineEvent) => string | null = eventText): void {
	const { response, query } = call;
	const filters = readFilters(query.get('filters'), KNOWN);
	const since = readTimestamp(query.get('since'));
	const until = readTimestamp(query.get('until'));
	response.writeHead(200, { 'Content-Type': 'application/json' });
	response.flushHeaders();
	const write = (event: EngineEvent): void => {
		if (until !== undefined && event.time > until) return;
		if (!matchesEvent(event, filters)) return;
		const text = worded(event);
		if (text !== null) response.write(text);
	};
	if (since !== undefined) for (const event of world.events.kept) if (event.time >= since) write(event);
	if (until !== undefined && until <= nanos(world.time)) {
		response.end();
		return;
	}
	const subscriber: EventSubscriber = {
		write,
		end() {
			world.events.subscribers.delete(subscriber);
			response.destroy();
		},
	};
	world.events.subscribers.add(subscriber);
	response.on('close', () => world.events.subscribers.delete(subscriber));
	if (until !== undefined) {
		after(world, Number(until / 1_000_000n) - world.time, () => {
			world.events.subscribers.delete(subscriber);
			response.end();
		});
	}
}
