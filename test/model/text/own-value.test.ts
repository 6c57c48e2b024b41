import { expect, test } from 'vitest';
import { cronPeriodMs } from '../../../source/model/airflow/schedule-period.ts';
import { taskStateLook } from '../../../source/model/airflow/task-state.ts';
import { levelOfWord } from '../../../source/model/logs/log-level.ts';
import {
	loggedModelStatusLook,
	mlflowStatusLook,
	modelVersionStatusLook,
} from '../../../source/model/mlflow/mlflow-status.ts';

test.each(['constructor', 'valueOf', 'toString', '__proto__'])('%s of a server is a word that nobody knows', name => {
	expect(taskStateLook(name)).toMatchObject({ word: [name, name], tone: 'odd' });
	expect(mlflowStatusLook(name)).toMatchObject({ tone: 'odd' });
	expect(loggedModelStatusLook(name)).toMatchObject({ tone: 'odd' });
	expect(modelVersionStatusLook(name)).toMatchObject({ tone: 'odd' });
	expect(levelOfWord(name)).toBeNull();
	expect(cronPeriodMs(name)).toBeNull();
});
