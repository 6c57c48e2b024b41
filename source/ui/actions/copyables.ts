import { isChanging } from '../../model/finding.ts';
import { maskText } from '../../model/secrets.ts';
import { shellWords } from '../../model/shell-words.ts';
import { selectedFinding } from '../../selectors/findings.ts';
import { commandOfRemedy } from '../../selectors/fix-command.ts';
import { tagOf } from '../browse/mlflow-run-rows.ts';
import { currentLine, logWindow } from '../panes/logs/logs-window.ts';
import { shownLogContainer } from '../view-state.ts';
import { type ActionContext, placeOf } from './action.ts';
import { addressOf, tunnelCommand } from './addresses.ts';
import { textOfLog } from './take-log.ts';
import { targetDagId, targetMlflowRun, targetRun, targetService, targetServices, targetStage } from './targets.ts';

export type Copyable = { readonly what: string; readonly text: string };

/** Of a log: the line that keys act on, the record that it is of, what is on the screen, all that is shown. */
function logCopyables({ view, log }: ActionContext): Copyable[] {
	const current = currentLine(log, view.logs);
	if (current === null) return [];
	const record = log.view.recordAt(current).map(line => line.text);
	const shown = [...new Set(logWindow(log, view.logs).map(({ position }) => position))];
	const onScreen = shown.flatMap(position => log.view.at(position)?.line.text ?? []);
	return [
		{ what: view.logs.cursor === null ? 'the last line' : 'the line', text: log.view.at(current)?.line.text ?? '' },
		...(record.length > 1 ? [{ what: `its ${record.length} lines`, text: record.join('\n') }] : []),
		{ what: 'the lines on the screen', text: onScreen.join('\n') },
		{ what: 'all lines that are shown', text: textOfLog(log.view, { times: 'off' }) },
	];
}

/** What can be copied here, what is meant most often first. */
export function copyables(
	context: ActionContext,
	environment: Readonly<Record<string, string | undefined>> = {},
): Copyable[] {
	const { state, view, ownProject } = context;
	const all: Copyable[] = [];
	const add = (what: string, text: string | null | undefined) => {
		if (text) all.push({ what, text });
	};
	switch (placeOf(view)) {
		case 'services': {
			const services = targetServices(context);
			add(services.length === 1 ? 'the name' : 'the names', services.map(one => one.container.name).join(' '));
			const service = targetService(context);
			add('the container id', service?.container.id);
			add('the image', service?.container.image);
			add(
				'the command for its log',
				service && shellWords('docker', 'logs', '-f', '--tail', '100', service.container.name),
			);
			break;
		}
		case 'dags':
			add('the DAG id', targetDagId(context));
			break;
		case 'pipeline':
		case 'runs': {
			const stage = targetStage(context);
			const run = targetRun(context);
			add('the task id', stage?.taskId);
			add('the run id', run?.dagRunId);
			add('the DAG id', targetDagId(context));
			add('the conf', run?.conf && maskText(run.conf));
			if (run && stage) {
				const name = `${run.dagId} ${stage.taskId} ${run.dagRunId}`;
				add(
					'the command for its log',
					shellWords('laketop', 'logs', '--dag', run.dagId, '--task', stage.taskId, '--run', run.dagRunId),
				);
				add('DAG, task and run', name);
			}
			break;
		}
		case 'logs':
			for (const { what, text } of logCopyables(context)) add(what, text);
			add('the container', shownLogContainer(state, view, ownProject));
			break;
		case 'findings': {
			const finding = selectedFinding(state.findings, view.selectedFinding);
			const fixes = finding?.remedies ?? [];
			const command = [...fixes.filter(({ action }) => isChanging(action)), ...fixes]
				.map(({ action }) => commandOfRemedy(action, { state }))
				.find(one => one !== null);
			add('the command of the best remedy', command);
			add('the finding', finding?.id);
			break;
		}
		case 'mlflow-runs': {
			const run = targetMlflowRun(context);
			const pairs = (of: readonly { key: string; value: unknown }[] = []) =>
				of.map(({ key, value }) => `${key}=${value}`).join(' ');
			add('the run id', run?.runId);
			add('the run name', run?.runName);
			add('the params', pairs(run?.params));
			add('the metrics', pairs(run?.metrics));
			add('the id of its DAG run', run && tagOf(run, 'dag_run_id'));
			const experiment = view.experiment === null ? [] : ['--experiment', view.experiment];
			add('the command that shows it', run && shellWords('laketop', 'metrics', ...experiment, '--run', run.runId));
			break;
		}
		case 'mlflow': {
			const [newest] = state.mlflowRuns ?? [];
			add('the id of the newest run', newest?.runId);
			add('the experiment id', state.experiment?.experimentId);
			const [version] = state.modelVersions ?? [];
			add('the model version', version && `models:/${version.name}/${version.version}`);
			break;
		}
	}
	const address = addressOf(context)?.url;
	add('the address of its page', address);
	add('the tunnel to its page', address && tunnelCommand(address, environment));
	return all;
}
