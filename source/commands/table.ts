import type { CommandRow } from '../command-line/rows/command-row.ts';
import { ackRow } from './ack/row.ts';
import { answerRow, questionsRow } from './answer/row.ts';
import { artifactsRow } from './artifacts/row.ts';
import { assetsRow, materializeRow } from './assets/row.ts';
import { backfillRow, backfillsRow } from './backfill/row.ts';
import { chartRow } from './chart/row.ts';
import { clearRow } from './clear/row.ts';
import { compareRow } from './compare/row.ts';
import { completeRow, completionRow } from './completion/row.ts';
import { configRow } from './config/row.ts';
import { dagsRow } from './dags/row.ts';
import { demoRow } from './demo/row.ts';
import { dfRow } from './df/row.ts';
import { doctorRow } from './doctor/row.ts';
import { editModelRow } from './edit-model/row.ts';
import { eventsRow } from './events/row.ts';
import { execRow } from './exec/row.ts';
import { fixRow } from './fix/row.ts';
import { ganttRow } from './gantt/row.ts';
import { graphRow } from './graph/row.ts';
import { gridRow } from './grid/row.ts';
import { initRow } from './init/row.ts';
import { inspectRow } from './inspect/row.ts';
import { logsRow } from './logs/row.ts';
import { manRow } from './man/row.ts';
import { markRow, noteRow, stopRunRow } from './mark/row.ts';
import { metricsRow } from './metrics/row.ts';
import { mlflowRunsRow } from './mlflow-runs/row.ts';
import { modelsRow } from './models/row.ts';
import { pauseRow, unpauseRow } from './pause/row.ts';
import { reparseRow } from './reparse/row.ts';
import { reportRow } from './report/row.ts';
import { runsRow } from './runs/row.ts';
import { servicesRow } from './services/row.ts';
import { sourceRow } from './source/row.ts';
import { downRow, restartRow, stopRow, upRow } from './stack/row.ts';
import { killRow, startRow } from './start/row.ts';
import { statusRow } from './status/row.ts';
import { taskRow } from './task/row.ts';
import { tasksRow } from './tasks/row.ts';
import { topRow } from './top/row.ts';
import { trendRow } from './trend/row.ts';
import { triggerRow } from './trigger/row.ts';
import { trustRow } from './trust/row.ts';
import { tryRow } from './try/row.ts';

/**
 * All commands, in the order of the help: parsing, help, completion, man page and reference are made from their rows. A row
 * loads the code of its command when that is called, so that the table stays cheap to load.
 */
export const commands: readonly CommandRow[] = [
	statusRow,
	doctorRow,
	servicesRow,
	dagsRow,
	runsRow,
	tasksRow,
	taskRow,
	ganttRow,
	graphRow,
	gridRow,
	trendRow,
	reportRow,
	backfillsRow,
	questionsRow,
	assetsRow,
	modelsRow,
	metricsRow,
	mlflowRunsRow,
	artifactsRow,
	chartRow,
	compareRow,
	logsRow,
	eventsRow,
	dfRow,
	topRow,
	inspectRow,
	sourceRow,
	tryRow,
	triggerRow,
	pauseRow,
	unpauseRow,
	clearRow,
	markRow,
	stopRunRow,
	noteRow,
	backfillRow,
	answerRow,
	materializeRow,
	reparseRow,
	editModelRow,
	upRow,
	downRow,
	initRow,
	restartRow,
	stopRow,
	startRow,
	killRow,
	execRow,
	fixRow,
	ackRow,
	demoRow,
	configRow,
	trustRow,
	completionRow,
	manRow,
	completeRow,
];

/** Those that the help names. */
export const shownCommands: readonly CommandRow[] = commands.filter(command => !command.hidden);

export function findCommand(name: string): CommandRow | undefined {
	return commands.find(command => command.name === name);
}
