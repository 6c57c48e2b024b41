import { waitsForAnswer } from '../../model/airflow/question.ts';
import { questionOf } from '../../selectors/dag-runs/questions.ts';
import { say } from '../messages/message.ts';
import { type WaitRule, wait } from './wait.ts';

/** It has asked a person. That is what it is for, so it is no fault. */
export const answer: WaitRule = ({ task, facts }) => {
	if (!waitsForAnswer(task)) return null;
	const subject = questionOf(facts.state, task)?.subject ?? '';
	const message = subject === '' ? say('waits.answer') : say('waits.answer to', { subject });
	return wait('answer', message, { needsHelp: true });
};
