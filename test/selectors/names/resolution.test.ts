import { describe, expect, test } from 'vitest';
import { CommandFailure, demandFound } from '../../../source/command-line/exit/failures.ts';
import { refusalOfName } from '../../../source/operations/plan/unresolved.ts';
import { found, none, type Unresolved, unresolvedWords } from '../../../source/selectors/names/resolution.ts';
import { quoted, render } from '../../../source/words/message.ts';

function english(unresolved: Unresolved) {
	const { message, fix } = unresolvedWords(unresolved);
	return { message: render(message, 'en'), fix: fix && render(fix, 'en') };
}

describe('a name that was refused', () => {
	test('is answered with the name most likely meant', () => {
		const miss = none('service', 'airflw-worker', ['airflow-worker', 'mlflow'], quoted('laketop services lists them'));
		expect(english(miss)).toEqual({
			message: 'The stack has no service airflw-worker; did you mean airflow-worker?',
			fix: 'laketop services lists them',
		});
		expect(english(none('task', 'x', []))).toEqual({ message: 'The DAG run has no task x', fix: null });
		expect(render(unresolvedWords(none('task', 'x', [])).message, 'ko')).toBe('DAG 실행에 x 작업이 없습니다');
	});

	test('is answered with the candidates', () => {
		const miss = { kind: 'ambiguous', noun: 'container', word: 'api', candidates: ['api-1', 'api-2'] } as const;
		expect(english(miss)).toEqual({
			message: 'api names more than one container: api-1, api-2',
			fix: 'Name one of them',
		});
		const refused = refusalOfName(miss);
		expect(refused.kind).toBe('nothing');
		expect(render(refused.refused, 'en')).toBe('api names more than one container: api-1, api-2. Name one of them');
		const many = { ...miss, candidates: Array.from({ length: 60 }, (_, index) => `api-${index + 1}`) };
		expect(english(many).message).toMatch(/api-8 and 52 more$/);
	});

	test('ends a command with the exit code of wrong usage, and a good one gives its items', () => {
		expect(demandFound(found('a', 'b'))).toEqual(['a', 'b']);
		const run = () => demandFound(none('service', 'x', []));
		expect(run).toThrow(CommandFailure);
		expect(run).toThrow(expect.objectContaining({ exitCode: 2 }));
	});
});
