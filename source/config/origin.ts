/** Where a value in force came from. */
export type Origin =
	| { readonly kind: 'flag'; readonly flag: string }
	| { readonly kind: 'environment'; readonly variable: string }
	| { readonly kind: 'profile'; readonly profile: string; readonly path: string; readonly line: number | null }
	| { readonly kind: 'file'; readonly path: string; readonly line: number | null }
	| { readonly kind: 'docker context'; readonly name: string }
	| { readonly kind: 'demo' }
	| { readonly kind: 'default' }
	| { readonly kind: 'discovered' };

/** `flag --dag`, `environment LAKETOP_DAG`, `file /path:3`, `profile prod (/path:9)`, `default` … */
export function originWords(origin: Origin): string {
	switch (origin.kind) {
		case 'flag':
			return `flag ${origin.flag}`;
		case 'environment':
			return `environment ${origin.variable}`;
		case 'profile':
			return `profile ${origin.profile} (${place(origin)})`;
		case 'file':
			return `file ${place(origin)}`;
		case 'docker context':
			return `Docker context ${origin.name}`;
		case 'demo':
			return 'the demo';
		case 'default':
			return 'default';
		case 'discovered':
			return 'discovered at run time';
	}
}

/** Where to fix it, before a colon: `--dag`, `LAKETOP_DAG`, `/path:3: airflow.url`. */
export function originPlace(origin: Origin, key: string): string {
	switch (origin.kind) {
		case 'flag':
			return origin.flag;
		case 'environment':
			return origin.variable;
		case 'profile':
			return `${place(origin)}: profiles.${origin.profile}.${key}`;
		case 'file':
			return `${place(origin)}: ${key}`;
		default:
			return key;
	}
}

function place({ path, line }: { readonly path: string; readonly line: number | null }): string {
	return line === null ? path : `${path}:${line}`;
}
