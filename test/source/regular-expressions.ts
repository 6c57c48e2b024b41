import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { parseSync } from 'vite';

const root = join(import.meta.dirname, '../../source');

/** One regular expression of the source. */
export type Found = { readonly file: string; readonly line: number; readonly source: string; readonly flags: string };

/** Every regular expression literal of the source, without the demo's servers, which read only our own texts. */
export function literals(): Found[] {
	return readdirSync(root, { recursive: true, encoding: 'utf8' })
		.filter(file => /\.tsx?$/.test(file) && !file.startsWith('demo'))
		.flatMap(file => {
			const text = readFileSync(join(root, file), 'utf8');
			const found: Found[] = [];
			const visit = (node: unknown): void => {
				if (Array.isArray(node)) return node.forEach(visit);
				if (typeof node !== 'object' || node === null) return;
				if ('regex' in node && 'start' in node && typeof node.start === 'number') {
					const { regex } = node;
					if (typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex) {
						const line = text.slice(0, node.start).split('\n').length;
						found.push({ file, line, source: String(regex.pattern), flags: String(regex.flags) });
					}
				}
				Object.values(node).forEach(visit);
			};
			visit(parseSync(file, text).program);
			return found;
		});
}

/** The kind of more than linear time that a text can cause; empty for none. */
export function slowness({ source, flags }: Pick<Found, 'source' | 'flags'>): string[] {
	return analyse({ source, flags }).reports.map(report =>
		report.type === 'Move' ? 'begins anew at each character' : report.exponential ? 'exponential' : 'polynomial',
	);
}
