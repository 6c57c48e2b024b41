import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../source');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file));
const using = (words: RegExp) => files.filter(file => words.test(readFileSync(join(root, file), 'utf8'))).toSorted();

/**
 * Names of the stack (services, DAGs, runs, tasks, MLflow) are resolved only in selectors/names. Other code only
 * guesses laketop's own words: commands, options, keys, actions and profiles.
 */
test('what was most likely meant is guessed in one place, laketop’s own words apart', () => {
	const ownWords = [
		'command-line/arguments/guess.ts',
		'config/config-file.ts',
		'config/load.ts',
		'ui/actions/keymap.ts',
		'ui/keys.ts',
	];
	// These list the existing names if a configured one does not exist.
	const listing = [
		'diagnosis/rules/dag-missing.ts',
		'diagnosis/rules/experiment-missing.ts',
		'selectors/names/mlflow.ts',
	];
	const resolver = ['selectors/names/containers.ts', 'selectors/names/resolution.ts'];
	expect(using(/from '[^']*\/nearest\.ts'/)).toEqual([...ownWords, ...listing, ...resolver].toSorted());
	expect(using(/\/guess\.ts'/)).toEqual(['commands/parse.ts']);
});

test('commands, keys and completion ask the resolver', () => {
	const users = using(/selectors\/names\/(containers|dags|runs|tasks|mlflow)\.ts'/);
	for (const user of [
		...[
			'commands/completion/candidates.ts',
			'command-line/names/service-names.ts',
			'command-line/names/dag-names.ts',
			'command-line/names/run-names.ts',
		],
		...['commands/reparse/reparse.ts', 'commands/source/source.ts', 'commands/try/try.ts'],
		...['commands/metrics/metrics.ts', 'commands/models/models.ts', 'commands/logs/task-log.ts'],
		...[
			'operations/dag-runs/clear-preview.ts',
			'operations/dag-runs/mark-tasks.ts',
			'ui/actions/jump.ts',
			'ui/panes/pipeline/pipeline-actions.ts',
		],
	])
		expect(users).toContain(user);
});
