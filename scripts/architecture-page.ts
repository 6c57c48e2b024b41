/**
 * The diagram and the table of docs/architecture.md: which room of source/ may import which, read from the lint's
 * rules.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { root } from './root.ts';

const pageFile = join(root, 'docs/architecture.md');
const block = /(<!-- rooms: made by npm run docs -->\n)[\s\S]*?(<!-- \/rooms -->)/;

const pattern = z.optional(z.string());
const endSchema = z.object({ path: pattern, pathNot: pattern });
const rulesSchema = z.object({
	forbidden: z.array(z.object({ name: z.string(), severity: z.string(), from: endSchema, to: endSchema })),
});
type Rules = z.infer<typeof rulesSchema>['forbidden'];

/** Room → the rooms that it may import, both in the order from the bottom up. */
export type Rooms = ReadonlyMap<string, readonly string[]>;

/** docs/architecture.md with the current rooms of the lint. */
export function architecturePage(): string {
	const page = readFileSync(pageFile, 'utf8');
	if (!block.test(page)) throw new Error(`${pageFile} has no place for the rooms`);
	const made = roomsText(roomsOf(readRules(), roomNames()));
	return page.replace(block, (_, begin: string, end: string) => `${begin}\n${made}\n\n${end}`);
}

function readRules(): Rules {
	const configuration: unknown = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'));
	return rulesSchema.parse(configuration).forbidden;
}

function roomNames(): string[] {
	const entries = readdirSync(join(root, 'source'), { withFileTypes: true });
	return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}

/** Evaluates the rules with a path in each room, so that the page cannot differ from the check. */
export function roomsOf(rules: Rules, names: readonly string[]): Rooms {
	// Other rules are about circles and unused files, not about rooms.
	const errors = rules.filter(({ severity, to }) => severity === 'error' && to.path !== undefined);
	const allows = (room: string, other: string) =>
		!errors.some(({ from, to }) => matches(from, `source/${room}/any.ts`) && matches(to, `source/${other}/any.ts`));
	const may = new Map(names.map(room => [room, names.filter(other => other !== room && allows(room, other))]));
	const weight = (room: string) => may.get(room)?.length ?? 0;
	const upwards = (a: string, b: string) => weight(a) - weight(b) || (a < b ? -1 : 1);
	return new Map(names.toSorted(upwards).map(room => [room, (may.get(room) ?? []).toSorted(upwards)]));
}

function matches({ path, pathNot }: z.infer<typeof endSchema>, file: string): boolean {
	if (path !== undefined && !new RegExp(path).test(file)) return false;
	return pathNot === undefined || !new RegExp(pathNot).test(file);
}

/** A graph in Mermaid's language, which code forges draw, and the same as a table. */
export function roomsText(rooms: Rooms): string {
	const down = [...rooms].toReversed();
	return [
		'```mermaid',
		'flowchart TD',
		...down.flatMap(([room, may]) => nearest(rooms, may).map(other => `    ${room} --> ${other}`)),
		'```',
		'',
		'| room | may import |',
		'|---|---|',
		...down.map(([room, may]) => `| \`${room}\` | ${may.length === 0 ? 'no other room' : may.join(', ')} |`),
	].join('\n');
}

/** The rooms that none of the others imports: an arrow to each room would hide the picture. */
function nearest(rooms: Rooms, may: readonly string[]): string[] {
	return may.filter(room => !may.some(other => rooms.get(other)?.includes(room)));
}
