import * as z from 'zod/mini';
import { containerDetailSchema, containerEventSchema, containerSchema } from '../engine/container.ts';
import { statsSampleSchema } from '../engine/container-stats.ts';
import { askedAt, at } from './times.ts';

/** Containers. */
export const engineObservations = [
	z.object({ ...at, ...askedAt, type: z.literal('containers listed'), containers: z.array(containerSchema) }),
	z.object({ ...at, ...askedAt, type: z.literal('container inspected'), detail: containerDetailSchema }),
	z.object({ ...at, type: z.literal('container removed'), id: z.string() }),
	z.object({ ...at, type: z.literal('container event'), event: containerEventSchema }),
	z.object({ ...at, type: z.literal('container stats'), sample: statsSampleSchema }),
] as const;
