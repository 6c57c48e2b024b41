import type { Language } from '../words/language.ts';
import { writer } from '../words/write.ts';

/** Source of an effective value. */
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
export function originWords(origin: Origin, language: Language = 'en'): string {
	const say = writer(language);
	switch (origin.kind) {
		case 'flag':
			return say(['flag {flag}', '플래그 {flag}'], { flag: origin.flag });
		case 'environment':
			return say(['environment {variable}', '환경 변수 {variable}'], { variable: origin.variable });
		case 'profile':
			return say(['profile {profile} ({place})', '프로필 {profile}({place})'], {
				profile: origin.profile,
				place: place(origin),
			});
		case 'file':
			return say(['file {place}', '파일 {place}'], { place: place(origin) });
		case 'docker context':
			return say(['Docker context {name}', 'Docker 컨텍스트 {name}'], { name: origin.name });
		case 'demo':
			return say(['demo', '데모']);
		case 'default':
			return say(['default', '기본값']);
		case 'discovered':
			return say(['discovered', '자동으로 찾음']);
	}
}

/** Where to fix an error, before a colon: `--dag`, `LAKETOP_DAG`, `/path:3: airflow.url`. */
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
