import * as z from 'zod/mini';
import { about, count, flag, head, optionalCount, text } from './fields.ts';
import { ownProjects } from './servers.ts';

/** The document of `laketop df --json`. */
export const diskUsage = z.object({
	...head('laketop/disk-usage/1'),
	...ownProjects,
	totals: about(
		z.array(
			z.object({
				kind: about(z.enum(['images', 'containers', 'volumes', 'build cache']), 'Kind of object'),
				count: count('Number of objects'),
				active: count('Number in use'),
				bytes: count('Size'),
				reclaimable_bytes: count('Bytes that a prune would free'),
			}),
		),
		'Whole engine, as in docker system df',
	),
	share: about(
		z.nullable(
			z.object({
				containers_bytes: count('Writable layers of its containers'),
				volumes_bytes: count('Volumes'),
				images_bytes: count('Image layers of this project only'),
				images_shared_bytes: count('Shared image layers, at least'),
			}),
		),
		'Share of the project; null without a project',
	),
	images: z.array(
		z.object({
			tags: z.array(z.string()),
			bytes: count('Size of all layers'),
			shared_bytes: optionalCount('Size of layers shared with other images'),
			containers: count('Number of containers of this image'),
			is_own: flag('Belongs to the project'),
		}),
	),
	volumes: z.array(
		z.object({
			name: text('Volume'),
			bytes: optionalCount('Size'),
			containers: optionalCount('Number of containers that use it'),
			is_own: flag('Belongs to the project'),
		}),
	),
});
