import type { Route } from '../server/routes.ts';
import type { World } from '../world/world.ts';
import type { Complaint } from './reply.ts';

/** One engine: what it says about itself, and where its answers differ from moby's. */
export type EngineKind = {
	readonly version: string;
	readonly apiVersion: string;
	readonly minApiVersion: string;
	/** Headers of every response. */
	readonly headers: Readonly<Record<string, string>>;
	/** Whether a request with an API version outside of the range is refused. */
	readonly refusesVersions: boolean;
	readonly complaint: Complaint;
	/** Routes that replace moby's. */
	routes(world: World): readonly Route<void>[];
};
