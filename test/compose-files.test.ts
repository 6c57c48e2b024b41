import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

const stackSchema = z.object({
	name: z.string(),
	services: z.record(
		z.string(),
		z.object({
			container_name: z.string(),
			ports: z.optional(z.array(z.string())),
			restart: z.string(),
			healthcheck: z.object({ test: z.array(z.string()) }),
		}),
	),
});

const files = ['docker-compose-mlops.yml', 'docker-compose-mlops-airflow3.yml'];
const stackOf = (name: string) => stackSchema.parse(parse(read(name), { merge: true }));

/** `NAME:-default` of each variable in a file. */
const variablesOf = (name: string) =>
	new Set(Array.from(read(name).matchAll(/\$\{([A-Z0-9_]+:-[^}]*)\}/g), match => match[1]));

test.each(files)('%s: .env.example lists each of its variables with its default', name => {
	const listed = new Set(
		Array.from(read('.env.example').matchAll(/^#([A-Z0-9_]+)=(.*)$/gm), ([, key, value]) => `${key}:-${value}`),
	);
	expect([...variablesOf(name)].filter(variable => variable !== undefined && !listed.has(variable))).toEqual([]);
});

test('.env.example lists no variable that neither file uses', () => {
	const used = new Set(files.flatMap(name => [...variablesOf(name)].map(variable => variable?.split(':-')[0])));
	expect(
		Array.from(read('.env.example').matchAll(/^#([A-Z0-9_]+)=/gm), match => match[1]).filter(name => !used.has(name)),
	).toEqual([]);
});

test.each(files)(
	'%s: each service restarts, has a cheap health check and is published on the bind address only',
	name => {
		for (const [service, { container_name, ports, restart, healthcheck }] of Object.entries(stackOf(name).services)) {
			expect(container_name).toBe(service);
			expect(restart).toBe('unless-stopped');
			expect(healthcheck.test.join(' ')).not.toMatch(/python|airflow jobs|celery .*inspect/);
			for (const port of ports ?? []) expect(port).toMatch(/^\$\{STACK_BIND:-127\.0\.0\.1\}:/);
		}
	},
);

test('the stack of Airflow 3 does not share volumes with that of Airflow 2', () => {
	const [first, second] = files.map(name => stackOf(name).name);
	expect(second).not.toBe(first);
});
