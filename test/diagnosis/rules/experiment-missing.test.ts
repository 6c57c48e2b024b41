import { expect, test } from 'vitest';
import { diagnose } from '../../../source/diagnosis/diagnose.ts';
import type { Fact } from '../../../source/model/observation.ts';
import { render } from '../../../source/words/message.ts';
import { diagnosisOptions, now, stateOf } from '../stack.ts';

const found = (experiment: string, ...facts: Fact[]) =>
	diagnose(stateOf(...facts), now, { ...diagnosisOptions, experiment }).filter(
		({ rule }) => rule === 'experiment missing',
	);
const absent = (name: string): Fact => ({ type: 'experiment fetched', name, experiment: null });
const others: Fact = { type: 'experiments fetched', names: ['Default', 'churn', 'churn_v2'] };

test('an experiment that MLflow does not have, and those that it may be mistaken for', () => {
	const [finding] = found('chrun', absent('chrun'), others);
	expect(finding).toMatchObject({ subject: 'chrun', severity: 'warning' });
	const words = [finding?.title, finding?.evidence[0]?.message].map(message => message && render(message, 'en'));
	expect(words).toEqual(['MLflow has no experiment chrun', 'Experiments in MLflow: churn, churn_v2, Default']);
	expect(finding && render(finding.title, 'ko')).toBe('MLflow에 chrun 실험이 없습니다');
});

test("the guide's experiment is made by the first run; one that was not asked for is not missing", () => {
	expect(found(diagnosisOptions.experiment, absent(diagnosisOptions.experiment), others)).toEqual([]);
	expect(found('chrun', others)).toEqual([]);
});

test('a deleted experiment is named as such, that of the guide too', () => {
	for (const name of ['churn_v3', diagnosisOptions.experiment]) {
		const [finding] = found(name, { type: 'experiment fetched', name, experiment: null, isDeleted: true }, others);
		expect(finding && render(finding.title, 'en')).toBe(`The MLflow experiment ${name} is deleted`);
		expect(finding?.fixes).toHaveLength(2);
	}
});
