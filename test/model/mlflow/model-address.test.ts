import { expect, test } from 'vitest';
import { versionAddressed } from '../../../source/model/mlflow/model-address.ts';

test.each([
	['models:/churn/7', { model: 'churn', version: '7' }],
	['models:/churn@champion', { model: 'churn', alias: 'champion' }],
	['models:/이탈 예측/12', { model: '이탈 예측', version: '12' }],
	['models:/a@b/3', { model: 'a@b', version: '3' }],
	['models:/a@b@live', { model: 'a@b', alias: 'live' }],
	['models:/churn', null],
	['models:/churn/', null],
	['models:/churn@', null],
	['models:/@champion', null],
	['models:/7', null],
	['models:/churn/Production', null],
	['churn/7', null],
])('%s', (word, wanted) => expect(versionAddressed(word)).toEqual(wanted));
