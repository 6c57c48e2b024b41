import { describe, expect, test } from 'vitest';
import { CommandFailure, demandFound } from '../../../source/commands/failures.ts';
import { refusalOfName } from '../../../source/operations/unresolved.ts';
import { found, none, unresolvedWords } from '../../../source/selectors/names/resolution.ts';

describe('a name that was refused', () => {
	test('is answered with the name most likely meant', () => {
		const miss = none('service', 'airflw-worker', ['airflow-worker', 'mlflow'], 'laketop services lists them');
		expect(unresolvedWords(miss)).toEqual({
			message: 'There is no service airflw-worker; did you mean airflow-worker?',
			fix: 'laketop services lists them',
		});
		expect(unresolvedWords(none('run', 'x', [])).message).toBe('There is no run x');
	});

	test('is answered with the candidates', () => {
		const miss = { kind: 'ambiguous', noun: 'container', word: 'api', candidates: ['api-1', 'api-2'] } as const;
		expect(unresolvedWords(miss)).toEqual({
			message: 'api names more than one container: api-1, api-2',
			fix: 'Name one of them',
		});
		expect(refusalOfName(miss)).toEqual({
			refused: 'api names more than one container: api-1, api-2. Name one of them',
			kind: 'nothing',
		});
		const many = { ...miss, candidates: Array.from({ length: 60 }, (_, index) => `api-${index + 1}`) };
		expect(unresolvedWords(many).message).toMatch(/api-8 and 52 more$/);
	});

	test('ends a command with the exit code of wrong usage, and a good one gives its items', () => {
		expect(demandFound(found('a', 'b'))).toEqual(['a', 'b']);
		const run = () => demandFound(none('service', 'x', []));
		expect(run).toThrow(CommandFailure);
		expect(run).toThrow(expect.objectContaining({ exitCode: 2 }));
	});
});
