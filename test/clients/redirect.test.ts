import { expect, test } from 'vitest';
import { movedTo, redirectWords } from '../../source/clients/redirect.ts';
import { english } from '../english.ts';

const from = 'http://airflow:8080';

test.each<[string, unknown, string]>([
	['a whole address', 'https://sso.example/login', 'to https://sso.example/login'],
	['a path', '/auth/login', 'to http://airflow:8080/auth/login'],
	['what may hold secrets left out', 'https://me:sesame@sso.example/x?token=sesame#sesame', 'to https://sso.example/x'],
	['control characters left out', 'http://x/\x1b[2Ja\r\nb', 'to http://x/%1B[2Jab'],
	['no address at all', 'http://[\x1b[31mnonsense', 'to http://[nonsense'],
	['one that is too long', `http://x/${'a'.repeat(5000)}`, `to http://x/${'a'.repeat(191)}…`],
	['none given', undefined, 'elsewhere'],
])('where a redirect leads: %s', (_what, location, where) => {
	expect(english(redirectWords(302, location, from))).toBe(`redirects ${where} (302); redirects are not followed`);
});

test.each<[string, unknown, string | null]>([
	['another scheme', 'https://airflow/api/v1/dags?limit=1', 'https://airflow'],
	['a folder', '/team/api/v1/dags', 'http://airflow:8080/team'],
	['a login page', '/login/?next=x', null],
	['another host, which must not be sent a password', 'https://evil.example/api/v1/dags', null],
	['the same address', '/api/v1/dags', null],
	['no web address', 'ftp://airflow/api/v1/dags', null],
	['nothing', undefined, null],
])('what address was meant: %s', (_what, location, meant) => {
	expect(movedTo(location, from, '/api/v1/dags?limit=1')).toBe(meant);
});
